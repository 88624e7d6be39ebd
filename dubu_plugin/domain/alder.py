"""Ages, as the law counts them: a person reaches an age at midnight, when the birthday begins.

Somebody born on 29 February has the birthday on 1 March in a year without that date. No act says
so; it is how it is done, and it stands here alone so that it can be changed in one place.
"""

from datetime import date, timedelta
from typing import Final

LONGEST_CARRIED: Final = timedelta(days=301)
"""43 weeks: no child is carried for longer."""
BEFORE: Final = timedelta(weeks=18)
AFTER: Final = timedelta(weeks=6)
"""How long before and after the due date a child may be born and still be the one expected."""


def birthday(born: date, age: int) -> date:
    """Return the day somebody reaches an age, in years.

    :raises ValueError: the day lies after the year 9999.
    """
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        if (born.month, born.day) != (2, 29):
            raise
        return date(born.year + age, 3, 1)


def age_on(born: date, day: date) -> int:
    """Return how old somebody is on a day, in whole years. Before birth it is negative."""
    years = day.year - born.year
    return years if day >= birthday(born, years) else years - 1


def is_unborn(born: date | None, due: date | None, on: date) -> bool:
    """Tell whether a child that is kept as expected was not born on a day.

    :param due: the due date; None for a child that never was an expected one.
    """
    return due is not None and (born is None or born > on)


def is_near_due(due: date | None, day: date) -> bool:
    """Tell whether a child that is expected may be born on a day. One born on another day, or due
    then, is another child."""
    return due is not None and due - BEFORE <= day <= due + AFTER


def is_before_conceived(day: date, born: date | None, due: date | None) -> bool:
    """Tell whether nobody can have known of a child on a day, because it was not conceived.

    :param due: the due date; None for a child that never was an expected one.
    """
    come = born or due
    return come is not None and day < come - LONGEST_CARRIED
