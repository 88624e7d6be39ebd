"""Days and times of day as people type them.

A browser's own field sends ISO 8601. Where it has none, and in an address, people write a day as
they say it: ``12.8.2026``, ``12-08-2026``. Both are read here, and only here.
"""

import re
from datetime import date, datetime, time
from typing import Final

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import understood
from dubu_plugin.errors import FieldsRefused

NO_DAY: Final = "Skriv en rigtig dato, fx 12.8.2026."
NO_CLOCK: Final = "Skriv klokkeslættet som 10.30."
NO_MOMENT: Final = "Skriv dag og klokkeslæt, fx 12.8.2026 kl. 10.30."
NOON: Final = time(12)

_DAY: Final = re.compile(r"(\d{1,2})[./ -]+(\d{1,2})[./ -]+(\d{4})")
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[.:]?([0-5]\d)")
_MOMENT: Final = re.compile(r"(.+?)(?:,?\s+kl\.?)?\s+(\S+)")
_WITH_CLOCK: Final = re.compile(r"T\d")


class NotAMoment(FieldsRefused):
    """What was typed is no day, or no time of day."""


def day_of(text: str) -> date:
    """Return the day somebody typed.

    :raises ValueError: it is none, or no whole one: a year has four figures.
    """
    typed = _DAY.fullmatch(text)
    if typed is None:
        return date.fromisoformat(text)
    day, month, year = (int(part) for part in typed.groups())
    return date(year, month, day)


def as_iso(text: str) -> str:
    """Return a typed day in ISO 8601; what is none as it is, to be refused where it is judged."""
    try:
        return day_of(text).isoformat()
    except ValueError:
        return text


def clock_of(text: str) -> time:
    """Return the time of day somebody typed: ``10.30``, ``10:30`` or ``1030``.

    :raises ValueError: it is none.
    """
    typed = _CLOCK.fullmatch(text)
    if typed is None:
        raise ValueError("no time of day")
    return time(int(typed[1]), int(typed[2]))


def at_clock(day: date, clock: time) -> datetime:
    """Return the moment Danish clocks show a time on a day."""
    return understood(f"{day.isoformat()}T{clock:%H:%M}")


def moment_of(text: str) -> datetime:
    """Return the moment somebody typed: ``12.8.2026 kl. 10.30``, or in ISO 8601.

    :raises ValueError: it is none, or a day alone.
    """
    typed = _MOMENT.fullmatch(text)
    if typed is not None:
        return at_clock(day_of(typed[1]), clock_of(typed[2]))
    if not _WITH_CLOCK.search(text):
        raise ValueError("no time of day")
    return understood(text)


def happened(day: str, clock: str, now: datetime) -> datetime:
    """Return when something happened. Without a time of day it is now, or noon of another day.

    :raises NotAMoment: either cannot be read.
    """
    try:
        on = day_of(day)
    except ValueError:
        raise NotAMoment({"dag": NO_DAY}) from None
    if not clock:
        return now if on == danish_day(now) else at_clock(on, NOON)
    try:
        return at_clock(on, clock_of(clock))
    except ValueError:
        raise NotAMoment({"kl": NO_CLOCK}) from None
