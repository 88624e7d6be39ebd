"""What every answer says to the browser, and what other sites and strangers are told."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import sqlalchemy as sa

from dubu_journal import tables as host
from dubu_plugin.domain.access import Relation
from dubu_plugin.store import tables as t

from . import addresses
from .addresses import FILES, OPEN, Address
from .browser import Browser
from .municipality import Municipality

FOREIGN = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": None},
    {"Sec-Fetch-Site": None, "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": None, "Origin": "null"},
    {"Sec-Fetch-Site": None, "Origin": "http://journal.test.evil.example"},
    {"Sec-Fetch-Site": None, "Referer": "https://evil.example/http://journal.test/"},
)
"""How a request looks that no page of ours sent; None takes away what a browser always sends."""

DIRECTIVES = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
}
"""What the policy of every page must hold, and no more than this."""


@pytest.fixture
def karen(town: Municipality) -> Browser:
    """A caseworker who is responsible for the case."""
    town.stand("karen", Relation.RESPONSIBLE, protected=False)
    return town.browser("karen")


def asked(town: Municipality, method: str) -> Iterator[tuple[Address, str]]:
    """Yield every address that is asked for so, filled with something that is there."""
    for address in addresses.every(town.app):
        if address.method == method:
            yield address, address.filled(addresses.things(town, address)[-1].values)


def stored(town: Municipality) -> list[int]:
    """Return how much there is of everything a form could change."""
    counts = []
    for table in (t.haendelser, t.drafts, t.outbox, t.read_log, t.letters):
        with town.product.store.read() as connection:
            counts.append(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)
    for table in (host.notes, host.reads, host.sessions, host.documents, host.changes):
        with town.host.database.reading() as connection:
            counts.append(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)
    return counts


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_no_other_site_can_send_a_form(
    town: Municipality, karen: Browser, headers: dict[str, str | None]
) -> None:
    before, taken = stored(town), []
    for address, path in asked(town, "POST"):
        answer = karen.post(path, {"gem": "gem"}, headers=headers)
        if answer.status_code != 403 or "anden side" not in answer.text:
            taken.append(f"{address} answers {answer.status_code}")
    assert not taken
    assert stored(town) == before


def test_an_old_browser_that_names_our_own_site_is_let_in(karen: Browser) -> None:
    own: dict[str, str | None] = {"Sec-Fetch-Site": None, "Origin": "http://journal.test"}
    for path in ("/soeg", "/dubu/soeg"):
        assert karen.post(path, headers=own).status_code != 403


def test_a_page_sends_a_stranger_to_log_in_and_back(town: Municipality) -> None:
    stranger, shown = town.browser(None), []
    for address, path in asked(town, "GET"):
        if address.path in OPEN or FILES.match(address.path):
            continue
        answer = stranger.get(path)
        to = urlsplit(answer.headers.get("location", ""))
        back = parse_qs(to.query).get("til", ["/"])[0]
        if (answer.status_code, to.netloc, to.path, answer.text) != (303, "", "/log-ind", ""):
            shown.append(f"{address} answers {answer.status_code}")
        elif back != path:
            shown.append(f"{address} leads back to {back}")
    assert not shown


def test_a_form_of_a_stranger_is_not_taken(town: Municipality) -> None:
    stranger, before, taken = town.browser(None), stored(town), []
    for address, path in asked(town, "POST"):
        if address.path in OPEN:
            continue
        answer = stranger.post(path, {"q": "x", "soeg": "x"})
        if (
            answer.status_code not in (303, 401)
            or "/log-ind" not in str(answer.headers) + answer.text
        ):
            taken.append(f"{address} answers {answer.status_code}")
    assert not taken
    assert stored(town) == before


LOGGED_OUT = (
    'Du er logget ud. <a href="/log-ind?til=/dubu/min-dag" target="_blank">Log ind i en ny fane'
    "</a>, og gem så her."
)


def test_a_part_of_a_page_tells_a_stranger_401(town: Municipality) -> None:
    stranger, shown = town.browser(None), []
    for method in ("GET", "POST"):
        for address, path in asked(town, method):
            if not address.ours or address.path in OPEN or FILES.match(address.path):
                continue
            answer = stranger.ask(method, path, headers={"HX-Request": "true"})
            if (answer.status_code, answer.text) != (401, LOGGED_OUT):
                shown.append(f"{address} answers {answer.status_code}")
    assert not shown


def test_a_session_that_ended_opens_nothing(town: Municipality) -> None:
    town.stand("henrik", Relation.RESPONSIBLE, protected=False)
    browser = town.browser("henrik")
    assert browser.get(f"/dubu/sag/{town.sag}").status_code == 200
    browser.post("/log-ud")
    for path in (f"/dubu/sag/{town.sag}", f"/sager/{town.case}"):
        assert browser.get(path).headers["location"].startswith("/log-ind")


def test_whoever_has_left_is_a_stranger_at_once(town: Municipality) -> None:
    town.stand("reva", Relation.UNIT, protected=False)
    browser = town.browser("reva")
    with town.host.database.writing() as connection:
        reva = host.users.c.key == "reva"
        connection.execute(sa.update(host.users).where(reva).values(active=False))
    try:
        for path in (f"/dubu/sag/{town.sag}", f"/sager/{town.case}"):
            assert browser.get(path).headers["location"].startswith("/log-ind")
    finally:
        with town.host.database.writing() as connection:
            connection.execute(sa.update(host.users).where(reva).values(active=True))


def test_the_cookie_is_the_servers_alone(town: Municipality) -> None:
    answer = town.browser(None).post("/log-ind", {"bruger": "karen", "til": "/dubu/min-dag"})
    assert answer.headers["location"] == "/dubu/min-dag"
    flags = answer.headers["set-cookie"].lower()
    assert "httponly" in flags
    assert "samesite=lax" in flags
    assert "domain" not in flags


def test_the_cookie_scripts_may_read_says_nothing_of_anybody(town: Municipality) -> None:
    town.stand("karen", Relation.UNIT, protected=False)
    answer = town.browser("karen").post("/dubu/hjaelp/genveje", {"genveje": "fra"})
    said, _, flags = answer.headers["set-cookie"].lower().partition(";")
    assert said == "genveje=fra"
    assert "samesite=lax" in flags
    assert "domain" not in flags


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/\tx"],
)
def test_nobody_is_sent_out_of_the_house(town: Municipality, karen: Browser, to: str) -> None:
    answer = town.browser(None).post("/log-ind", {"bruger": "karen", "til": to})
    assert answer.headers["location"] == "/"
    answer = karen.post("/dubu/kladde/henvendelse:ny/slet", {"tilbage": to})
    assert answer.headers["location"] == "/dubu/min-dag"


def faults_of(answer: httpx.Response, path: str) -> Iterator[str]:
    """Yield what an answer lacks."""
    given = answer.headers
    policy = {
        name: set(values)
        for name, *values in (part.split() for part in given["content-security-policy"].split(";"))
    }
    if policy.get("default-src") != {"'none'"}:
        yield "default-src"
    # A download says only that it may do nothing: »default-src 'none'; sandbox«.
    if "sandbox" not in policy:
        yield from (name for name, right in DIRECTIVES.items() if policy.get(name) != right)
        ancestors = {"'self'"} if path.startswith("/dubu") else {"'none'"}
        if policy.get("frame-ancestors") not in (ancestors, {"'none'"}):
            yield "frame-ancestors"
    if given.get("x-content-type-options") != "nosniff":
        yield "nosniff"
    if given.get("referrer-policy") != "same-origin":
        yield "referrer-policy"
    if given.get("cross-origin-opener-policy") != "same-origin":
        yield "opener-policy"
    if given.get("cross-origin-resource-policy") != "same-origin":
        yield "resource-policy"
    kept = given.get("cache-control", "")
    if FILES.match(path) and answer.status_code == 200:
        if "immutable" not in kept:
            yield "a file is not kept"
    elif kept != "no-store":
        yield "is kept"


def test_every_answer_has_the_headers(town: Municipality, karen: Browser) -> None:
    answers = [
        (str(address), path, browser.ask(method, path))
        for browser in (karen, town.browser(None))
        for method in ("GET", "POST")
        for address, path in asked(town, method)
        if address.path != "/log-ud"
    ]
    answers += [(path, path, karen.get(path)) for path in ("/nix", "/dubu/nix", "/dubu/sag/nix")]
    answers += [
        ("PUT", path, karen.ask("PUT", path)) for path in ("/sager", "/dubu/min-dag", "/dubu/nix")
    ]
    foreign: dict[str, str | None] = {"Sec-Fetch-Site": "cross-site"}
    answers += [
        ("foreign", path, karen.post(path, headers=foreign)) for path in ("/", "/dubu/soeg")
    ]
    many = {f"felt{number}": "x" for number in range(5_000)}
    answers += [("large", path, karen.post(path, many)) for path in ("/soeg", "/dubu/soeg")]
    lacking = {
        f"{name} lacks {fault} at {answer.status_code}"
        for name, path, answer in answers
        for fault in faults_of(answer, path)
    }
    assert not lacking


def test_what_came_in_is_a_download_that_may_do_nothing(town: Municipality, karen: Browser) -> None:
    new = town.underretning["ny"]
    file = town.host_rows(host.document_files)[0].id
    for path in (
        f"/dubu/indgang/{new}/original", f"/dubu/indgang/{new}/fil/0", f"/filer/{file}",
        f"/post/{town.host_post['ny']}/original",
        f"/dubu/indgang/post/{town.post['loes']}/original",
    ):  # fmt: skip
        answer = karen.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["content-disposition"].startswith("attachment"), path
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox", path
        assert not answer.headers["content-type"].startswith(("text/html", "image/svg")), path
