"""The algebra of deadlines: what is counted, in which unit, and where it ends."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import danish, understood
from dubu_plugin.domain.hverdage import Profile, is_hverdag
from dubu_plugin.frister.counting import (
    Length,
    Unit,
    act_by,
    add_hours,
    add_months,
    counted,
    day_after,
    day_before,
    end_of_month,
    next_date,
)

MOMENTS = st.integers(0, 25 * 365 * 24 * 3600).map(
    lambda seconds: datetime(2015, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
COUNTS = st.integers(0, 120)
PROFILES = st.sampled_from(Profile)
DAY_UNITS = st.sampled_from([unit for unit in Unit if unit is not Unit.HOURS])
LENGTHS = st.builds(Length, st.integers(1, 60), st.sampled_from(Unit))


# -- hours ---------------------------------------------------------------------------------------


@given(MOMENTS, COUNTS)
def test_hours_are_real_hours(moment: datetime, count: int) -> None:
    assert add_hours(moment, count).astimezone(UTC) - moment == timedelta(hours=count)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-05-01T15:30", "2026-05-02T15:30:00+02:00"),
        # Clocks go forward on 29 March and back on 25 October 2026.
        ("2026-03-28T12:00", "2026-03-29T13:00:00+02:00"),
        ("2026-10-24T12:00", "2026-10-25T11:00:00+01:00"),
        ("2026-10-25T02:30", "2026-10-26T01:30:00+01:00"),
        ("2026-12-24T16:00", "2026-12-25T16:00:00+01:00"),
    ],
)
def test_24_hours_run_through_nights_holidays_and_the_change_of_clocks(
    start: str, end: str
) -> None:
    assert add_hours(understood(start), 24).isoformat() == end


# -- months --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "count", "end"),
    [
        (date(2026, 5, 1), 4, date(2026, 9, 1)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_a_month_ends_on_the_same_date_or_the_last_there_is(
    day: date, count: int, end: date
) -> None:
    assert add_months(day, count) == end


@given(DAYS, COUNTS)
def test_months_land_in_the_right_month(day: date, count: int) -> None:
    later = add_months(day, count)
    assert (later.year - day.year) * 12 + later.month - day.month == count
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(DAYS, DAYS, COUNTS)
def test_who_starts_later_does_not_end_earlier(one: date, other: date, count: int) -> None:
    first, last = sorted((one, other))
    assert add_months(first, count) <= add_months(last, count)


# -- days of every unit ---------------------------------------------------------------------------


@given(DAYS, COUNTS, DAY_UNITS, PROFILES)
def test_the_first_day_is_day_0(day: date, count: int, unit: Unit, profile: Profile) -> None:
    assert day_after(day, Length(0, unit), profile) == day
    assert day_after(day, Length(count, unit), profile) >= day + timedelta(days=count)


@given(DAYS, st.integers(0, 60))
def test_a_week_ends_on_the_same_weekday(day: date, count: int) -> None:
    weeks = day_after(day, Length(count, Unit.WEEKS), Profile.DUTY)
    assert weeks.weekday() == day.weekday()
    assert weeks == day_after(day, Length(7 * count, Unit.DAYS), Profile.DUTY)


@given(DAYS, COUNTS, st.sampled_from([Unit.DAYS, Unit.WEEKS]), PROFILES)
def test_before_undoes_after(day: date, count: int, unit: Unit, profile: Profile) -> None:
    length = Length(count, unit)
    assert day_before(day_after(day, length, profile), length, profile) == day


@pytest.mark.parametrize("count", [day_after, day_before])
def test_hours_do_not_end_on_a_day(count: object) -> None:
    with pytest.raises(ValueError, match="hours"):
        count(date(2026, 1, 1), Length(24, Unit.HOURS), Profile.DUTY)  # type: ignore[operator]


# -- due -----------------------------------------------------------------------------------------


@given(MOMENTS, COUNTS, DAY_UNITS, PROFILES)
def test_what_is_due_on_a_day_is_due_in_its_last_second(
    moment: datetime, count: int, unit: Unit, profile: Profile
) -> None:
    due = counted(moment, Length(count, unit), profile).due
    assert due.time() == time(23, 59, 59)
    assert danish_day(due) == due.date()


@given(DAYS, st.times(), st.times(), LENGTHS.filter(lambda length: length.unit is not Unit.HOURS))
def test_the_hour_of_the_day_does_not_matter_where_days_are_counted(
    day: date, one: time, other: time, length: Length
) -> None:
    dues = {
        counted(understood(f"{day}T{hour:%H:%M}"), length, Profile.DUTY).due
        for hour in (one, other)
    }
    assert len(dues) == 1


@given(MOMENTS, LENGTHS)
def test_a_citizens_deadline_never_ends_on_a_day_off(moment: datetime, length: Length) -> None:
    due = counted(moment, length, Profile.CITIZEN).due
    assert length.unit is Unit.HOURS or is_hverdag(due.date(), Profile.CITIZEN)


@given(MOMENTS, st.integers(0, 60), st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS]))
def test_the_authoritys_own_deadline_never_moves(moment: datetime, count: int, unit: Unit) -> None:
    length = Length(count, unit)
    due = counted(moment, length, Profile.DUTY).due
    assert due.date() == day_after(danish_day(moment), length, Profile.DUTY)


def test_a_citizens_four_weeks_that_end_on_a_saturday_end_on_monday() -> None:
    notice = understood("2026-05-09T10:00")  # a Saturday, in Digital Post
    four_weeks = Length(4, Unit.WEEKS)
    citizen = counted(notice, four_weeks, Profile.CITIZEN).due
    # 6 June 2026 is a Saturday.
    assert citizen.isoformat() == "2026-06-08T23:59:59+02:00"
    assert counted(notice, four_weeks, Profile.DUTY).due.date() == date(2026, 6, 6)


# -- warned of ------------------------------------------------------------------------------------


@given(MOMENTS, LENGTHS, PROFILES, st.none() | LENGTHS)
def test_the_warning_lies_between_the_start_and_the_end_and_on_a_working_day(
    moment: datetime, length: Length, profile: Profile, before: Length | None
) -> None:
    term = counted(moment, length, profile, before)
    assert moment <= term.warn.astimezone(UTC) <= term.due.astimezone(UTC)
    assert term.warn == danish(moment) or is_hverdag(danish_day(term.warn), profile)


@pytest.mark.parametrize(
    ("start", "length", "warn"),
    [
        # Due Saturday 2 May, Sunday 3 May, and Monday 25 May (2. pinsedag).
        ("2026-04-30T09:00", "2 days", "2026-05-01T00:00:00+02:00"),
        ("2026-04-30T09:00", "3 days", "2026-05-01T00:00:00+02:00"),
        ("2026-05-04T09:00", "3 weeks", "2026-05-22T00:00:00+02:00"),
        # Due on a working day: warned of that day.
        ("2026-05-04T09:00", "1 weeks", "2026-05-11T00:00:00+02:00"),
    ],
)
def test_what_is_due_on_a_day_off_is_warned_of_the_working_day_before(
    start: str, length: str, warn: str
) -> None:
    term = counted(understood(start), Length.parse(length), Profile.DUTY)
    assert term.warn.isoformat() == warn


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("2026-05-02T15:30", date(2026, 5, 1)),
        ("2026-05-04T15:30", date(2026, 5, 4)),
        ("2027-01-01T23:59:59", date(2026, 12, 31)),
    ],
)
def test_the_last_day_to_act_is_a_working_day(due: str, last: date) -> None:
    assert act_by(understood(due), Profile.DUTY) == last


# -- lengths as text -------------------------------------------------------------------------------


@given(LENGTHS)
def test_a_length_is_written_and_read(length: Length) -> None:
    assert Length.parse(str(length)) == length


@pytest.mark.parametrize("text", ["6", "hverdage", "6  hverdage", "-1 days", "6 dage", "1.5 days"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="fx »6 hverdage«"):
        Length.parse(text)


# -- the algebra -----------------------------------------------------------------------------------


@given(MOMENTS, MOMENTS, LENGTHS, PROFILES)
def test_who_starts_later_is_never_due_earlier(
    one: datetime, other: datetime, length: Length, profile: Profile
) -> None:
    first, last = sorted((one, other))
    early, late = (counted(moment, length, profile).due for moment in (first, last))
    assert early.astimezone(UTC) <= late.astimezone(UTC)


@given(MOMENTS, st.integers(0, 60), st.sampled_from(Unit), PROFILES)
def test_a_longer_deadline_is_never_due_earlier_and_none_before_it_starts(
    moment: datetime, count: int, unit: Unit, profile: Profile
) -> None:
    shorter, longer = (
        counted(moment, Length(several, unit), profile).due for several in (count, count + 1)
    )
    assert moment <= shorter.astimezone(UTC) <= longer.astimezone(UTC)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_months_in_two_steps_differ_only_at_the_end_of_a_month(
    day: date, one: int, other: int
) -> None:
    stepwise, at_once = add_months(add_months(day, one), other), add_months(day, one + other)
    # A short month on the way takes days off, and never gives them back.
    assert (stepwise.year, stepwise.month) == (at_once.year, at_once.month)
    assert stepwise <= at_once
    assert stepwise == at_once or day.day > 28


@given(DAYS)
def test_the_end_of_a_month_is_its_last_day(day: date) -> None:
    last = end_of_month(day)
    assert (last.year, last.month) == (day.year, day.month)
    assert (last + timedelta(days=1)).day == 1


@given(DAYS, st.frozensets(st.tuples(st.integers(1, 12), st.integers(1, 28)), min_size=1))
def test_the_next_of_some_dates_is_after_the_day_and_within_a_year(
    day: date, dates: frozenset[tuple[int, int]]
) -> None:
    coming = next_date(day, dates)
    assert (coming.month, coming.day) in dates
    assert timedelta(days=1) <= coming - day <= timedelta(days=366)
    between = (day + timedelta(days=n) for n in range(1, (coming - day).days))
    assert not any((one.month, one.day) in dates for one in between)


@given(MOMENTS, st.integers(1, 20), PROFILES)
def test_what_is_counted_in_hverdage_is_due_on_one(
    moment: datetime, count: int, profile: Profile
) -> None:
    due = counted(moment, Length(count, Unit.HVERDAGE), profile).due
    assert is_hverdag(due.date(), profile)
