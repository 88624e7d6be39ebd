"""A screening that comes to an undersøgelse leads on to the decision, an act of its own."""

from datetime import date, timedelta

import pytest

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.store.tables import frister
from dubu_plugin.testing.ordinary_day import Day
from tests.web.sag.test_record_page import Desk, plain

BESL = "BFU-BESL"


@pytest.fixture
def desk(day: Day) -> Desk:
    return Desk(day)


def open_ones(desk: Desk, rule: str) -> int:
    return desk.count(frister, frister.c.rule == rule, frister.c.state == "aaben")


def screened(desk: Desk, outcome: str) -> str:
    answer = desk.note("screening_afsluttet", svar__udfald=outcome)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_the_screening_leads_straight_to_the_decision_and_says_why(desk: Desk) -> None:
    came = desk.day.town.now - timedelta(days=5, hours=2)  # as the ordinary day has it
    where = screened(desk, "undersoegelse")
    assert where == f"{desk.url}?hvad=undersoegelse_besluttet&efter=screening"
    shown = desk.client().get(where).text
    assert "Undersøgelsen er en afgørelse for sig (§ 20)" in plain(shown)
    assert desk.form(where)["svar-undersoegelse"] == "barnet"
    assert f'name="svar-kendskab" value="{danish_day(came)}"' in shown


@pytest.mark.parametrize("outcome", ["ingen", "afdaekning"])
def test_another_outcome_leads_to_no_decision(desk: Desk, outcome: str) -> None:
    assert screened(desk, outcome) == f"{desk.url}?gemt=noteret"
    assert open_ones(desk, BESL) == 0


def test_the_decision_stands_on_min_dag_until_it_is_noted(desk: Desk) -> None:
    screened(desk, "undersoegelse")
    assert open_ones(desk, BESL) == 1
    page = plain(desk.client().get("/dubu/min-dag").text)
    assert "Afgørelse om undersøgelse" in page
    known = danish_day(desk.day.town.now).isoformat()
    desk.note("undersoegelse_besluttet", svar__undersoegelse="barnet", svar__kendskab=known)
    assert open_ones(desk, BESL) == 0
    assert open_ones(desk, "BFU-4M") == 1


def test_the_decision_that_is_given_up_stands_no_longer(desk: Desk) -> None:
    screened(desk, "undersoegelse")
    desk.note("undersoegelse_opgivet")
    assert (open_ones(desk, BESL), open_ones(desk, "BFU-4M")) == (0, 0)


def test_an_ansoegning_is_to_be_screened_and_its_line_does_not_say_underretning(
    desk: Desk,
) -> None:
    child = desk.town.person("Selma Prøvehøj", born=date(2019, 5, 2))
    desk.town.underretning(
        "Vi søger om hjælp", child=child, henvendelse="ansoegning", underretter=None, pligt=None
    )
    page = plain(desk.client().get("/dubu/min-dag").text)
    line = page[page.index("Selma Prøvehøj") :]
    assert "Screening af støttebehov" in line
    said = line[: line.index("§ 18")]
    assert "Ansøgning" in said
    assert "Underretning" not in said


def test_what_is_far_away_or_done_is_folded_below_what_matters_now(desk: Desk) -> None:
    screened(desk, "undersoegelse")
    known = danish_day(desk.day.town.now).isoformat()
    desk.note("undersoegelse_besluttet", svar__undersoegelse="barnet", svar__kendskab=known)
    page = plain(desk.client().get(f"/dubu/sag/{desk.sag}/frister").text)
    far, over = page.index("Langt ude: "), page.index("Opfyldte og bortfaldne: ")
    assert page.index("Børnefaglig undersøgelse</h") < far
    assert far < page.index("Den unge fylder 15 og skal samtykke</h") < over
    assert over < page.index("Afgørelse om undersøgelse</h")
