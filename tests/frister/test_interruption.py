"""A deadline that stands still and runs again, and what is presumed received."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import understood
from dubu_plugin.domain.hverdage import Profile, is_hverdag
from dubu_plugin.frister.counting import (
    Length,
    Reckoning,
    Sending,
    Unit,
    counted,
    interrupted,
    received,
)

MOMENTS = st.integers(0, 20 * 365 * 24 * 3600).map(
    lambda seconds: datetime(2018, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
FOUR_WEEKS = Length(4, Unit.WEEKS)
FORTNIGHT = Length(14, Unit.DAYS)


@pytest.mark.parametrize(
    ("told", "asked", "given_", "due"),
    [
        # Told Monday 4 May, so until Monday 1 June. Asked on the 11th, 21 days are left; answered
        # Wednesday 20 May, they end Wednesday 10 June.
        ("2026-05-04T10:00", "2026-05-11T09:00", "2026-05-20T12:00", "2026-06-10"),
        # Asked on Thursday 28 May, four days are left; answered Friday 5 June, so at least
        # fourteen days from there: Friday 19 June.
        ("2026-05-04T10:00", "2026-05-28T09:00", "2026-06-05T12:00", "2026-06-19"),
        # Asked on the last day, answered Saturday 6 June: Saturday 20 June moves to Monday.
        ("2026-05-04T10:00", "2026-06-01T23:59", "2026-06-06T12:00", "2026-06-22"),
        # Asked too late: the time to complain is over and does not come to life.
        ("2026-05-04T10:00", "2026-06-02T00:00", "2026-06-05T12:00", "2026-06-01"),
    ],
)
def test_fvl_17_aktindsigt_interrupts_the_time_to_complain(
    told: str, asked: str, given_: str, due: str
) -> None:
    first = counted(understood(told), FOUR_WEEKS, Profile.CITIZEN).due
    again = interrupted(first, understood(asked), understood(given_), FORTNIGHT, Profile.CITIZEN)
    assert again.isoformat() == f"{due}T23:59:59+02:00"


@given(MOMENTS, st.integers(0, 27), st.integers(0, 60))
def test_an_interruption_never_costs_the_citizen_a_day(
    told: datetime, asked_after: int, took: int
) -> None:
    due = counted(told, FOUR_WEEKS, Profile.CITIZEN).due
    asked = told + timedelta(days=asked_after)
    answered = asked + timedelta(days=took)
    again = interrupted(due, asked, answered, FORTNIGHT, Profile.CITIZEN)
    assert again >= due
    assert danish_day(again) - danish_day(answered) >= timedelta(days=14)
    assert danish_day(again) - danish_day(answered) >= danish_day(due) - danish_day(asked)
    assert is_hverdag(danish_day(again), Profile.CITIZEN)


@pytest.mark.parametrize(
    ("sending", "sent", "day"),
    [
        # Digital Post is there when it can be opened, also on a Saturday.
        (Sending.DIGITAL, "2026-05-09T10:00", date(2026, 5, 9)),
        (Sending.OVERLEVERET, "2026-05-09T10:00", date(2026, 5, 9)),
        # A letter of Tuesday 12 May: 13, 15, 18, 19, 20 and 21 May; 14 May is no working day.
        (Sending.BREV, "2026-05-12T10:00", date(2026, 5, 21)),
        (Sending.BREV, "2026-12-21T10:00", date(2027, 1, 4)),
    ],
)
def test_vejledning_9533_what_is_sent_is_presumed_received(
    sending: Sending, sent: str, day: date
) -> None:
    assert danish_day(received(understood(sent), sending)) == day


def test_how_long_a_letter_takes_is_the_municipalitys_to_say() -> None:
    sent = understood("2026-05-04T10:00")
    assert danish_day(received(sent, Sending.BREV, Reckoning(letter_hverdage=2))).day == 6
    assert danish_day(received(sent, Sending.BREV, Reckoning(letter_hverdage=0))).day == 4


@given(MOMENTS, st.frozensets(st.dates(date(2018, 1, 1), date(2040, 1, 1)), max_size=20))
def test_closing_days_move_only_the_citizens_deadline(
    moment: datetime, closed: frozenset[date]
) -> None:
    reckoning = Reckoning(closed=closed)
    for length in (FOUR_WEEKS, Length(7, Unit.HVERDAGE), Length(3, Unit.MONTHS)):
        plain = counted(moment, length, Profile.DUTY).due
        assert counted(moment, length, Profile.DUTY, None, reckoning).due == plain
        citizen = counted(moment, length, Profile.CITIZEN, None, reckoning).due
        assert citizen >= counted(moment, length, Profile.CITIZEN).due
        assert danish_day(citizen) not in closed
