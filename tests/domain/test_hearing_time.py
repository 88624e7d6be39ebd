"""A party who is heard has the time that was promised, from when the letter left the house."""

from datetime import date, timedelta

import pytest

from dubu_plugin.domain.hearing_time import answer_by

WRITTEN = date(2026, 3, 2)
DUE = date(2026, 3, 16)


@pytest.mark.parametrize(
    ("late", "due"),
    [(0, DUE), (3, date(2026, 3, 19)), (5, date(2026, 3, 23)), (17, date(2026, 4, 7))],
    ids=["the same day", "three days late", "over a weekend", "over Easter"],
)
def test_paragraf_19_what_lies_here_moves_the_day(late: int, due: date) -> None:
    assert answer_by(DUE, WRITTEN, WRITTEN + timedelta(days=late)) == due
