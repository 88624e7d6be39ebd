"""Alma's case from the school's e-mail to the second follow-up: the clicks of each task counted,
and kept within what the task may take."""

import pytest
from playwright.sync_api import expect

from dubu_plugin.store.tables import frister, letters, maal_status
from dubu_plugin.testing.reception import Reception

from .conftest import Open
from .story import Told, mail, moment, story

NAMES = {
    "barn": "Alma", "mor": "Sanne", "far": "Michael", "soeskende": "Viggo", "farmor": "Birthe",
    "hun": "hun", "Hun": "Hun", "hende": "hende", "hendes": "hendes",
}  # fmt: skip
BEFORE_DUE = "2026-10-22"


@pytest.fixture
def alma(town: tuple[Reception, str], open_page: Open) -> Told:
    reception, origin = town
    parents = {"Sanne Testvad": "mor", "Michael Prøvesen": "far"}
    return Told(reception, origin, open_page, "Alma Testvad", story("stoette"), NAMES, parents)


def test_from_the_schools_mail_to_the_second_follow_up_within_the_clicks(alma: Told) -> None:
    _received_and_assessed(alma)
    _screened_and_begun(alma)
    _examined(alma)
    _heard_and_decided(alma)
    _helped_and_planned(alma)
    _followed_up_twice(alma)
    assert set(alma.hers.spent) == {
        "underretning", "undersoegelse", "samtale", "trekant", "indsats", "plan", "opfoelgning",
    }  # fmt: skip
    statuses = [row.status for row in alma.town.rows(maal_status)]
    assert (len(statuses), statuses.count("opnaaet"), statuses.count("delvist")) == (8, 4, 4)
    overdue = {row.rule for row in alma.town.rows(frister) if row.exceeded_at is not None}
    assert overdue == set(), "the timeline of the case keeps every deadline"


def _received_and_assessed(alma: Told) -> None:
    alma.town.town.now = moment("2026-03-02", "09:14")
    alma.town.registered(mail("alma-skole"), "alma-skole.eml")
    alma.comes("2026-03-02", "13:30")
    page, hers = alma.page, alma.hers
    with hers.budget("underretning"):
        hers.link("24-timers vurdering")
        expect(page.get_by_label("Alma Testvad, 9 år")).to_be_checked()
        hers.on(page.get_by_text("Forældres sundhed"))
        hers.on(page.locator("#f-fare-ikke_akut"))
        hers.type("Begrundelse", alma.say(alma.words["vurdering"]["fare"]))
        hers.on(page.get_by_text("Viggo, 4 år er vurderet samtidig"))
        hers.on(page.get_by_text("Screening (§ 18)"))
        hers.button("Gem og send kvittering")
        alma.done("Vurderingen er gemt")


def _screened_and_begun(alma: Told) -> None:
    alma.comes("2026-03-13")
    alma.screening()
    alma.comes("2026-03-16")
    with alma.hers.budget("undersoegelse"):
        alma.hers.link("Afgørelse om undersøgelse")
        alma.hers.on(alma.page.locator("[name=grund][value=noedvendigt]"))
        alma.hers.button("Start børnefaglig undersøgelse")
        expect(alma.page.get_by_role("navigation", name="Trekanten")).to_be_visible()
    alma.talk(alma.words["samtale"])


def _examined(alma: Told) -> None:
    alma.comes("2026-06-19")
    with alma.hers.budget("trekant"):
        alma.hers.link("Børnefaglig undersøgelse")
        alma.dimensions()
    alma.approved("Børnefaglig undersøgelse", "Godkend")


def _heard_and_decided(alma: Told) -> None:
    alma.comes("2026-06-22")
    alma.open_case()
    alma.hers.on(alma.page.locator("a[href$='/afgoerelser']").first)
    alma.hers.choose("Hvad skal der træffes afgørelse om?", "stoette")
    alma.hers.button("Forbered")
    decision = alma.page.url
    said = alma.words["partshoering"]
    for number, who in enumerate(("far", "mor")):
        alma.heard(number, said[f"om_{who}"], "2026-07-03")
    alma.comes("2026-07-03")
    alma.page.goto(decision)
    for number, who in enumerate(("far", "mor")):
        alma.answered(number, said[f"svar_{who}"], said[f"vaegt_{who}"], "2026-07-02")
    alma.comes("2026-07-06")
    alma.page.goto(decision)
    alma.decided(
        indsats="familiebehandling", begins="2026-08-03", ends="2027-02-02",
        consented="2026-07-06", also=(alma.words["indsats"][1], "2026-11-02"),
    )  # fmt: skip
    alma.approved("Afgørelse", "Træf afgørelsen")


def _helped_and_planned(alma: Told) -> None:
    alma.comes("2026-08-03")
    for one, ends in zip(alma.words["indsats"], ("2027-02-02", "2026-11-02"), strict=True):
        alma.helped(one, ends)
    alma.comes("2026-08-24")
    alma.plan(("En fast morgen og en fast aften",), "2026-10-26")


def _followed_up_twice(alma: Told) -> None:
    first, second = alma.words["opfoelgning"]
    alma.comes(BEFORE_DUE)
    alma.talk({"egne_ord": first["barnet"]})
    alma.comes("2026-10-26")
    alma.follow_up(first, "Første opfølgning")
    alma.comes("2027-01-21")
    alma.talk({"egne_ord": second["barnet"]})
    alma.comes("2027-01-25")
    # The help ends a week from then, as it was decided: it is looked at once more before it does.
    alma.follow_up({**second, "naeste": "2027-02-02"}, "Opfølgning")
    alma.town.deliver()
    codes = {row.code for row in alma.town.rows(letters)}
    assert {"screening", "afgoerelse", "barnets_plan", "min_plan"} <= codes, sorted(codes)
