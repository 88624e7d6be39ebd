"""Dates, times and sizes as the journal writes them, and as people type them."""

import re
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

DANISH_TIME: Final = ZoneInfo("Europe/Copenhagen")
WEEKDAYS: Final = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS: Final = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip

_TYPED_DATE: Final = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4}|\d{2})")
_TYPED_TIME: Final = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")


def today(now: datetime) -> date:
    """Return the Danish date at this moment."""
    return now.astimezone(DANISH_TIME).date()


def short(day: date | datetime) -> str:
    """Return a date in a list: ``02-03-2026``. A moment is given its Danish date."""
    return f"{_date(day):%d-%m-%Y}"


def whole(day: date | datetime) -> str:
    """Return a date in running text: ``mandag 2. marts 2026``."""
    on = _date(day)
    return f"{WEEKDAYS[on.weekday()]} {on.day}. {MONTHS[on.month - 1]} {on.year}"


def iso(moment: datetime) -> str:
    """Return the Danish date of a moment as a date field takes it: ``2026-03-02``."""
    return today(moment).isoformat()


def clock(moment: datetime) -> str:
    """Return the time of day in Denmark: ``14.05``."""
    return f"{moment.astimezone(DANISH_TIME):%H.%M}"


def stamp(moment: datetime) -> str:
    """Return a moment: ``02-03-2026 kl. 14.05``."""
    return f"{short(moment)} kl. {clock(moment)}"


def size(count: int) -> str:
    """Return a size a person can judge: ``1,4 MB``."""
    if count < 1000:
        return f"{count} byte"
    if count < 1000 * 1000:
        return f"{round(count / 1000)} kB"
    return f"{count / 1000 / 1000:.1f} MB".replace(".", ",")


def read_date(text: str) -> date | None:
    """Return the date somebody typed: ``2026-03-02``, ``2-3-2026``, ``2.3.26``; None if none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        typed = _TYPED_DATE.fullmatch(text.strip())
    if typed is None:
        return None
    day, month, year = (int(part) for part in typed.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """Return the time of day somebody typed, as ``14:05``, ``14.05`` or ``14``; None if none."""
    typed = _TYPED_TIME.fullmatch(text.strip())
    if typed is None:
        return None
    try:
        return time(int(typed[1]), int(typed[2] or 0))
    except ValueError:
        return None


def moment(day: date, at: time) -> datetime:
    """Return the moment of a Danish date and time of day, in UTC."""
    return datetime.combine(day, at, DANISH_TIME).astimezone(UTC)


def midnight(day: date) -> datetime:
    """Return the moment a Danish day begins, in UTC."""
    return moment(day, time())


def _date(day: date | datetime) -> date:
    return day.astimezone(DANISH_TIME).date() if isinstance(day, datetime) else day
