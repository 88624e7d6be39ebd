"""Tabt arbejdsfortjeneste, by rates of the test's own and by those that are delivered."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dubu_plugin.domain.beregning.linjer import Beregning, rounded
from dubu_plugin.domain.beregning.tabt import Loen, TabtInput, regulated, tabt
from dubu_plugin.domain.satser import NoSats, Sats, Satser, Unit

from .rates import delivered, with_own

JUNE = date(2026, 6, 15)
EMIL = {"hours": "10", "full_hours": "37", "pay": "34000", "employer_pension": "3400"}


def given(**values: Any) -> TabtInput:
    money: dict[str, Any] = {
        name: Decimal(value) if isinstance(value, str) and name != "paid_by" else value
        for name, value in {**EMIL, **values}.items()
    }
    return TabtInput(**money)


def said(found: Beregning, title: str) -> str:
    return next(one.text for one in found.lines if one.title == title)


def test_paragraf_87_emils_mother_gets_ten_hours_of_her_earlier_pay() -> None:
    found = tabt(given(), delivered(), JUNE)
    assert found.monthly == Decimal("9189.19")
    assert said(found, "Tidligere løn for timerne") == "10 / 37 × 34.000,00 kr. = 9.189,19 kr."
    assert said(found, "Højst") == "10 / 37 × 38.380,00 kr. = 10.372,97 kr. Loftet er ikke nået"
    assert said(found, "Pension") == "10 % × 9.189,19 kr. = 918,92 kr."
    assert said(found, "Pension om måneden") == "918,92 kr."
    assert "1 % × 12 × 9.189,19 kr. = 1.102,70 kr." in said(found, "Tillæg til ferie")


def test_the_example_of_2024_has_the_maximum_of_that_year() -> None:
    found = tabt(given(), delivered(), date(2024, 6, 15))
    assert said(found, "Højst").startswith("10 / 37 × 35.247,00 kr. = 9.526,22 kr.")


def test_paragraf_87_the_maximum_is_reduced_with_the_hours() -> None:
    found = tabt(given(pay="60000"), delivered(), JUNE)
    assert found.monthly == Decimal("10372.97")
    assert said(found, "Højst").endswith("Loftet er nået")
    whole = tabt(given(pay="60000", hours="37"), delivered(), JUNE)
    assert whole.monthly == Decimal("38380.00")


def test_part_time_counts_against_the_parents_own_whole_time() -> None:
    found = tabt(given(hours="10", full_hours="25", pay="23000"), delivered(), JUNE)
    assert found.monthly == Decimal("9200.00")


def test_who_is_paid_by_the_hour_has_hours_times_pay() -> None:
    found = tabt(
        given(hours="10", full_hours="160", pay="185", paid_by=Loen.TIME, employer_pension="0"),
        delivered(), JUNE,
    )  # fmt: skip
    assert said(found, "Tidligere løn for timerne") == "10 timer × 185,00 kr. = 1.850,00 kr."
    assert found.monthly == Decimal("1850.00")


def test_the_pension_is_at_most_what_the_employer_paid() -> None:
    found = tabt(given(employer_pension="2000"), delivered(), JUNE)
    assert said(found, "Pension om måneden") == "540,54 kr."
    none = tabt(given(employer_pension="0"), delivered(), JUNE)
    assert said(none, "Pension").startswith("Ingen")


def test_whether_the_pensions_maximum_follows_the_hours_is_a_row() -> None:
    rates = with_own(code="tabt_pension_andel", amount=Decimal(0), unit=Unit.JA_NEJ)
    found = tabt(given(employer_pension="900"), rates, JUNE)
    assert said(found, "Pension om måneden") == "900,00 kr."


def test_paragraf_11_fifteen_per_cent_counts_as_a_civil_servants_pension() -> None:
    found = tabt(given(employer_pension="0", civil_servant=True), delivered(), JUNE)
    assert said(found, "Pension, højst det hidtidige bidrag") == (
        "10 / 37 × 15 % × 34.000,00 kr. = 1.378,38 kr."
    )
    assert said(found, "Pension om måneden") == "918,92 kr."


def test_paragraf_12_what_is_saved_is_no_part_of_the_amount_before_tax() -> None:
    found = tabt(given(saved="200"), delivered(), JUNE)
    assert found.monthly == Decimal("9189.19")
    assert said(found, "Sparede udgifter").startswith("200,00 kr. om måneden trækkes fra, når skat")


def test_paragraf_14_a_running_benefit_is_regulated_from_what_it_was() -> None:
    found = regulated(Decimal("9000.00"), Decimal(10) / Decimal(37), delivered(), date(2026, 1, 1))
    assert found.monthly == Decimal("9432.00")
    assert said(found, "Regulering 1. januar") == "9.000,00 kr. + 4,8 % = 9.432,00 kr."
    most = regulated(Decimal("10372.97"), Decimal(10) / Decimal(37), delivered(), JUNE)
    assert most.monthly == Decimal("10372.97"), "the maximum of the year holds"


@pytest.mark.parametrize("values", [{"hours": "0"}, {"hours": "38"}, {"pay": "0"}])
def test_hours_and_pay_that_cannot_be_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="hours or pay"):
        tabt(given(**values), delivered(), JUNE)


def test_a_rate_that_is_not_there_is_named_and_what_is_not_sure_is_told() -> None:
    with pytest.raises(NoSats) as no:
        tabt(given(), delivered(), date(2020, 1, 1))
    assert "bed administratoren lægge satsen ind" in no.value.for_people()
    notes = tabt(given(), delivered(), JUNE).notes
    assert any("ministeriets eget tal for 2026" in one for one in notes)
    behind = with_own(code="tabt_loft", valid_from=date(2026, 7, 1), level=2025)
    late = tabt(given(), behind, date(2026, 7, 2)).notes
    assert any("2025-niveau" in one and "for 2026" in one for one in late)


def test_half_an_oere_is_rounded_up_and_no_float_is_near() -> None:
    assert rounded(Decimal("2.345")) == Decimal("2.35")
    assert rounded(Decimal("715"), Decimal(100)) == Decimal("700.00")
    assert rounded(Decimal("750"), Decimal(100)) == Decimal("800.00")


def test_the_newest_row_that_holds_is_the_rate_and_ones_own_goes_before_ours() -> None:
    own = with_own(code="tabt_loft", amount=Decimal("38400"), valid_from=date(2026, 1, 1))
    assert own.on("tabt_loft", JUNE).amount == Decimal("38400")
    assert own.on("tabt_loft", date(2025, 12, 31)).amount == Decimal("36622.00")
    assert delivered().find("merudgift_minimum", date(2025, 8, 31)) is not None
    assert delivered().find("merudgift_minimum", date(2025, 9, 1)) is None
    row: Sats = own.on("tabt_loft", JUNE)
    assert row.key == "tabt_loft:2026-01-01:egen"
    assert Satser().in_force(JUNE) == []
