"""Search finds what one may see, by name, number and words, and tells nobody what was searched."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.tables import read_log
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]


def found(client: Any, text: str) -> str:
    answer = client.post("/dubu/soeg", {"q": text})
    assert answer.status_code == 303
    assert text not in answer.headers["location"]
    return str(client.get(answer.headers["location"]).text)


@pytest.mark.parametrize(
    "text",
    ["Noah", "noah test", "TESTLUND", "0110144996", "011014-4996", "27.24.00-G01-61-26",
     "27.24.00-G01-61", "61-26", "61-2", "noah 61-26"],
)  # fmt: skip
def test_a_case_is_found_by(text: str, asking: Asking, day: Day) -> None:
    assert f"/dubu/sag/{day.noah_sag}" in found(asking(), text)


def test_an_underretning_is_found_by_a_word_of_its_text(asking: Asking, day: Day) -> None:
    assert f"/dubu/indgang/{day.alma_underretning}" in found(asking(), "morgenkald")


def test_every_word_must_be_found(asking: Asking, day: Day) -> None:
    assert f"/dubu/sag/{day.noah_sag}" not in found(asking(), "noah findesikke")


def test_the_number_of_somebody_in_the_family_finds_the_child(asking: Asking, day: Day) -> None:
    html = found(asking(METTE), "021221-4991")  # Viggo's
    assert f"/dubu/indgang/{day.alma_underretning}" in html


def test_what_is_not_ones_own_is_not_found(asking: Asking, day: Day) -> None:
    assert f"/dubu/sag/{day.noah_sag}" not in found(asking(ANDERS), "Noah")
    assert "Ingen fundet" in found(asking(ANDERS), "0110144996")


def test_what_is_protected_is_found_by_those_who_work_on_it(asking: Asking, day: Day) -> None:
    address = f"/dubu/sag/{day.elias_sag}"
    assert address in found(asking(KAREN), "Elias")
    assert address in found(asking(HENRIK), "Elias")
    assert address not in found(asking(METTE), "Elias")


def test_somebody_related_finds_nothing(asking: Asking, day: Day) -> None:
    day.town.block(METTE, day.alma)
    assert f"/dubu/indgang/{day.alma_underretning}" not in found(asking(METTE), "Alma")


@pytest.mark.parametrize("text", ["%", "_", "'", "\\", "\0", "æøå" * 100, "<b>", "0" * 10])
def test_odd_texts_find_nothing_and_break_nothing(text: str, asking: Asking) -> None:
    client = asking()
    assert client.post("/dubu/soeg", {"q": text}).status_code == 303
    assert client.get("/dubu/soeg?resultat=1").status_code == 200


def test_a_search_is_logged_with_the_number_masked(asking: Asking, day: Day) -> None:
    found(asking(), "011014-4996")
    with day.town.product.store.read() as connection:
        told = connection.scalars(
            sa.select(read_log.c.detail).where(read_log.c.subject_kind == "soegning")
        ).all()
    assert told == ["011014-••••"]


def test_what_was_searched_for_is_ones_own(asking: Asking) -> None:
    found(asking(KAREN), "Noah")
    assert "Noah" not in asking(METTE).get("/dubu/soeg?resultat=1").text


def test_half_a_number_finds_nothing_of_what_is_not_ones_own(asking: Asking, day: Day) -> None:
    assert f"/dubu/sag/{day.noah_sag}" not in found(asking(ANDERS), "61-26")


def test_one_of_which_no_child_is_chosen_is_called_the_same_everywhere(
    asking: Asking, day: Day
) -> None:
    day.town.underretning("Nogen hører skrig om natten.")
    client = asking()
    titles = [found(client, "skrig"), client.get("/dubu/indgang").text]
    assert all("arn ikke valgt" in page for page in titles)
    for page in (*titles, client.get("/dubu/min-dag?vis=team").text):
        assert "Ukendt barn" not in page
        assert "Barn ikke fundet" not in page
        assert "Vælg barn" not in page


def test_a_case_is_said_to_be_where_it_is_now(asking: Asking, day: Day) -> None:
    assert "screening" in found(asking(), "Noah")
    day.town.happened(Haendelse.UNDERSOEGELSE_BESLUTTET, sag=day.noah_sag)
    assert "61-26 · undersøgelse · " in found(asking(), "Noah")


def test_a_search_asks_few_questions(looking: Asking, statements: Any) -> None:
    client = looking()
    client.post("/dubu/soeg", {"q": "Test"})
    statements.said.clear()
    assert "fundet" in client.get("/dubu/soeg?resultat=1").text
    assert len(statements.said) <= 12, "\n".join(one[:90] for one in statements.said)
