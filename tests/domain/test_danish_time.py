"""A moment is judged on a Danish clock, wherever the machine stands."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from dubu_plugin.domain.danish_time import danish, end_of_day, start_of_day, understood


def test_a_day_has_the_hours_the_clock_gives_it() -> None:
    lengths = {
        day: end_of_day(day).astimezone(UTC) - start_of_day(day).astimezone(UTC)
        for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25))
    }
    second = timedelta(seconds=1)
    assert lengths == {
        date(2026, 3, 28): timedelta(hours=24) - second,
        date(2026, 3, 29): timedelta(hours=23) - second,
        date(2026, 10, 25): timedelta(hours=25) - second,
    }


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-12-23T10:00", datetime(2026, 12, 23, 9, tzinfo=UTC)),
        ("2026-07-01T10:00:30", datetime(2026, 7, 1, 8, 0, 30, tzinfo=UTC)),
        ("2026-07-01T10:00Z", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("2026-07-01T10:00+05:00", datetime(2026, 7, 1, 5, tzinfo=UTC)),
        ("2026-07-01", datetime(2026, 6, 30, 22, tzinfo=UTC)),
        # The hour that happens twice: the first of them, still in summer time.
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_text_without_offset_is_danish_time(text: str, utc: datetime) -> None:
    assert understood(text).astimezone(UTC) == utc


def test_a_text_that_is_no_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="i morgen"):
        understood("i morgen")


def test_a_moment_keeps_its_instant() -> None:
    moment = datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=9)))
    assert danish(moment) == moment
    assert danish(moment).isoformat() == "2026-03-02T01:00:00+01:00"
