"""What other sites, old browsers and faults of ours cannot do."""

import re
import sqlite3
from datetime import timedelta

import pytest
import sqlalchemy as sa
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.testing import capture_logs

from dubu_journal import notes
from dubu_journal import tables as t
from dubu_journal.host import Host
from dubu_journal.web import guards
from dubu_journal.web.site import PAGES

from ..conftest import Clock
from .conftest import Browser

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

POSTED = [re.sub(r"\{[^}]*\}", "1", path) for path in PAGES] + [
    "/log-ind",
    "/log-ud",
    "/eksempel/x",
]


@pytest.mark.parametrize("path", POSTED)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
    ids=["cross-site", "same-site", "other origin", "no origin", "silent"],
)
def test_another_site_cannot_post(path: str, headers: dict[str, str], karen: Browser) -> None:
    karen.headers = headers
    answer = karen.post(path, {"titel": "T"}, follow_redirects=False)
    assert answer.status_code == 403
    assert "kom fra en anden side" in answer.text


def test_a_browser_that_says_where_the_form_came_from_can(karen: Browser) -> None:
    karen.headers = {"Origin": "http://journal.test"}
    assert karen.post("/soeg", {"soeg": "Alma"}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/sager/1", "/filer/1", "/log-ind", "/findes-ikke", "/eksempel/1"]
)
def test_every_answer_carries_the_headers(path: str, karen: Browser) -> None:
    headers = karen.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_our_own_files_are_kept_by_the_browser_until_they_change(karen: Browser) -> None:
    found = re.findall(r'(?:href|src)="(/journal-filer/[^"]+)"', karen.get("/sager").text)
    assert len(found) == 3
    for address in found:
        answer = karen.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert karen.get("/journal-filer/x/../../hookspecs.py").status_code == 404


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: ASGIApp) -> None:
    browser = Browser(client, cookies=Browser.nobody())
    answer = browser.post("/log-ind", {"bruger": "karen@proevestrup"}, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "karen" not in cookie


def test_the_database_holds_no_token(karen: Browser, host: Host) -> None:
    token = karen.cookies["journal"]
    with host.database.reading() as connection:
        kept = connection.execute(sa.select(t.sessions.c.token_hash)).scalars().all()
    assert len(kept) == 1
    assert token not in kept


def test_a_session_in_use_ends_with_the_working_day(karen: Browser, clock: Clock) -> None:
    for _ in range(35):
        clock.now += timedelta(minutes=20)
        assert karen.get("/sager").url.path == "/sager"
    clock.now += timedelta(minutes=21)
    assert karen.get("/sager").url.path == "/log-ind"


def test_a_session_nothing_is_asked_in_is_over_after_half_an_hour(
    karen: Browser, clock: Clock
) -> None:
    clock.now += timedelta(minutes=29)
    assert karen.get("/sager").url.path == "/sager"
    clock.now += timedelta(minutes=29)
    assert karen.get("/sager").url.path == "/sager", "it was in use half an hour ago"
    clock.now += timedelta(minutes=31)
    asked = karen.get("/sager/1/journal")
    assert asked.url.path == "/log-ind"
    assert "/sager/1/journal" in asked.text, "one comes back to where one was"


def test_that_a_session_is_in_use_is_not_written_at_every_page(
    karen: Browser, clock: Clock, host: Host
) -> None:
    def expires() -> object:
        with host.database.reading() as connection:
            return connection.scalar(sa.select(t.sessions.c.expires))

    karen.get("/sager")
    before = expires()
    clock.now += timedelta(seconds=50)
    karen.get("/sager")
    assert expires() == before
    clock.now += timedelta(seconds=20)
    karen.get("/sager")
    assert expires() != before


def test_a_form_that_came_too_late_is_not_lost(karen: Browser, clock: Clock, host: Host) -> None:
    clock.now += timedelta(minutes=31)
    answer = karen.post("/sager/1/journal", {"titel": "E", "tekst": "T"}, follow_redirects=False)
    assert answer.status_code == 401
    assert "Det, du skrev, er her stadig" in answer.text


def test_whoever_logs_out_is_out(karen: Browser) -> None:
    token = karen.cookies["journal"]
    assert "Du er logget ud." in karen.post("/log-ud").text
    karen.cookies.set("journal", token)
    assert karen.get("/sager").url.path == "/log-ind"


def test_one_comes_back_to_where_one_was_going(client: ASGIApp) -> None:
    browser = Browser(client, cookies=Browser.nobody())
    asked = browser.get("/sager/1/journal")
    assert asked.url.path == "/log-ind"
    to = re.search(r'name="til" value="([^"]*)"', asked.text)
    assert to is not None
    answer = browser.post("/log-ind", {"bruger": "karen@proevestrup", "til": to[1]})
    assert answer.url.path == "/sager/1/journal"


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "x", "/\n"]
)
def test_logging_in_leads_to_no_other_site(to: str, client: ASGIApp) -> None:
    browser = Browser(client, cookies=Browser.nobody())
    form = {"bruger": "karen@proevestrup", "til": to}
    answer = browser.post("/log-ind", form, follow_redirects=False)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("who", ["", "nobody@proevestrup"])
def test_nobody_is_let_in_without_a_name(who: str, client: ASGIApp) -> None:
    browser = Browser(client, cookies=Browser.nobody())
    answer = browser.post("/log-ind", {"bruger": who})
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


def test_a_fault_tells_nobody_what_it_was_about(
    karen: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("Alma Testvad 031216-0001")

    monkeypatch.setattr(notes, "of_case", fail)
    with capture_logs() as lines:
        answer = karen.get("/sager/1/journal")
    assert answer.status_code == 500
    assert "Der skete en fejl hos os" in answer.text
    assert [line["event"] for line in lines] == ["page_failed"]
    assert "Alma" not in answer.text + str(lines)


def test_whoever_leaves_before_the_form_is_here_is_no_fault(client: ASGIApp) -> None:
    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def reading(scope: Scope, _receive: Receive, send: Send) -> None:
        await Request(scope, receive, send).body()

    with capture_logs() as lines:
        Browser(guards.Guarded(reading), Browser.nobody()).post("/", {"titel": "halv"})
    assert lines == []


def test_a_full_disk_is_told_by_its_name(karen: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        said = sqlite3.OperationalError("database or disk is full")
        said.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise sa.exc.OperationalError("INSERT", None, said)

    monkeypatch.setattr(notes, "of_case", fail)
    answer = karen.get("/sager/1/journal")
    assert answer.status_code == 503
    assert "Der er ikke plads på disken" in answer.text
    assert "Sig det til it-afdelingen" in answer.text


def test_a_form_larger_than_what_is_taken_is_not_read(karen: Browser) -> None:
    answer = karen.post(
        "/sager/1/dokumenter/nyt",
        content=b"x",
        headers={"Content-Length": str(10**12), "Content-Type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 413
    assert "vælg en mindre fil" in answer.text


@pytest.mark.parametrize("name", ["evil.example:8080", "localhost.evil.example", "", "[::2]"])
def test_a_name_somebody_else_made_to_lead_here_does_not_get_in(name: str, client: ASGIApp) -> None:
    """DNS rebinding: a page of theirs would be of the same origin as ours."""
    here = Browser(guards.Guarded(client, THIS_MACHINE), Browser.nobody())
    here.headers = {"Host": name, "Origin": f"http://{name}"}
    answer = here.post("/log-ind", {"bruger": "henrik"}, follow_redirects=False)
    assert answer.status_code == 421
    assert "[web] address" in answer.text


@pytest.mark.parametrize("name", ["localhost:8080", "127.0.0.1", "[::1]:8080"])
def test_this_machine_is_known_by_its_own_names(name: str, client: ASGIApp) -> None:
    here = Browser(guards.Guarded(client, THIS_MACHINE), Browser.nobody())
    here.headers = {"Host": name}
    assert here.get("/log-ind").status_code == 200
