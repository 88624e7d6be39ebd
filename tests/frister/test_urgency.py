"""What has to be done today reaches into the morning of the next working day."""

from datetime import timedelta

import pytest

from dubu_plugin.domain.danish_time import understood
from dubu_plugin.frister.urgency import Days, Group, group_of, today_until


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-03-02T09:00", "2026-03-03"),  # Monday
        ("2026-03-06T09:00", "2026-03-09"),  # Friday: the weekend too
        ("2026-03-07T09:00", "2026-03-09"),  # Saturday
        ("2026-04-01T09:00", "2026-04-07"),  # Wednesday before Easter
        ("2026-12-24T09:00", "2026-12-28"),
    ],
)
def test_today_reaches_to_when_work_has_begun_on_the_next_working_day(now: str, until: str) -> None:
    assert today_until(understood(now)) == understood(f"{until}T10:00")


@pytest.mark.parametrize("due", ["2026-03-03T00:43", "2026-03-03T09:14"])
def test_what_runs_out_in_the_night_is_for_today(due: str) -> None:
    now = understood("2026-03-02T09:00")
    days = Days(now, today_until(now), today_until(now + timedelta(days=14)))
    assert group_of(understood(due), None, days) is Group.I_DAG


def test_what_runs_out_in_the_next_working_day_is_soon() -> None:
    now = understood("2026-03-02T09:00")
    days = Days(now, today_until(now), today_until(now + timedelta(days=14)))
    assert group_of(understood("2026-03-03T14:00"), None, days) is Group.SNART
