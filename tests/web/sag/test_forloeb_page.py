"""The line of steps says what has happened, and each step what it asks for."""

import re
from datetime import date
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import client_of


@pytest.fixture
def emergency(day: Day) -> str:
    """Return the address of a case with an emergency, whose screening is still to be made."""
    town = day.town
    child = town.person("Liva Demodal")
    sag = town.sag(child)
    town.happened(H.UNDERRETNING_MODTAGET, sag=sag, person=child)
    acute = {"naeste": "akut", "behov": True}
    town.happened(H.UNDERRETNING_VURDERET, sag=sag, person=child, data=acute)
    return f"/dubu/sag/{sag}"


def states(page: str) -> dict[str, str]:
    found = re.findall(r'<li class="is-(\w+)">.*?course__name">([^<]+)<', page, re.S)
    return {name: state for state, name in found}


def test_after_an_emergency_the_screening_is_not_ticked(day: Day, emergency: str) -> None:
    line = states(client_of(day).get(emergency).text)
    assert line["Underretning"] == "done"
    assert line["Screening"] == "now"
    assert (line["Undersøgelse"], line["Afgørelse"]) == ("ahead", "ahead")
    assert line["Akut"] == "now"
    assert "Klage" not in line, "what does not run is not in the line"


def test_a_step_leads_to_what_it_requires_and_what_comes_next(day: Day, emergency: str) -> None:
    page = client_of(day).get(emergency).text
    assert f'href="{emergency}/forloeb#screening"' in page
    steps = client_of(day).get(f"{emergency}/forloeb").text
    assert 'id="screening"' in steps
    assert "Grund til at antage, at barnet har brug for støtte" in steps
    assert "Afdækning (§ 19) eller børnefaglig undersøgelse (§ 20)" in steps


def test_the_age_that_ends_an_indsats_is_no_date_it_is_done_by(day: Day) -> None:
    town = day.town
    child = town.person("Noah Testlund", born=date(2015, 8, 21))
    sag = town.sag(child)
    town.happened(H.INDSATS_IVAERKSAT, sag=sag, person=child)
    page = client_of(day).get(f"/dubu/sag/{sag}").text
    assert states(page)["Indsats"] == "now"
    assert "2033" not in page.partition('aria-label="Sagens forløb"')[2].partition("</nav>")[0]


def line_of(day: Day, sag: UUID) -> str:
    page = client_of(day).get(f"/dubu/sag/{sag}").text.replace("\xa0", " ")
    return page.partition('aria-label="Sagens forløb"')[2].partition("</nav>")[0]


@pytest.mark.parametrize(
    ("born", "name", "says"),
    [
        (date(2014, 8, 21), "Barnets plan", False),
        (date(2010, 3, 9), "Barnets plan", False),
        (date(2010, 1, 5), "Ungeplan", True),
    ],
    ids=["eleven", "sixteen in a week", "sixteen"],
)
def test_paragraf_108_the_ungeplans_day_is_not_that_of_barnets_plan(
    day: Day, born: date, name: str, says: bool
) -> None:
    town = day.town
    child = town.person("Noah Testlund", born=born)
    sag = town.sag(child)
    town.happened(H.PLAN_BESLUTTET, sag=sag, person=child)
    said = {"grundlag": "stoette", "afgoerelse": str(uuid4())}
    town.happened(H.AFGOERELSE_TRUFFET, sag=sag, person=child, data=said)
    line = line_of(day, sag)
    assert f'course__name">{name}<' in line
    assert ("senest" in line.partition(f">{name}<")[2].partition("</li>")[0]) is says


def test_of_a_closed_case_nothing_is_under_way_but_a_complaint_and_nothing_comes(
    day: Day, emergency: str
) -> None:
    town, sag, complaint = day.town, emergency.rpartition("/")[2], str(uuid4())
    town.happened(H.SAG_LUKKET, sag=UUID(sag))
    page = client_of(day).get(emergency).text
    line = states(page)
    assert line == {"Underretning": "done", "Screening": "ahead", "Afsluttet": "done"}
    head = page.partition('aria-label="Sagens forløb"')[2].partition("</nav>")[0]
    assert "standset" in head
    assert "I gang" not in head
    assert "Kommer" not in head
    steps = client_of(day).get(f"{emergency}/forloeb").text
    assert steps.count("Standset, da sagen blev lukket") == 2, "the screening and the emergency"
    town.happened(H.KLAGE_MODTAGET, sag=UUID(sag), data={"klage": complaint})
    assert states(client_of(day).get(emergency).text)["Klage"] == "now"
