"""Nothing false is told a professional by one press of a button."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import letters
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]


def assessed(day: Day, step: str) -> UUID:
    child = day.town.person("Alma Prøvedal", born=date(2018, 5, 6))
    sag = day.town.sag(child, step=step)
    number = day.town.underretning("En bekymring.", child=child, sag=sag)
    day.town.assess(number, at=day.town.now, next_step=step, child=child, sag=sag)
    return number


def ordered(day: Day, number: UUID) -> list[str]:
    with day.town.product.store.read() as connection:
        query = sa.select(letters.c.code).where(letters.c.underretning_id == number)
        return list(connection.scalars(query))


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"hvad": "send"}, "igang"),
        ({"hvad": "vis"}, "igang"),
        ({"hvad": "send", "igang": "noget"}, "igangsat"),
        ({}, "igang"),
    ],
)
def test_an_answer_is_asked_for(sent: dict[str, str], field: str, asking: Asking, day: Day) -> None:
    number = assessed(day, "boernefaglig_undersoegelse")
    refused = asking().post(f"/dubu/indgang/{number}/orienter", sent)
    assert refused.status_code == 422
    assert f'id="f-{field}-fejl"' in refused.text
    assert f'id="f-{field}"' in refused.text
    assert ordered(day, number) == []


def test_the_letter_is_read_before_it_is_sent(asking: Asking, day: Day) -> None:
    number = assessed(day, "boernefaglig_undersoegelse")
    address = f"/dubu/indgang/{number}/orienter"
    assert 'value="send"' not in asking().get(address).text
    answer = {"igang": "noget", "igangsat": "boernefaglig_undersoegelse"}
    shown = asking().post(address, {**answer, "hvad": "vis"})
    assert shown.status_code == 200
    paper = shown.text.split('class="paper')[1].split("</form>")[0]
    assert "en børnefaglig undersøgelse" in re.sub(r"<[^>]+>", "", paper)
    assert ordered(day, number) == []
    assert asking().post(address, {**answer, "hvad": "send"}).status_code == 303
    assert ordered(day, number) == ["orientering"]


def test_nobody_is_told_nothing_was_done_while_the_screening_runs(asking: Asking, day: Day) -> None:
    number = assessed(day, "screening")
    address = f"/dubu/indgang/{number}/orienter"
    assert "Screeningen er ikke afsluttet" in asking().get(address).text
    for what in ("vis", "send"):
        refused = asking().post(address, {"igang": "intet", "hvad": what})
        assert refused.status_code == 422
        assert 'id="f-igang-fejl"' in refused.text
    assert ordered(day, number) == []


def test_that_nothing_was_set_going_can_be_told(asking: Asking, day: Day) -> None:
    number = assessed(day, "vurderet")
    answer = {"igang": "intet", "igangsat": "indsats", "hvad": "send"}
    assert asking().post(f"/dubu/indgang/{number}/orienter", answer).status_code == 303
    assert ordered(day, number) == ["orientering"]


TOLD = {
    "intet": "Vi har ikke sat en afdækning, en børnefaglig undersøgelse eller en indsats i gang",
    "afdaekning": "Vi har sat en afdækning i gang",
    "boernefaglig_undersoegelse": "Vi har sat en børnefaglig undersøgelse i gang",
    "akut": "Vi har sat en indsats i gang",
}


def papers(page: str) -> dict[str, str]:
    found = re.findall(r'by-need--told-(\w+)"[^>]*>(.*?)</div>', page, re.S)
    return {step: " ".join(re.sub(r"<[^>]+>", "", paper).split()) for step, paper in found}


def test_what_the_assessment_sends_is_read_before_it_is_chosen(asking: Asking, day: Day) -> None:
    number = day.town.underretning("En bekymring.", pligt="133")
    shown = papers(asking().get(f"/dubu/indgang/{number}").text)
    assert set(shown) == set(TOLD)
    assert [step for step, said in TOLD.items() if said not in shown[step]] == []


@pytest.mark.parametrize("more", [{"pligt": "135"}, {"anonymous": True}])
def test_no_such_letter_is_shown_for_who_is_told_nothing(
    more: dict[str, Any], asking: Asking, day: Day
) -> None:
    number = day.town.underretning("En bekymring.", **more)
    assert papers(asking().get(f"/dubu/indgang/{number}").text) == {}
