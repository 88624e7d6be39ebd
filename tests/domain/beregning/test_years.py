"""A reckoning outside the years whose rates are known says so by the year, never by a code."""

from datetime import date
from decimal import Decimal

import pytest

from dubu_plugin.domain.beregning.tabt import TabtInput, tabt
from dubu_plugin.domain.satser import NoSats, YearUnknown

from .rates import delivered, with_own

HOURS = TabtInput(hours=Decimal(10), full_hours=Decimal(37), pay=Decimal(34000))


def test_a_day_long_ahead_is_refused_by_its_year() -> None:
    with pytest.raises(YearUnknown) as no:
        tabt(HOURS, delivered(), date(2035, 1, 1))
    said = no.value.for_people()
    assert "Satserne for 2035 kendes ikke endnu; de nyeste er fra 2026." in said
    assert "tabt_" not in said


def test_next_year_is_reckoned_with_the_newest_and_says_so_once() -> None:
    notes = tabt(HOURS, delivered(), date(2027, 1, 1)).notes
    assert sum("Satserne for 2027 kendes ikke endnu" in one for one in notes) == 1
    assert not any("2026-niveau" in one for one in notes)


def test_a_year_is_known_when_its_rates_are_put_in() -> None:
    own = with_own(code="tabt_loft", valid_from=date(2027, 1, 1), level=2027)
    assert not any("kendes ikke" in one for one in tabt(HOURS, own, date(2027, 1, 1)).notes)


def test_a_day_before_the_first_is_refused_by_its_year_and_its_title() -> None:
    with pytest.raises(NoSats) as no:
        tabt(HOURS, delivered(), date(2019, 1, 1))
    said = no.value.for_people()
    assert "Satserne for 2019 mangler" in said
    assert "1. januar 2019" in said
    assert "tabt_" not in said
