"""When somebody reaches an age, and how old they are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dubu_plugin.domain.alder import age_on, birthday

BORN = st.dates(date(1990, 1, 1), date(2030, 12, 31))
AGES = st.integers(0, 30)


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [
        (date(2010, 5, 14), 16, date(2026, 5, 14)),
        # Born on 29 February: 1 March in a year without that date, the date itself where it is.
        (date(2008, 2, 29), 18, date(2026, 3, 1)),
        (date(2012, 2, 29), 16, date(2028, 2, 29)),
        (date(2082, 2, 28), 18, date(2100, 2, 28)),
        (date(2080, 2, 29), 20, date(2100, 3, 1)),
        (date(2010, 5, 14), 0, date(2010, 5, 14)),
    ],
)
def test_an_age_is_reached_on_the_birthday(born: date, age: int, day: date) -> None:
    assert birthday(born, age) == day


@given(BORN, AGES)
def test_the_day_before_the_birthday_one_is_a_year_younger(born: date, age: int) -> None:
    day = birthday(born, age)
    assert age_on(born, day) == age
    assert age_on(born, day - timedelta(days=1)) == age - 1


@given(BORN, AGES)
def test_birthdays_come_once_a_year(born: date, age: int) -> None:
    assert birthday(born, age).year == born.year + age
    assert birthday(born, age) < birthday(born, age + 1)


def test_the_unborn_have_no_age_yet() -> None:
    assert age_on(date(2026, 5, 14), date(2026, 5, 13)) == -1


def test_a_birthday_after_the_calendar_ends_is_no_day() -> None:
    with pytest.raises(ValueError, match="year"):
        birthday(date(9990, 2, 28), 18)
