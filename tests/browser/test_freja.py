"""The child Freja expects, from the midwife's e-mail over the plan before the birth to the second
follow-up after it: the clicks of each task counted, and kept within what the task may take."""

from datetime import date

import pytest
from playwright.sync_api import expect

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.store.tables import frister, maal_status, personer
from dubu_plugin.testing.reception import Reception

from .conftest import Open
from .story import Told, mail, moment, story

NAMES = {"mor": "Freja", "far": "Oliver", "mormor": "Helle"}
CHILD = "Ufødt barn af Freja Prøvelund"


@pytest.fixture
def freja(town: tuple[Reception, str], open_page: Open) -> Told:
    reception, origin = town
    parents = {"Freja Prøvelund": "mor"}
    return Told(reception, origin, open_page, CHILD, story("ufoedt"), NAMES, parents)


def test_from_the_midwifes_mail_to_the_second_follow_up_within_the_clicks(freja: Told) -> None:
    _received_and_assessed(freja)
    _begun(freja)
    _examined(freja)
    _decided(freja)
    _planned_before_the_birth(freja)
    _born(freja)
    _followed_up(freja)
    _followed_up_again(freja)
    assert set(freja.hers.spent) == {
        "underretning", "undersoegelse", "trekant", "indsats", "plan", "opfoelgning",
    }  # fmt: skip
    statuses = [row.status for row in freja.town.rows(maal_status)]
    assert sorted(statuses) == ["delvist", "opnaaet", "opnaaet", "opnaaet"]
    assert not [row.rule for row in freja.town.rows(frister) if row.exceeded_at is not None]


def _received_and_assessed(freja: Told) -> None:
    freja.town.town.now = moment("2026-04-13", "10:05")
    freja.town.registered(mail("freja-jordemoder"), "freja-jordemoder.eml")
    freja.comes("2026-04-13", "13:00")
    page, hers = freja.page, freja.hers
    with hers.budget("underretning"):
        hers.link("24-timers vurdering")
        hers.on(page.get_by_label("Ufødt barn af Freja Prøvelund, termin 28. september"))
        hers.on(page.locator("#f-fare-ikke_akut"))
        hers.type("Begrundelse", freja.say(freja.words["vurdering"]["fare"]))
        hers.on(page.locator("input[value='boernefaglig_undersoegelse']"))
        hers.button("Gem og send kvittering")
        freja.done("Vurderingen er gemt")


def _begun(freja: Told) -> None:
    freja.comes("2026-04-20")
    page, hers = freja.page, freja.hers
    with hers.budget("undersoegelse"):
        freja.open_case().on(page.locator("a[href$='/skrift']").first)
        hers.type("Børn i familien", freja.words["undersoegelse"]["soeskende"])
        hers.button("Start børnefaglig undersøgelse")
        expect(page.get_by_role("navigation", name="Trekanten")).to_be_visible()


def _examined(freja: Told) -> None:
    freja.comes("2026-06-22")
    with freja.hers.budget("trekant"):
        freja.hers.link("Undersøgelse af kommende forældre, senest")
        freja.dimensions()
    freja.approved("Børnefaglig undersøgelse", "Godkend")


def _decided(freja: Told) -> None:
    page, hers = freja.page, freja.hers
    freja.comes("2026-06-29")
    freja.open_case()
    hers.on(page.locator("a[href$='/afgoerelser']").first)
    hers.choose("Hvad skal der træffes afgørelse om?", "stoette_kommende")
    hers.button("Forbered")
    decision = page.url
    said = freja.words["partshoering"]
    freja.heard(0, said["om_mor"], "2026-07-06")
    freja.comes("2026-07-06")
    page.goto(decision)
    freja.answered(0, said["svar_mor"], said["vaegt_mor"], "2026-07-06")
    freja.decided(
        indsats="familiebehandling", begins="2026-07-13", ends="2027-04-12", consented="2026-07-06"
    )
    freja.approved("Afgørelse", "Træf afgørelsen")


def _planned_before_the_birth(freja: Told) -> None:
    freja.comes("2026-07-13")
    freja.helped(freja.words["indsats"][0], "2027-04-12")
    freja.comes("2026-08-10")
    freja.plan(("En tæt svangreomsorg",), "2026-10-12")


def _born(freja: Told) -> None:
    freja.comes("2026-09-24")
    freja.open_case().link("Registrér fødslen")
    freja.hers.type("Barnets navn", "Nova Prøvelund")
    freja.hers.type("Født", "2026-09-22")
    freja.hers.type("CPR-nummer (kan udelades)", "220926-4990")
    freja.hers.button("Registrér fødslen")
    expect(
        freja.page.get_by_role("link", name="Nova Prøvelund")
        .or_(freja.page.get_by_role("heading", name="Nova Prøvelund"))
        .first
    ).to_be_visible()
    freja.child = "Nova Prøvelund"
    nova = freja.town.rows(personer, name="Nova Prøvelund")
    assert [(row.cpr, row.born) for row in nova] == [("2209264990", date(2026, 9, 22))]


def _followed_up(freja: Told) -> None:
    """The first follow-up is counted from the day the help began, before the birth (§ 95)."""
    due = [row.due for row in freja.town.rows(frister, rule="OPF-1", state="aaben")]
    assert [danish_day(one) for one in due] == [date(2026, 10, 13)]
    freja.comes("2026-10-12")
    freja.follow_up(freja.words["opfoelgning"][0], "Første opfølgning")


def _followed_up_again(freja: Told) -> None:
    """The second is on the day the first one set, three months on."""
    [due] = freja.town.rows(frister, rule="OPF-N", state="aaben")
    assert danish_day(due.due) == date(2027, 1, 12)
    freja.comes("2027-01-11")
    freja.follow_up(freja.words["opfoelgning"][1], "Opfølgning")
