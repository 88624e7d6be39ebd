"""Kompensationsydelse from 1 September 2025, and dækning of merudgifter before."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dubu_plugin.domain.beregning.kompensation import (
    Grundlag,
    KompensationInput,
    Udgift,
    Udgiftstype,
    kompensation,
)
from dubu_plugin.domain.beregning.linjer import Beregning
from dubu_plugin.domain.satser import NoSats, Satser

from .rates import delivered

JUNE = date(2026, 6, 15)
EMILS = (
    Udgift("Slid og vask", Udgiftstype.OEVRIGE, Decimal(1800)),
    Udgift("Kørsel til behandling", Udgiftstype.BEFORDRING, Decimal(3120)),
    Udgift("Madrasovertræk", Udgiftstype.OEVRIGE, Decimal(2160)),
    Udgift("Kursus", Udgiftstype.KURSER, Decimal(1500)),
)


def said(found: Beregning, title: str) -> str:
    return next(one.text for one in found.lines if one.title == title)


def test_paragraf_86_probable_expenses_over_the_minimum_give_the_standard_amount() -> None:
    found = kompensation(KompensationInput(expenses=EMILS), delivered(), JUNE)
    assert found.monthly == Decimal("1105.00")
    assert said(found, "I alt") == "8.580,00 kr. om året"
    assert said(found, "Grænse om året") == "8.580,00 kr. når grænsen på 6.660,00 kr."
    assert [one.code for one in found.rates] == ["kompensation_minimum", "kompensation_standard"]


@pytest.mark.parametrize(("yearly", "monthly"), [("6659.99", "0"), ("6660", "1105.00")])
def test_paragraf_86_the_minimum_itself_is_enough(yearly: str, monthly: str) -> None:
    one = Udgift("Medicin", Udgiftstype.MEDICIN, Decimal(yearly))
    found = kompensation(KompensationInput(expenses=[one]), delivered(), JUNE)
    assert found.monthly == Decimal(monthly)
    assert ("Der er ikke ret til ydelsen" in [line.title for line in found.lines]) == (
        monthly == "0"
    )


@pytest.mark.parametrize(("yearly", "monthly"), [("24000", "0"), ("26400", "2700.00")])
def test_paragraf_86_documented_expenses_must_be_over_the_amount(yearly: str, monthly: str) -> None:
    one = Udgift("Bil", Udgiftstype.BEFORDRING, Decimal(yearly))
    given = KompensationInput(basis=Grundlag.DOKUMENTERET, expenses=[one])
    found = kompensation(given, delivered(), JUNE)
    assert found.monthly == Decimal(monthly)
    if monthly != "0":
        assert said(found, "Ydelse om måneden") == "2.200,00 kr. + 500,00 kr. = 2.700,00 kr."
    else:
        assert "søge om standardbeløbet" in said(found, "Der er ikke ret til ydelsen")


def test_paragraf_5_nr_9_another_expense_counts_only_where_it_is_large() -> None:
    car = Udgift("Bil", Udgiftstype.BEFORDRING, Decimal(20000))
    small = Udgift("Sansegynge", Udgiftstype.OEVRIGE, Decimal(15000))
    large = Udgift("Trampolin", Udgiftstype.OEVRIGE, Decimal(15001))
    given = KompensationInput(basis=Grundlag.DOKUMENTERET, expenses=[car, small])
    assert kompensation(given, delivered(), JUNE).monthly == 0
    given = KompensationInput(basis=Grundlag.DOKUMENTERET, expenses=[car, small, large])
    found = kompensation(given, delivered(), JUNE)
    assert said(found, "Sansegynge").startswith("Tælles ikke med")
    assert said(found, "I alt") == "35.001,00 kr. om året"


def test_before_september_2025_the_estimate_was_rounded_to_a_hundred() -> None:
    found = kompensation(KompensationInput(expenses=EMILS), delivered(), date(2024, 6, 15))
    assert found.monthly == Decimal("700.00")
    assert said(found, "Ydelse om måneden") == (
        "715,00 kr. afrundet til nærmeste 100 kr. = 700,00 kr."
    )
    last = kompensation(KompensationInput(expenses=EMILS), delivered(), date(2025, 8, 31))
    assert last.monthly == Decimal("700.00")


def test_a_standard_amount_of_last_years_level_is_told() -> None:
    notes = kompensation(KompensationInput(expenses=EMILS), delivered(), JUNE).notes
    assert any("2025-niveau" in one for one in notes)


def test_nothing_to_reckon_from_is_refused() -> None:
    with pytest.raises(ValueError, match="expenses"):
        kompensation(KompensationInput(expenses=[]), delivered(), JUNE)


def test_paragraf_86_a_rate_that_is_over_is_asked_for_and_not_the_repealed_one() -> None:
    """The municipality's own standard amount had a last day, and nothing follows it."""
    rates = delivered()
    standard = rates.on("kompensation_standard", JUNE)
    own = replace(standard, valid_from=date(2026, 2, 15), valid_to=date(2026, 5, 31), own=True)
    with pytest.raises(NoSats) as no:
        kompensation(KompensationInput(expenses=EMILS), Satser([*rates.rows, own]), JUNE)
    assert no.value.title == "Kompensationsydelse, standardbeløb"
