"""Reckoning on the screen: from the decision to the form and back, in figures people write."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from dubu_plugin.domain.beregning.kompensation import Grundlag, KompensationInput
from dubu_plugin.domain.beregning.linjer import Ydelse
from dubu_plugin.domain.beregning.tabt import TabtInput
from dubu_plugin.testing.fake_ports import ADAM, ANDERS, KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web.afgoerelse.beregning_form import figure, read, rows, values_of

Asking: TypeAlias = Callable[..., Any]

MOTHERS = {"maade": "maaned", "timer": "10", "fuld_tid": "37", "loen": "34.000",
           "pension": "3.400,00", "fra": "2026-06-15"}  # fmt: skip


@pytest.fixture
def sag(day: Day) -> UUID:
    """A case of a child of eight with two parents."""
    child = day.town.person("Emil Testdal", born=day.town.now.date() - timedelta(days=8 * 366))
    for name, tie in (("Mona Testdal", "mor"), ("Finn Prøvedal", "far")):
        day.town.tie(
            child, day.town.person(name, address="Testvej 1, 9999 Prøvestrup"), tie, "barn"
        )
    return day.town.sag(child)


def begun(asking: Asking, sag: UUID, matter: str = "tabt") -> str:
    answer = asking(KAREN).post(f"/dubu/sag/{sag}/afgoerelser", {"forhold": matter})
    where: str = answer.headers["location"]
    return where


def mother(page: str) -> str:
    found = re.search(r'name="modtager" value="([0-9a-f-]{36})"[^>]*>\s*<label[^>]*>\s*Mona', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("34.000", "34000"), ("34000", "34000"), ("34.000,50 kr.", "34000.50"), ("7,5", "7.5"),
        ("7.5", "7.5"), ("1.234.567", "1234567"), ("", None), ("ti", None), ("-5", None),
        ("1.23.4", None), ("1e9", None),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_people_write_it(text: str, amount: str | None) -> None:
    assert figure(text) == (None if amount is None else Decimal(amount))


def test_from_the_decision_to_the_reckoning_and_back(asking: Asking, sag: UUID) -> None:
    where = begun(asking, sag)
    page = asking(KAREN).get(where).text
    assert "Gem, og lav beregningen" in page
    assert "Lav beregningen, før afgørelsen træffes" in page.replace("\u00a0", " ")
    form = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', page)
    sent = {**dict(form), "afgoerelse": "Ti timer om ugen.", "handling": "beregn"}
    answer = asking(KAREN).post(where, sent)
    assert answer.headers["location"] == f"{where}/beregning"
    page = asking(KAREN).get(f"{where}/beregning").text
    done = asking(KAREN).post(f"{where}/beregning", {**MOTHERS, "modtager": mother(page)})
    assert done.headers["location"] == f"{where}?gemt=beregnet#f-beregning"
    page = asking(KAREN).get(f"{where}?gemt=beregnet").text.replace("\u00a0", " ")
    assert "10 / 37 × 34.000,00 kr. = 9.189,19 kr." in page
    assert "Ti timer om ugen." in page, "what was typed in the decision is kept"
    assert 'value="2026-06-15"' in page
    assert "ministeriets eget tal for 2026 er ikke set" in page
    assert "Til Mona Testdal regnet" in page
    again = asking(KAREN).get(f"{where}/beregning").text
    assert 'value="34.000"' in again, "the next one begins with what was reckoned"


def test_what_cannot_be_is_told_and_everything_typed_stays(asking: Asking, sag: UUID) -> None:
    where = begun(asking, sag)
    wrong = {**MOTHERS, "timer": "40", "loen": "meget", "modtager": "", "fra": "i morgen"}
    answer = asking(KAREN).post(f"{where}/beregning", wrong)
    assert answer.status_code == 422
    page = answer.text
    for said in ("Vælg, hvem ydelsen gives til", "Skriv den dag", "Skriv et tal over 0"):
        assert said in page
    assert 'value="meget"' in page
    over = asking(KAREN).post(f"{where}/beregning", {**MOTHERS, "timer": "40"})
    assert "flere timer end hele arbejdstiden" in over.text
    early = asking(KAREN).get(f"{where}/beregning").text
    sent = {**MOTHERS, "modtager": mother(early), "fra": "2019-01-01"}
    said = asking(KAREN).post(f"{where}/beregning", sent).text
    assert "Satserne for 2019 mangler" in said
    assert "bed administratoren" in said


def test_expenses_are_rows_with_a_type_and_an_amount(asking: Asking, sag: UUID) -> None:
    where = begun(asking, sag, "kompensation")
    page = asking(KAREN).get(f"{where}/beregning").text
    sent = {
        "modtager": mother(page), "fra": "2026-06-15", "grundlag": "sandsynliggjort",
        "udgift-0": "Kørsel", "type-0": "befordring", "beloeb-0": "3.120",
        "udgift-1": "Vask", "type-1": "", "beloeb-1": "",
    }  # fmt: skip
    answer = asking(KAREN).post(f"{where}/beregning", sent)
    assert answer.status_code == 422
    assert "Vælg en type" in answer.text
    assert 'value="Vask"' in answer.text
    sent |= {"type-1": "oevrige", "beloeb-1": "5460"}
    assert asking(KAREN).post(f"{where}/beregning", sent).status_code == 303
    shown = asking(KAREN).get(where).text.replace("\u00a0", " ")
    assert "8.580,00 kr. om året" in shown
    assert "1.105,00 kr." in shown
    assert "2025-niveau" in shown


def test_a_decision_without_an_amount_says_so_and_nobody_else_sees_it(
    asking: Asking, sag: UUID
) -> None:
    where = begun(asking, sag, "stoette")
    page = asking(KAREN).get(f"{where}/beregning").text.replace("\u00a0", " ")
    assert "Der regnes ikke noget ud til en afgørelse efter § 32" in page
    assert "Gem, og lav beregningen" not in asking(KAREN).get(where).text
    assert asking(ANDERS).get(f"{where}/beregning").status_code == 404


def test_the_form_has_room_for_what_is_there_and_more() -> None:
    assert list(rows({})) == [0, 1, 2, 3]
    assert len(rows({"udgift-9": "x"})) == 12
    wrong: dict[str, str] = {}
    assert read(Ydelse.KOMPENSATION, {}, wrong) is None
    assert wrong == {"udgift-0": "Skriv mindst én udgift."}
    given = read(Ydelse.TABT, MOTHERS, {})
    assert isinstance(given, TabtInput)
    assert {**values_of(given), "fra": "2026-06-15"}["loen"] == "34.000"
    documented = read(
        Ydelse.KOMPENSATION,
        {"grundlag": "dokumenteret", "udgift-0": "Bil", "type-0": "befordring", "beloeb-0": "1"},
        {},
    )
    assert isinstance(documented, KompensationInput)
    assert documented.basis is Grundlag.DOKUMENTERET
    assert values_of(documented)["beloeb-0"] == "1,00"


def test_the_administrator_reads_the_rates_of_a_day(asking: Asking, day: Day) -> None:
    page = asking(ADAM).get("/dubu/satser?dag=2026-06-15").text.replace("\u00a0", " ")
    assert "38.380,00 kr. om måneden" in page
    assert "Ikke efterset: beløbet er regnet ud her" in page
    assert "2025-niveau; se, om der er kommet et beløb for 2026" in page
    old = asking(ADAM).get("/dubu/satser?dag=2024-06-15").text.replace("\u00a0", " ")
    assert "35.247,00 kr. om måneden" in old
    assert "5.519,00 kr. om året" in old
    assert "Skriv en rigtig dato" in asking(ADAM).get("/dubu/satser?dag=x").text
    assert asking(KAREN).get("/dubu/satser").status_code == 404
    assert "/dubu/satser" in asking(ADAM).get("/dubu/administration").text
