"""Nobody sees a case that is not theirs, and what they do see is written down."""

from itertools import product

import pytest
import sqlalchemy as sa

from dubu_journal import access, cases
from dubu_journal import tables as t
from dubu_journal.host import Host
from dubu_journal.web.site import PAGES

from ..conftest import NOW, Clock, Municipality
from .conftest import Browse, Browser, ExamplePlugin

READS = "/sager/{case_id:int}/laesninger"
CASE_PAGES = [path for path in PAGES if "{case_id" in path and path != READS]
OPENS = {
    # who: (an ordinary case of Familieafdelingen, a protected one)
    "karen": (True, True),
    "mads": (True, False),
    "lone": (True, True),
    "peter": (False, False),
    "ida": (False, False),
}


@pytest.mark.parametrize(("who", "page"), [*product(OPENS, CASE_PAGES)])
def test_a_case_opens_for_its_own_and_nobody_else(
    who: str, page: str, browse: Browse, municipality: Municipality
) -> None:
    browser = browse(who)
    address = page.replace("{key}", "barn").replace("{case_id:int}", "{}")
    for name, opens in zip(("Alma", "Nova"), OPENS[who], strict=True):
        answer = browser.get(address.format(municipality.cases[name]))
        assert answer.status_code == (200 if opens else 404)


@pytest.mark.parametrize("path", ["/dokumenter/{filed}", "/filer/{filed}", "/post/udgaaende/1"])
def test_what_hangs_on_a_case_is_as_closed_as_the_case(
    path: str, browse: Browse, municipality: Municipality
) -> None:
    address = path.format(**municipality.documents)
    assert browse("karen").get(address).status_code == 200
    assert browse("ida").get(address).status_code == 404


@pytest.mark.parametrize(
    "page", [path for path in PAGES if "_id" in path and "contact" not in path]
)
def test_not_yours_looks_like_not_there(page: str, browse: Browse) -> None:
    address = page.replace("{key}", "barn")
    there = address
    for name in ("case_id", "document_id", "file_id", "post_id"):
        there = there.replace(f"{{{name}:int}}", "1")
        address = address.replace(f"{{{name}:int}}", "999999")
    ida = browse("ida")
    not_yours, not_there = ida.get(there), ida.get(address)
    assert not_yours.status_code == not_there.status_code == 404
    assert not_yours.text == not_there.text


@pytest.mark.parametrize("page", [path for path in CASE_PAGES if "fane" not in path])
def test_nobody_writes_on_a_case_they_cannot_see(
    page: str, browse: Browse, host: Host, municipality: Municipality
) -> None:
    before = counted(host)
    form = {
        "titel": "T",
        "tekst": "T",
        "dato": "2026-10-26",
        "ansvarlig": "ida",
        "enhed": "it",
        "status": "afsluttet",
        "slags": "person",
        "navn": "N",
        "fjern": str(municipality.contacts["Mette Testvad"]),
        "knap": "medarbejder",
        "medarbejder": "ida",
    }
    address = page.replace("{case_id:int}", str(municipality.cases["Alma"]))
    assert browse("ida").post(address, form).status_code == 404
    assert counted(host) == before


def test_a_member_sees_a_protected_case(
    browse: Browse, host: Host, municipality: Municipality
) -> None:
    nova = municipality.cases["Nova"]
    with host.database.writing() as connection:
        access.add_member(connection, nova, "mads")
    assert browse("mads").get(f"/sager/{nova}").status_code == 200


def test_a_plugin_closes_a_case_everywhere(
    karen: Browser, plugin: ExamplePlugin, municipality: Municipality
) -> None:
    alma = municipality.cases["Alma"]
    plugin.closed = {str(alma)}
    assert karen.get(f"/sager/{alma}").status_code == 404
    assert karen.get(f"/dokumenter/{municipality.documents['filed']}").status_code == 404
    child = municipality.contacts["Alma Testvad"]
    pages = [
        "/",
        "/sager",
        f"/sager/{municipality.cases['Emil']}",
        "/kalender",
        f"/adressebog/{child}",
    ]
    shown = [karen.get(page).text for page in pages]
    shown += [
        karen.post("/soeg", {"soeg": word}).text for word in ("Alma", "svømmehallen", "fravær")
    ]
    assert [text for text in shown if "Testvad, Alma" in text or f"/sager/{alma}" in text] == []


def test_a_plugin_cannot_open_what_the_host_keeps_closed(
    browse: Browse, plugin: ExamplePlugin, municipality: Municipality
) -> None:
    plugin.opened = {str(municipality.cases["Nova"])}
    assert browse("mads").get(f"/sager/{municipality.cases['Nova']}").status_code == 404


def test_a_plugin_that_cannot_say_keeps_the_door_closed(
    karen: Browser, plugin: ExamplePlugin, municipality: Municipality
) -> None:
    plugin.broken = True
    assert karen.get(f"/sager/{municipality.cases['Alma']}").status_code == 404
    assert "Testvad, Alma" not in karen.get("/sager").text


def test_somebody_who_has_left_is_let_in_nowhere(browse: Browse, host: Host) -> None:
    karen = browse("karen")
    with host.database.writing() as connection:
        connection.execute(t.users.update().where(t.users.c.key == "karen").values(active=False))
    assert karen.get("/sager/1").url.path == "/log-ind"


@pytest.mark.parametrize(
    ("path", "kind", "act"),
    [
        *((page, "case", "aabnet") for page in CASE_PAGES),
        ("/dokumenter/{document_id:int}", "document", "aabnet"),
        ("/filer/{file_id:int}", "file", "hentet"),
        ("/adressebog/{contact_id:int}", "contact", "aabnet"),
        ("/adressebog/{contact_id:int}/ret", "contact", "aabnet"),
        ("/post/udgaaende/{post_id:int}", "letter", "aabnet"),
    ],
)
def test_what_is_opened_is_written_down(
    path: str, kind: str, act: str, karen: Browser, host: Host, clock: Clock
) -> None:
    address = path.replace("{key}", "barn")
    for name in ("case_id", "document_id", "file_id", "post_id", "contact_id"):
        address = address.replace(f"{{{name}:int}}", "1")
    assert karen.get(address).status_code == 200
    with host.database.reading() as connection:
        r = t.reads.c
        rows = connection.execute(sa.select(r.at, r.user, r.act, r.kind, r.object_id)).all()
    assert [tuple(row) for row in rows] == [(clock.now, "karen", act, kind, 1)]


def test_what_was_refused_is_written_down_as_refused(browse: Browse, host: Host) -> None:
    browse("ida").get("/sager/1")
    with host.database.reading() as connection:
        r = t.reads.c
        rows = connection.execute(sa.select(r.user, r.act, r.kind, r.object_id)).all()
    assert [tuple(row) for row in rows] == [("ida", "afvist", "case", 1)]


def test_to_see_a_whole_cpr_number_is_written_down(karen: Browser, host: Host) -> None:
    karen.post("/adressebog/1")
    with host.database.reading() as connection:
        assert connection.execute(sa.select(t.reads.c.act)).scalars().all() == ["vist_cpr"]


def test_the_post_is_for_those_who_see_to_it(browse: Browse) -> None:
    for who, status in (("peter", 200), ("lone", 200), ("karen", 404), ("ida", 404)):
        assert browse(who).get("/post/1").status_code == status
        assert browse(who).get("/post/1/original").status_code == status
        listed = "Underretning om en elev" in browse(who).get("/post").text
        assert listed == (status == 200)


def test_only_those_who_see_the_post_are_told_how_much_there_is(browse: Browse) -> None:
    assert ">Post (1)</a>" in browse("peter").get("/sager").text
    assert ">Post</a>" in browse("karen").get("/sager").text


def test_a_letter_is_for_who_sent_it_and_those_who_see_to_the_post(browse: Browse) -> None:
    for who, seen in (("karen", True), ("peter", True), ("mads", False)):
        assert ("Kvittering" in browse(who).get("/post/udgaaende").text) == seen
        assert (browse(who).get("/post/udgaaende/1?fil=1").status_code == 200) == seen


def test_a_reminder_on_a_case_one_lost_is_not_shown(karen: Browser, host: Host) -> None:
    assert "Ring til skolen" in karen.get("/").text
    with host.database.writing() as connection:
        change = {"responsible": "peter", "unit": "modtagelse"}
        cases.change(connection, 1, change, expected=None, now=NOW)
    assert "Ring til skolen" not in karen.get("/").text


def counted(host: Host) -> list[int]:
    tables = (t.cases, t.notes, t.reminders, t.case_parties, t.case_members, t.calendar_entries)
    with host.database.reading() as connection:
        counts = [sa.select(sa.func.count()).select_from(table) for table in tables]
        versions = connection.execute(sa.select(sa.func.sum(t.cases.c.version))).scalar_one()
        return [versions, *(connection.execute(count).scalar_one() for count in counts)]
