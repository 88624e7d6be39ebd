"""Every child is in one age band, from the midnight of its birthday."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dubu_plugin.domain.alder import age_on, birthday
from dubu_plugin.domain.aldersbaand import AgeBand, band_at, band_on

AGES = {
    AgeBand.MDR_0_11: range(0, 1),
    AgeBand.AAR_1_2: range(1, 3),
    AgeBand.AAR_3_5: range(3, 6),
    AgeBand.AAR_6_9: range(6, 10),
    AgeBand.AAR_10_14: range(10, 15),
    AgeBand.AAR_15_17: range(15, 18),
    AgeBand.AAR_18_22: range(18, 200),
}

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(birth=DAYS, day=DAYS)
def test_every_birth_date_has_the_one_band_of_its_age(birth: date, day: date) -> None:
    age = age_on(birth, day)
    fitting = [band for band, ages in AGES.items() if age in ages] or [AgeBand.UFOEDT]
    assert fitting == [band_on(birth, day)]
    assert (band_on(birth, day) is AgeBand.UFOEDT) == (day < birth)


@given(birth=DAYS, first=st.sampled_from([1, 3, 6, 10, 15, 18]))
def test_the_band_changes_on_the_birthday_and_not_the_day_before(birth: date, first: int) -> None:
    day = birthday(birth, first)
    bands = list(AgeBand)
    after = bands.index(band_on(birth, day))
    assert bands.index(band_on(birth, day - timedelta(days=1))) == after - 1


@pytest.mark.parametrize(
    ("day", "band"),
    [
        (date(2026, 2, 28), AgeBand.AAR_3_5),
        (date(2026, 3, 1), AgeBand.AAR_6_9),
    ],
)
def test_a_child_of_29_february_is_six_on_1_march(day: date, band: AgeBand) -> None:
    assert band_on(date(2020, 2, 29), day) is band


@pytest.mark.parametrize(
    ("now", "band"),
    [
        (datetime(2026, 5, 13, 21, 59, 59, tzinfo=UTC), AgeBand.AAR_6_9),
        (datetime(2026, 5, 13, 22, 0, tzinfo=UTC), AgeBand.AAR_10_14),
    ],
)
def test_the_birthday_begins_at_danish_midnight(now: datetime, band: AgeBand) -> None:
    assert band_at(date(2016, 5, 14), now) is band


def test_a_child_is_unborn_until_the_day_it_is_expected() -> None:
    assert band_on(date(2026, 12, 1), date(2026, 11, 30)) is AgeBand.UFOEDT
    assert band_on(date(2026, 12, 1), date(2026, 12, 1)) is AgeBand.MDR_0_11


def test_a_child_past_its_time_is_still_unborn_where_that_is_known() -> None:
    assert band_on(date(2026, 12, 1), date(2026, 12, 9), unborn=True) is AgeBand.UFOEDT


def test_from_23_the_last_band_goes_on() -> None:
    assert band_on(date(2000, 6, 1), date(2026, 6, 1)) is AgeBand.AAR_18_22


def test_every_band_is_called_something_of_its_own() -> None:
    assert len({band.label for band in AgeBand}) == len(AgeBand) == 8
