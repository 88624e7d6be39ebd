"""What has to be done today reaches to the next working day."""

import pytest

from dubu_plugin.domain.danish_time import understood
from dubu_plugin.frister.urgency import today_until


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-03-02T09:00", "2026-03-02"),  # Monday
        ("2026-03-06T09:00", "2026-03-08"),  # Friday: the weekend too
        ("2026-03-07T09:00", "2026-03-08"),  # Saturday
        ("2026-04-01T09:00", "2026-04-06"),  # Wednesday before Easter
        ("2026-12-24T09:00", "2026-12-27"),
    ],
)
def test_today_reaches_to_the_next_working_day(now: str, until: str) -> None:
    assert today_until(understood(now)) == understood(f"{until}T23:59:59")
