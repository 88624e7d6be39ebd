"""The figures of compliance, worked by hand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.frister.counting import Length
from dubu_plugin.frister.overholdelse import (
    Measure,
    Quarter,
    Tally,
    can_be_told,
    measure_of,
    spread,
    used,
)
from dubu_plugin.testing.rules import rule


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_a_quarter_begins_at_danish_midnight_and_ends_where_the_next_begins() -> None:
    quarter = Quarter.parse("2026Q2")
    assert quarter.starts == at("2026-04-01T00:00:00+02:00")
    assert quarter.ends == Quarter.parse("2026q3").starts == at("2026-07-01T00:00:00+02:00")
    assert quarter.title == "2. kvartal 2026"


def test_a_moment_just_after_danish_midnight_is_in_the_new_quarter() -> None:
    assert Quarter.of(at("2026-03-31T22:30:00+00:00")) == Quarter(2026, 2)
    assert Quarter.of(at("2026-03-31T21:30:00+00:00")) == Quarter(2026, 1)


def test_quarters_are_counted_over_new_year() -> None:
    assert Quarter(2026, 1).later(-1) == Quarter(2025, 4)
    assert Quarter(2026, 3).later(-4) == Quarter(2025, 3)
    assert str(Quarter(2025, 4).later(6)) == "2027Q2"


@pytest.mark.parametrize("wrong", ["", "2026", "2026Q5", "2026Q0", "Q2", "2026-Q2", "20266Q1"])
def test_what_is_no_quarter_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="2026Q2"):
        Quarter.parse(wrong)


def test_what_is_overdue_and_what_was_late_are_both_missed() -> None:
    tally = Tally(7, 2, 1)
    assert (tally.missed, tally.total, tally.share) == (3, 10, Decimal("0.7"))
    assert Tally(1, 2, 3) + Tally(10, 20, 30) == Tally(11, 22, 33)


def test_nothing_to_keep_is_no_share_and_not_zero() -> None:
    assert Tally().share is None


@pytest.mark.parametrize(
    ("total", "persons", "told"), [(0, 0, True), (4, 4, False), (5, 3, True), (50, 2, False)]
)
def test_small_numbers_and_two_persons_are_not_told(total: int, persons: int, told: bool) -> None:
    assert can_be_told(Tally(kept=total), persons) is told


@pytest.mark.parametrize(
    ("length", "measure"),
    [
        ("24 hours", Measure.HOURS),
        ("6 hverdage", Measure.HVERDAGE),
        ("4 months", Measure.DAYS),
        ("2 weeks", Measure.DAYS),
    ],
)
def test_time_is_told_in_the_rules_own_unit(length: str, measure: Measure) -> None:
    assert measure_of(rule("X", length=Length.parse(length))) is measure


def test_hours_are_real_ones_when_the_clock_is_set_back() -> None:
    start = at("2026-10-24T12:00:00+02:00")
    assert used(Measure.HOURS, start, at("2026-10-25T12:00:00+01:00")) == 25


def test_hverdage_leave_out_easter_and_day_zero() -> None:
    start, end = at("2026-04-01T15:00:00+02:00"), at("2026-04-08T09:00:00+02:00")
    assert used(Measure.HVERDAGE, start, end) == 2  # Tuesday 7 and Wednesday 8 April
    assert used(Measure.DAYS, start, end) == 7


def test_the_citizens_profile_leaves_out_grundlovsdag() -> None:
    start, end = at("2026-06-04T09:00:00+02:00"), at("2026-06-08T09:00:00+02:00")
    assert used(Measure.HVERDAGE, start, end, Profile.DUTY) == 2
    assert used(Measure.HVERDAGE, start, end, Profile.CITIZEN) == 1


def test_days_are_danish_days() -> None:
    start = at("2026-03-02T22:30:00+00:00")  # 23.30 in Denmark
    assert used(Measure.DAYS, start, start + timedelta(hours=1)) == 1


def test_what_was_done_before_its_clock_started_took_no_time() -> None:
    assert used(Measure.DAYS, at("2026-03-02T10:00:00Z"), at("2026-02-20T10:00:00Z")) == 0


def test_the_median_and_the_95th_percentile() -> None:
    found = spread([*range(1, 101)])
    assert found is not None
    assert (found.count, found.median, found.p95) == (100, Decimal("50.5"), Decimal("95.0"))
    one = spread([3.14])
    assert one is not None
    assert one.p95 == one.median == Decimal("3.1")
    assert spread([]) is None
