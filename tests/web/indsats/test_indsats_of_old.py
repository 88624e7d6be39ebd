"""An indsats from before barnets lov: the list is that of the law of then."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.indsats.test_indsatser import Asking, form_of

OLD = {"afgjort_af": "anden_kommune", "afgjort_dag": "2023-04-01", "afgjort_hvor": "Dok. 3",
       "fra": "2023-05-01"}  # fmt: skip


@pytest.fixture
def sag(day: Day) -> UUID:
    """A case of a child of nine."""
    child = day.town.person("Alma Testvad", born=day.town.now.date() - timedelta(days=9 * 366))
    return day.town.sag(child)


def new(sag: UUID) -> str:
    return f"/dubu/sag/{sag}/indsatser/ny"


def laws(page: str) -> set[str]:
    """Return the laws whose paragraphs can be chosen."""
    chosen = page.partition('name="hvad"')[2].partition("</select>")[0]
    return {one.split("\u00a0")[0].split(" ")[0] for one in chosen.split('<optgroup label="')[1:]}


def test_the_list_is_that_of_the_law_of_the_days_in_the_form(
    asking: Asking, day: Day, sag: UUID
) -> None:
    ask: Any = asking(KAREN)
    assert laws(ask.get(new(sag)).text) == {"BL"}
    page = ask.get(f"{new(sag)}?afgjort_dag=2023-04-01&fra=2026-03-01&hvad=stoette_i_hjemmet:").text
    assert laws(page) == {"SEL"}
    assert "loven gav mulighed for 1. april 2023" in page.replace("\u00a0", " ")
    assert 'value="stoette_i_hjemmet:" selected' in page
    assert laws(ask.get(f"{new(sag)}?fra=2023-04-01").text) == {"SEL"}
    for day_of_none in ("fra=2024-01-01", "fra=x", "fra=2031-01-01", "afgjort_dag=0001-01-01"):
        answer = ask.get(f"{new(sag)}?{day_of_none}")
        assert answer.status_code == 200


def test_what_was_chosen_of_todays_list_is_stored_under_the_law_of_its_decision(
    asking: Asking, day: Day, sag: UUID
) -> None:
    form = {**form_of(asking(KAREN).get(new(sag)).text), **OLD, "hvad": "stoette_i_hjemmet:"}
    answer = asking(KAREN).post(new(sag), form)
    assert answer.status_code == 303, answer.text
    page = asking(KAREN).get(answer.headers["location"]).text.replace("\u00a0", " ")
    assert "lov om social service § 52, stk. 3, nr. 2" in page


def test_a_refused_form_has_the_list_of_the_law_of_then(
    asking: Asking, day: Day, sag: UUID
) -> None:
    form = {**form_of(asking(KAREN).get(new(sag)).text), **OLD, "hvad": "venskabsfamilie:"}
    answer = asking(KAREN).post(new(sag), form)
    assert answer.status_code == 422
    assert laws(answer.text) == {"SEL"}
    assert "Listen er skiftet" in answer.text
    assert form_of(answer.text)["afgjort_dag"] == "2023-04-01"
