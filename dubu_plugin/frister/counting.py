"""How a deadline is counted from the moment its clock starts.

The day the clock starts is day 0. Days are calendar days; weeks end on the same weekday; months on
the same date, or the month's last day where it has no such date. Hours are hours: they run through
nights, holidays and the change to and from summer time. What is due on a day is due at 23.59.59.

A citizen's deadline that ends on a day off moves to the next working day. The authority's own does
not move: it is warned of the working day before instead.

Sources: Justitsministeriets vejledning 9533/2018 and forældelsesloven § 27, by analogy; no Danish
act says how an authority's own deadlines are counted.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Self

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import danish, end_of_day, start_of_day
from dubu_plugin.domain.hverdage import (
    Profile,
    add_hverdage,
    hverdag_from,
    hverdag_until,
    subtract_hverdage,
)


class Unit(StrEnum):
    """What a deadline is counted in. The value is what rule files say."""

    HOURS = "hours"
    HVERDAGE = "hverdage"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Length:
    """How long a deadline is, for example six working days."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the length in a text such as ``6 hverdage``.

        :raises ValueError: the text is no length.
        """
        found = re.fullmatch(r"([0-9]{1,4}) ([a-z]+)", text)
        if not found or found[2] not in list(Unit):
            raise ValueError(f"skriv et tal og en af {', '.join(Unit)}, fx »6 hverdage«")
        return cls(int(found[1]), Unit(found[2]))

    def __str__(self) -> str:
        return f"{self.count} {self.unit}"


@dataclass(frozen=True, slots=True)
class Term:
    """When something is due, and from when it is warned of. Both in Danish time."""

    due: datetime
    warn: datetime


def add_months(day: date, count: int) -> date:
    """Return the same date this many months later, or that month's last day."""
    years, month0 = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month0 + 1
    return day.replace(
        year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1])
    )


def add_hours(moment: datetime, count: int) -> datetime:
    """Return the moment this many real hours later, in Danish time."""
    return danish(moment.astimezone(UTC) + timedelta(hours=count))


def day_after(day: date, length: Length, profile: Profile) -> date:
    """Return the day a length of days ends on, counted from day 0.

    :raises ValueError: the length is in hours, which end at a moment and not on a day.
    """
    later: dict[Unit, Callable[[int], date]] = {
        Unit.HVERDAGE: partial(add_hverdage, day, profile=profile),
        Unit.DAYS: lambda count: day + timedelta(days=count),
        Unit.WEEKS: lambda count: day + timedelta(weeks=count),
        Unit.MONTHS: partial(add_months, day),
    }
    if length.unit not in later:
        raise ValueError("hours end at a moment, not on a day")
    return later[length.unit](length.count)


def day_before(day: date, length: Length, profile: Profile) -> date:
    """Return the day this long before another.

    :raises ValueError: the length is in hours.
    """
    earlier: dict[Unit, Callable[[int], date]] = {
        Unit.HVERDAGE: partial(subtract_hverdage, day, profile=profile),
        Unit.DAYS: lambda count: day - timedelta(days=count),
        Unit.WEEKS: lambda count: day - timedelta(weeks=count),
        Unit.MONTHS: lambda count: add_months(day, -count),
    }
    if length.unit not in earlier:
        raise ValueError("hours are taken from a moment, not from a day")
    return earlier[length.unit](length.count)


def counted(
    anchor: datetime, length: Length, profile: Profile, warn_before: Length | None = None
) -> Term:
    """Return when something is due whose clock started at this moment.

    The warning is never before the clock started, and never on a day off.

    :param warn_before: how long before the due moment the warning comes; None warns on the last
        working day.
    """
    due = _due(anchor, length, profile)
    if warn_before is not None and warn_before.unit is Unit.HOURS:
        warn = add_hours(due, -warn_before.count)
    else:
        last = danish_day(due)
        warn = start_of_day(day_before(last, warn_before, profile) if warn_before else last)
    warn = _on_working_day(warn, profile)
    return Term(due, max(warn, danish(anchor), key=_instant))


def act_by(due: datetime, profile: Profile) -> date:
    """Return the last working day on which something can be done in time."""
    return hverdag_until(danish_day(due), profile)


def _due(anchor: datetime, length: Length, profile: Profile) -> datetime:
    if length.unit is Unit.HOURS:
        return add_hours(anchor, length.count)
    last = day_after(danish_day(anchor), length, profile)
    return end_of_day(hverdag_from(last, profile) if profile is Profile.CITIZEN else last)


def _on_working_day(moment: datetime, profile: Profile) -> datetime:
    day = hverdag_until(moment.date(), profile)
    return datetime.combine(day, moment.timetz())


def _instant(moment: datetime) -> datetime:
    """Return the moment in UTC: two moments of one zone are compared by their wall clocks."""
    return moment.astimezone(UTC)
