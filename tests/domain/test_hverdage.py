"""Which days are working days, and how they are counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dubu_plugin.domain.hverdage import (
    ONE_DAY,
    Profile,
    add_hverdage,
    hverdag_from,
    hverdag_until,
    is_hverdag,
    subtract_hverdage,
)

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
PROFILES = st.sampled_from(Profile)
COUNTS = st.integers(0, 60)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),  # nytårsdag
        date(2026, 4, 2),  # skærtorsdag
        date(2026, 4, 3),  # langfredag
        date(2026, 4, 6),  # 2. påskedag
        date(2026, 5, 14),  # Kristi himmelfartsdag
        date(2026, 5, 25),  # 2. pinsedag
        date(2026, 12, 25),  # juledag
        date(2025, 12, 26),  # 2. juledag
        date(2026, 3, 7),  # lørdag
        date(2026, 3, 8),  # søndag
    ],
)
@pytest.mark.parametrize("profile", Profile)
def test_weekends_and_helligdage_are_never_working_days(day: date, profile: Profile) -> None:
    assert not is_hverdag(day, profile)


@pytest.mark.parametrize("day", [date(2026, 6, 5), date(2026, 12, 24), date(2026, 12, 31)])
def test_half_holidays_are_working_days_for_the_authority_only(day: date) -> None:
    assert is_hverdag(day, Profile.DUTY)
    assert not is_hverdag(day, Profile.CITIZEN)


@pytest.mark.parametrize("day", [date(2026, 5, 1), date(2026, 5, 15)])
@pytest.mark.parametrize("profile", Profile)
def test_1_may_and_the_day_after_kristi_himmelfart_are_ordinary(
    day: date, profile: Profile
) -> None:
    assert is_hverdag(day, profile)


def test_store_bededag_was_a_helligdag_until_2024() -> None:
    assert not is_hverdag(date(2023, 5, 5), Profile.DUTY)
    assert is_hverdag(date(2024, 4, 26), Profile.DUTY)
    assert is_hverdag(date(2025, 5, 16), Profile.DUTY)


def test_store_bededag_moves_a_deadline_only_before_2024() -> None:
    assert add_hverdage(date(2023, 5, 4), 1, Profile.DUTY) == date(2023, 5, 8)
    assert add_hverdage(date(2024, 4, 25), 1, Profile.DUTY) == date(2024, 4, 26)


@given(DAYS, COUNTS.filter(bool), PROFILES)
def test_what_is_counted_to_is_a_working_day(day: date, count: int, profile: Profile) -> None:
    assert is_hverdag(add_hverdage(day, count, profile), profile)
    assert is_hverdag(subtract_hverdage(day, count, profile), profile)


@given(DAYS, COUNTS, PROFILES)
def test_there_are_exactly_so_many_working_days_between(
    day: date, count: int, profile: Profile
) -> None:
    last = add_hverdage(day, count, profile)
    between = (day + timedelta(days=n) for n in range(1, (last - day).days + 1))
    assert sum(is_hverdag(one, profile) for one in between) == count


@given(DAYS, COUNTS, COUNTS, PROFILES)
def test_counting_in_two_steps_is_counting_in_one(
    day: date, one: int, other: int, profile: Profile
) -> None:
    stepwise = add_hverdage(add_hverdage(day, one, profile), other, profile)
    assert stepwise == add_hverdage(day, one + other, profile)


@given(DAYS, COUNTS, PROFILES)
def test_back_and_forth_comes_home_on_a_working_day(
    day: date, count: int, profile: Profile
) -> None:
    start = hverdag_from(day, profile)
    assert subtract_hverdage(add_hverdage(start, count, profile), count, profile) == start


@given(DAYS, COUNTS)
def test_the_mild_profile_never_ends_before_the_strict(day: date, count: int) -> None:
    strict = add_hverdage(day, count, Profile.DUTY)
    assert add_hverdage(day, count, Profile.CITIZEN) >= strict


@given(DAYS, PROFILES)
def test_the_nearest_working_days_lie_on_either_side(day: date, profile: Profile) -> None:
    before, after = hverdag_until(day, profile), hverdag_from(day, profile)
    assert before <= day <= after
    assert is_hverdag(before, profile)
    assert is_hverdag(after, profile)
    assert (before == after) == is_hverdag(day, profile)
    assert after - before <= timedelta(days=7)
    assert timedelta(days=1) == ONE_DAY
