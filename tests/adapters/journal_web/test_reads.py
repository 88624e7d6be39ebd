"""Who has read a case can be seen by those who answer for it; an auditor reads all cases."""

import pytest
import sqlalchemy as sa

from dubu_journal import cases
from dubu_journal import tables as t
from dubu_journal.host import Host
from dubu_journal.journal_port import EmbeddedJournal
from dubu_journal.web.site import FORMS, PAGES
from dubu_plugin.ports.journal_objects import Kind, Ref

from ..conftest import NOW, Municipality
from .conftest import Browse, Browser, ExamplePlugin


def test_what_was_opened_stands_with_who_and_when(
    karen: Browser, browse: Browse, municipality: Municipality
) -> None:
    case = municipality.cases["Alma"]
    mads = browse("mads")
    mads.get(f"/dokumenter/{municipality.documents['filed']}")
    mads.get(f"/filer/{municipality.documents['filed']}")
    browse("ida").get(f"/sager/{case}")
    page = karen.get(f"/sager/{case}/laesninger").text
    assert "Mads Prøvestad" in page
    assert "Åbnede dokumentet »" in page
    assert "Hentede filen »" in page
    assert "26-10-2026 kl. 09.00" in page
    assert page.index("Forsøgte at åbne sagen") < page.index("Hentede filen"), "newest first"
    assert "Så listen over læsninger" in karen.get(f"/sager/{case}/laesninger").text


@pytest.mark.parametrize(("who", "told"), [("karen", True), ("mads", False), ("ida", False)])
def test_a_plugin_is_told_the_same_for_who_may_see_it(
    browse: Browse, host: Host, municipality: Municipality, who: str, told: bool
) -> None:
    browse("mads").get(f"/dokumenter/{municipality.documents['filed']}")
    journal = EmbeddedJournal(host)
    case = Ref(journal.name, Kind.CASE, str(municipality.cases["Alma"]))
    reads = journal.reads(case, who, limit=1)
    assert (reads is not None) is told
    if reads is not None:
        assert [(one.name, one.what) for one in reads] == [("Mads Prøvestad", "Åbnede dokumentet")]
        assert reads[0].thing


def test_another_cases_reads_do_not_stand_there(karen: Browser, municipality: Municipality) -> None:
    karen.get(f"/sager/{municipality.cases['Emil']}/dokumenter")
    page = karen.get(f"/sager/{municipality.cases['Alma']}/laesninger").text
    assert "Åbnede sagen" not in page


@pytest.mark.parametrize(
    ("who", "sees"),
    [("karen", True), ("lone", True), ("rita", True), ("mads", False), ("ida", False)],
)
def test_who_has_read_is_for_the_responsible_leaders_and_auditors(
    browse: Browse, municipality: Municipality, who: str, sees: bool
) -> None:
    browser, case = browse(who), municipality.cases["Alma"]
    assert (browser.get(f"/sager/{case}/laesninger").status_code == 200) is sees
    if who != "ida":
        assert (">Læsninger</a>" in browser.get(f"/sager/{case}").text) is sees


def test_long_lists_go_on_where_they_stopped(karen: Browser, municipality: Municipality) -> None:
    case = municipality.cases["Alma"]
    for _ in range(51):
        karen.get(f"/sager/{case}/journal")
    first = karen.get(f"/sager/{case}/laesninger").text
    assert first.count("Åbnede sagen") == 50
    before = first.partition("laesninger?foer=")[2].partition('"')[0]
    assert karen.get(f"/sager/{case}/laesninger?foer={before}").text.count("Åbnede sagen") == 1


# -- the auditor -----------------------------------------------------------------------------------


def test_an_auditor_finds_and_reads_every_case_that_is_not_protected(
    browse: Browse, municipality: Municipality, host: Host
) -> None:
    rita = browse("rita")
    listed = rita.get("/sager").text
    assert "Alle sager" in listed
    assert "Testvad, Alma" in listed
    assert "Prøvelund" not in listed, "a protected case is not theirs"
    assert "Testvad, Alma" in rita.post("/soeg", {"soeg": "Testvad"}).text
    assert rita.get(f"/sager/{municipality.cases['Nova']}").status_code == 404
    for page in PAGES:
        if "{case_id" in page and not page.endswith(FORMS):
            address = page.replace("{key}", "barn").replace("{case_id:int}", "1")
            assert rita.get(address).status_code == 200, page
    with host.database.reading() as connection:
        theirs = sa.select(sa.func.count()).select_from(t.reads).where(t.reads.c.user == "rita")
        assert connection.scalar(theirs.where(t.reads.c.act == "aabnet")) == 7


def test_an_auditor_changes_nothing_and_is_shown_no_door_to_it(
    browse: Browse, municipality: Municipality, host: Host
) -> None:
    rita = browse("rita")
    for page in PAGES:
        address = page.replace("{key}", "barn")
        for name in ("case_id", "document_id", "file_id", "post_id", "contact_id"):
            address = address.replace(f"{{{name}:int}}", "1")
        if page in ("/soeg", "/adressebog", "/kalender"):
            continue
        answer = rita.post(address, {"titel": "Nej", "tekst": "nej", "knap": "medarbejder"})
        assert answer.status_code == 403, page
        if page.endswith(FORMS):
            assert rita.get(address).status_code == 404, page
        elif "{case_id" in page or page == "/sager":
            shown = rita.get(address).text.partition('id="indhold"')[2]
            assert 'method="post"' not in shown, page
            assert not any(f'{ending}"' in shown for ending in FORMS), page
    with host.database.reading() as connection:
        assert cases.get(connection, 1).changed <= NOW
        assert connection.scalar(sa.select(sa.func.count()).select_from(t.ops)) == 0


def test_an_auditor_does_not_see_to_the_post(browse: Browse) -> None:
    assert browse("rita").get("/post/1").status_code == 404


def test_a_plugin_closes_a_case_to_an_auditor_too(browse: Browse, plugin: ExamplePlugin) -> None:
    plugin.closed = {"1"}
    assert browse("rita").get("/sager/1").status_code == 404


def test_an_auditor_who_also_works_on_cases_can_write(browse: Browse, host: Host) -> None:
    with host.database.writing() as connection:
        connection.execute(t.user_roles.insert().values(user="rita", role="sagsbehandler"))
    assert browse("rita").get("/sager/ny").status_code == 200


def test_a_reminder_a_plugin_shows_in_its_own_box_is_folded_away(
    karen: Browser, host: Host
) -> None:
    with host.database.writing() as connection:
        ring = t.reminders.c.title.like("Ring til skolen%") & (t.reminders.c.responsible == "karen")
        change = t.reminders.update().where(ring).values(key="frist-" + t.reminders.c.title)
        connection.execute(change)
    page = karen.get("/").text
    fold = page.partition('<details class="j-fold">')[2].partition("</details>")[0]
    assert "Ring til skolen" in fold
    assert page.count("Ring til skolen") == 1
