"""The hour that is left out in March, and the one that comes twice in October."""

from datetime import datetime

import pytest

from dubu_plugin.domain.danish_time import is_skipped, is_twice, understood


@pytest.mark.parametrize(
    ("text", "skipped", "twice"),
    [
        ("2026-03-29T01:59:59", False, False),
        ("2026-03-29T02:00", True, False),
        ("2026-03-29T02:59:59", True, False),
        ("2026-03-29T03:00", False, False),
        ("2026-10-25T01:59:59", False, False),
        ("2026-10-25T02:00", False, True),
        ("2026-10-25T02:59:59", False, True),
        ("2026-10-25T03:00", False, False),
        ("2026-03-29T02:30+01:00", False, False),
        ("2026-10-25T02:30Z", False, False),
        ("0001-01-01", False, False),
        ("9999-12-31T23:59:59", False, False),
    ],
)
def test_an_hour_is_skipped_or_comes_twice(text: str, skipped: bool, twice: bool) -> None:
    local = datetime.fromisoformat(text)
    assert (is_skipped(local), is_twice(local)) == (skipped, twice)


def test_of_the_hour_that_comes_twice_the_first_is_understood() -> None:
    assert understood("2026-10-25T02:30").isoformat() == "2026-10-25T02:30:00+02:00"
