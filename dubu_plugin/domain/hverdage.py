"""Working days, which the law counts in but does not define.

Barnets lov, forvaltningsloven and offentlighedsloven do not say what a hverdag is, and other acts
say it differently. So there are two profiles, and each deadline names the one it is counted in:
the strict one for what the authority itself must do, the mild one for what a citizen must do.

Helligdage are those of folkekirken as the `holidays` package has them; store bededag was abolished
from 2024 (lov 214/2023). Grundlovsdag, 24 and 31 December are no helligdage; forældelsesloven § 27
names them beside those, so the mild profile leaves them out.

A municipality's own closing days (between Christmas and New Year, say) are left out of the mild
profile only. What the authority must do, it must do also when it has closed: Ombudsmanden did not
take a closing for a reason (FOB 2021-1).
"""

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

import holidays

ONE_DAY: Final = timedelta(days=1)
NO_DAYS: Final[frozenset[date]] = frozenset()


class Profile(StrEnum):
    """Which days count as working days. The value is stored with every deadline."""

    DUTY = "hverdag_duty"
    """The authority's own duties: Monday to Friday but for helligdage."""
    CITIZEN = "hverdag_citizen"
    """Citizens' deadlines: also without Grundlovsdag, 24 and 31 December."""


HALF_HOLIDAYS: Final = frozenset({(6, 5), (12, 24), (12, 31)})
"""Month and day of the days only the mild profile leaves out."""


@lru_cache(maxsize=256)
def helligdage(year: int) -> frozenset[date]:
    """Return the public holidays of a year."""
    return frozenset(holidays.country_holidays("DK", years=year))


def is_hverdag(day: date, profile: Profile, closed: frozenset[date] = NO_DAYS) -> bool:
    """Tell whether a day counts as a working day.

    :param closed: the municipality's own closing days, which only the mild profile leaves out.
    """
    if day.weekday() >= 5 or day in helligdage(day.year):
        return False
    return profile is Profile.DUTY or (
        (day.month, day.day) not in HALF_HOLIDAYS and day not in closed
    )


def add_hverdage(
    day: date, count: int, profile: Profile, closed: frozenset[date] = NO_DAYS
) -> date:
    """Return the working day this many working days later. The day itself is day 0."""
    while count > 0:
        day += ONE_DAY
        count -= is_hverdag(day, profile, closed)
    return day


def subtract_hverdage(
    day: date, count: int, profile: Profile, closed: frozenset[date] = NO_DAYS
) -> date:
    """Return the working day this many working days earlier."""
    while count > 0:
        day -= ONE_DAY
        count -= is_hverdag(day, profile, closed)
    return day


def hverdag_from(day: date, profile: Profile, closed: frozenset[date] = NO_DAYS) -> date:
    """Return the day, or the next working day where it is none."""
    while not is_hverdag(day, profile, closed):
        day += ONE_DAY
    return day


def hverdag_until(day: date, profile: Profile, closed: frozenset[date] = NO_DAYS) -> date:
    """Return the day, or the last working day before it where it is none."""
    while not is_hverdag(day, profile, closed):
        day -= ONE_DAY
    return day
