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
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, Self

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import danish, end_of_day, start_of_day
from dubu_plugin.domain.hverdage import (
    NO_DAYS,
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


class Sending(StrEnum):
    """How something was sent to a citizen. The value is what hændelser say in `forsendelse`."""

    DIGITAL = "digital"
    BREV = "brev"
    OVERLEVERET = "overleveret"


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


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What the municipality decides of the counting."""

    closed: frozenset[date] = NO_DAYS
    """Its own closing days; only citizens' deadlines leave them out."""
    letter_hverdage: int = 6
    """How many working days after it was sent a letter on paper is presumed received. Digital Post
    is received when it can be opened, also on a day off."""


AS_DELIVERED: Final = Reckoning()


def add_months(day: date, count: int) -> date:
    """Return the same date this many months later, or that month's last day."""
    years, month0 = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month0 + 1
    return day.replace(
        year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1])
    )


def end_of_month(day: date) -> date:
    """Return the last day of the day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def next_date(day: date, dates: frozenset[tuple[int, int]]) -> date:
    """Return the first day after this one that has one of these dates (month and day)."""
    coming = [date(year, *one) for year in (day.year, day.year + 1) for one in dates]
    return min(one for one in coming if one > day)


def add_hours(moment: datetime, count: int) -> datetime:
    """Return the moment this many real hours later, in Danish time."""
    return danish(moment.astimezone(UTC) + timedelta(hours=count))


def day_after(
    day: date, length: Length, profile: Profile, closed: frozenset[date] = NO_DAYS
) -> date:
    """Return the day a length of days ends on, counted from day 0.

    :raises ValueError: the length is in hours, which end at a moment and not on a day.
    """
    match length.unit:
        case Unit.HVERDAGE:
            return add_hverdage(day, length.count, profile, closed)
        case Unit.DAYS:
            return day + timedelta(days=length.count)
        case Unit.WEEKS:
            return day + timedelta(weeks=length.count)
        case Unit.MONTHS:
            return add_months(day, length.count)
        case Unit.HOURS:
            raise ValueError("hours end at a moment, not on a day")


def day_before(
    day: date, length: Length, profile: Profile, closed: frozenset[date] = NO_DAYS
) -> date:
    """Return the day this long before another.

    :raises ValueError: the length is in hours.
    """
    match length.unit:
        case Unit.HVERDAGE:
            return subtract_hverdage(day, length.count, profile, closed)
        case Unit.DAYS:
            return day - timedelta(days=length.count)
        case Unit.WEEKS:
            return day - timedelta(weeks=length.count)
        case Unit.MONTHS:
            return add_months(day, -length.count)
        case Unit.HOURS:
            raise ValueError("hours are taken from a moment, not from a day")


def counted(
    anchor: datetime,
    length: Length,
    profile: Profile,
    warn_before: Length | None = None,
    reckoning: Reckoning = AS_DELIVERED,
) -> Term:
    """Return when something is due whose clock started at this moment.

    The warning is never before the clock started, and never on a day off.

    :param warn_before: how long before the due moment the warning comes; None warns on the last
        working day.
    """
    if length.unit is Unit.HOURS:
        return warned(anchor, add_hours(anchor, length.count), profile, warn_before, reckoning)
    last = day_after(danish_day(anchor), length, profile, reckoning.closed)
    return due_on(anchor, last, profile, warn_before, reckoning)


def due_on(
    anchor: datetime,
    last: date,
    profile: Profile,
    warn_before: Length | None = None,
    reckoning: Reckoning = AS_DELIVERED,
) -> Term:
    """Return when something is due whose last day is known; a citizen's moves off a day off."""
    if profile is Profile.CITIZEN:
        last = hverdag_from(last, profile, reckoning.closed)
    return warned(anchor, end_of_day(last), profile, warn_before, reckoning)


def warned(
    anchor: datetime,
    due: datetime,
    profile: Profile,
    warn_before: Length | None = None,
    reckoning: Reckoning = AS_DELIVERED,
) -> Term:
    """Return a due moment with the moment it is warned of.

    What was due before its clock started is warned of when it is due: there is no earlier moment
    that helps.
    """
    due, closed = danish(due), reckoning.closed
    if warn_before is not None and warn_before.unit is Unit.HOURS:
        warn = add_hours(due, -warn_before.count)
        warn = datetime.combine(hverdag_until(warn.date(), profile, closed), warn.timetz())
    else:
        warn = _warning_day(due.date(), warn_before, profile, closed)
    return Term(due, min(max(warn, danish(anchor), key=_instant), due, key=_instant))


# Thousands of deadlines end on the same few days when a rule has changed.
@lru_cache(maxsize=8_192)
def _warning_day(
    last: date, before: Length | None, profile: Profile, closed: frozenset[date]
) -> datetime:
    """Return the first moment of the working day the warning of a last day comes on."""
    day = day_before(last, before, profile, closed) if before else last
    return start_of_day(hverdag_until(day, profile, closed))


def interrupted(
    due: datetime,
    paused_at: datetime,
    resumed_at: datetime,
    least_left: Length | None,
    profile: Profile,
    reckoning: Reckoning = AS_DELIVERED,
) -> datetime:
    """Return when a deadline is due that stood still for a while.

    What was left when it stopped is left when it runs again, and never less than `least_left`
    (forvaltningsloven § 17: aktindsigt asked for while the time to complain runs, 14 days). Of a
    deadline that had passed already, nothing is left, and it does not come to life.
    """
    if _instant(paused_at) > _instant(due):
        return danish(due)
    again = danish_day(resumed_at)
    last = again + (danish_day(due) - danish_day(paused_at))
    if least_left is not None:
        last = max(last, day_after(again, least_left, profile, reckoning.closed))
    return due_on(resumed_at, last, profile, None, reckoning).due


def received(sent_at: datetime, sending: Sending, reckoning: Reckoning = AS_DELIVERED) -> datetime:
    """Return when a citizen is presumed to have received what was sent, in Danish time.

    Sources: Justitsministeriets vejledning 9533/2018. The municipality sets how many working days
    a letter takes, for the post has become slower since.
    """
    if sending is not Sending.BREV:
        return danish(sent_at)
    sent = danish_day(sent_at)
    # A closing day of the municipality does not stop the post.
    return start_of_day(add_hverdage(sent, reckoning.letter_hverdage, Profile.CITIZEN))


def act_by(due: datetime, profile: Profile) -> date:
    """Return the last working day on which something can be done in time."""
    return hverdag_until(danish_day(due), profile)


def _instant(moment: datetime) -> datetime:
    """Return the moment in UTC: two moments of one zone are compared by their wall clocks."""
    return moment.astimezone(UTC)
