"""How dates, times, amounts and lists are written in Danish, on paper and on screen.

Everything is judged in Danish time: a moment near midnight UTC is written with the Danish day and
clock. Spaces are ordinary ones; `unbroken` puts in those a line may not break at, last.

Source: Dansk Sprognævn, Retskrivningsordbogen (full stop between hours and minutes, lower case
names of days and months, comma before decimals, full stop between thousands).
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from zoneinfo import ZoneInfo

COPENHAGEN: Final = ZoneInfo("Europe/Copenhagen")

WEEKDAYS: Final = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS: Final = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip

MINUS: Final = "\N{MINUS SIGN}"
NO_BREAK: Final = "\N{NO-BREAK SPACE}"

HOURS_SHOWN_BELOW: Final = timedelta(days=2)
"""Time left is told in hours and minutes below this, in days from here."""


def danish_day(moment: datetime) -> date:
    """Return the day it is in Denmark at this moment.

    :raises ValueError: the moment has no time zone.
    """
    return _local(moment).date()


# -- days and clocks -------------------------------------------------------------------------------


def long_date(day: date) -> str:
    """Return ``2. marts 2026``."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def weekday_date(day: date) -> str:
    """Return ``mandag 2. marts 2026``."""
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}"


def list_date(day: date, today: date) -> str:
    """Return ``2. marts``, with the year only where it is not this one."""
    return f"{day.day}. {MONTHS[day.month - 1]}" if day.year == today.year else long_date(day)


def span(first: date, last: date) -> str:
    """Return ``2. marts til 4. maj 2026``, each with its year where they are not of one."""
    if first == last:
        return long_date(first)
    return f"{list_date(first, last)} til {long_date(last)}"


def short_date(day: date) -> str:
    """Return ``2.3.2026``, for columns of dates."""
    return f"{day.day}.{day.month}.{day.year}"


def clock(moment: datetime) -> str:
    """Return ``kl. 09.14``."""
    return f"kl. {_local(moment):%H.%M}"


def moment_text(moment: datetime) -> str:
    """Return ``mandag 2. marts 2026 kl. 09.14``."""
    return f"{weekday_date(danish_day(moment))} {clock(moment)}"


def from_to(begins: datetime, ends: datetime) -> str:
    """Return ``mandag 2. marts 2026 kl. 09.14–10.00``; what ends another day says the day too."""
    if danish_day(begins) != danish_day(ends):
        return f"{moment_text(begins)} til {moment_text(ends)}"
    return f"{moment_text(begins)}–{_local(ends):%H.%M}"


def list_moment(moment: datetime, now: datetime) -> str:
    """Return ``2. marts kl. 09.14``, ``i dag kl. 09.14`` or ``i går kl. 09.14``."""
    day, today = danish_day(moment), danish_day(now)
    near = -1 <= (day - today).days <= 1
    return f"{relative_day(day, today) if near else list_date(day, today)} {clock(moment)}"


# -- how far away ----------------------------------------------------------------------------------


def relative_day(day: date, today: date) -> str:
    """Return ``i dag``, ``i morgen``, ``om 4 dage``, ``i går`` or ``for 5 dage siden``."""
    match (day - today).days:
        case 0:
            return "i dag"
        case 1:
            return "i morgen"
        case -1:
            return "i går"
        case days if days > 0:
            return f"om {days} dage"
        case days:
            return f"for {-days} dage siden"


def duration(length: timedelta) -> str:
    """Return ``4 t. 26 min.``, ``26 min.`` or ``24 t.``; begun minutes are left out.

    :raises ValueError: the length is negative.
    """
    if length < timedelta():
        raise ValueError("a length of time cannot be negative")
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    parts = [f"{hours} t."] if hours else []
    if minutes or not hours:
        parts.append(f"{minutes} min.")
    return " ".join(parts)


def time_left(due: datetime, now: datetime) -> str:
    """Return ``20 t. 9 min. tilbage``, ``4 dage tilbage`` or, past it, ``5 t. 2 min. over tiden``.

    A begun minute still counts as left, so that nothing says 0 before it is over.
    """
    left = due - now
    if left < timedelta():
        return f"{rough(-left)} over tiden"
    whole_minutes = timedelta(minutes=-(-int(left.total_seconds()) // 60))
    return f"{rough(whole_minutes)} tilbage"


def rough(length: timedelta) -> str:
    """Return a length of time as ``26 t. 4 min.``, or ``4 dage`` from two days on."""
    return f"{length.days} dage" if length >= HOURS_SHOWN_BELOW else duration(length)


# -- figures ---------------------------------------------------------------------------------------


def amount(kroner: Decimal) -> str:
    """Return ``1.234,50 kr.``; half an øre goes away from zero."""
    return f"{decimal_text(kroner)} kr."


def decimal_text(number: Decimal, places: int = 2) -> str:
    """Return ``1.234,50``; what is below zero gets a real minus sign."""
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = f"{abs(rounded):,.{places}f}".translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{digits}" if rounded < 0 else digits


def whole_text(number: int) -> str:
    """Return ``1.234``."""
    return decimal_text(Decimal(number), places=0)


def percent(share: Decimal, places: int = 0) -> str:
    """Return ``6 %`` for 0.06."""
    return f"{decimal_text(share * 100, places)} %"


# -- words -----------------------------------------------------------------------------------------


def listed(words: Sequence[str], last: str = "og") -> str:
    """Return ``Alma, Viggo og Karla``."""
    *first, end = words or [""]
    return f"{', '.join(first)} {last} {end}" if first else end


def counted(number: int, one: str, more: str) -> str:
    """Return ``1 fil`` or ``3 filer``."""
    return f"{whole_text(number)} {one if abs(number) == 1 else more}"


def age_text(born: date, today: date) -> str:
    """Return ``9 år``, ``7 måneder``, ``3 uger``, ``2 dage`` or ``nyfødt``, which is born today.

    Under a year in months, under a month in weeks, under a week in days.

    Nobody is a month older before the day of the month is reached; someone born on 29 February has
    their day on 1 March in other years.

    :raises ValueError: born later than today.
    """
    if born > today:
        raise ValueError("not born yet")
    early = today.day < born.day
    months = (today.year - born.year) * 12 + today.month - born.month - early
    if months >= 12:
        return f"{months // 12} år"
    if months:
        return counted(months, "måned", "måneder")
    days = (today - born).days
    if days >= 7:
        return counted(days // 7, "uge", "uger")
    return counted(days, "dag", "dage") if days else "nyfødt"


_BEFORE: Final = "|".join((r"kl\.", "§§?", r"stk\.", r"nr\.", rf"\d\.(?= (?:{'|'.join(MONTHS)}))"))
_AFTER: Final = r"(?<=\d) (?=(?:kr|t|min)\.|%|pct\.|år\b|dage?\b|uger?\b)"
_TELEPHONE: Final = r"\b(?:\d\d(?: \d\d){3}|116 \d{3})\b"


def whose(name: str) -> str:
    """Return the first of somebody's names with the ending that says it is theirs.

    ``Almas``; after a hissing sound an apostrophe stands alone (Retskrivningsordbogen § 13).
    """
    first = (name.split() or [name])[0]
    return f"{first}’" if first[-1:].lower() in ("s", "x", "z") else f"{first}s"


def unbroken(text: str) -> str:
    """Return the text with spaces no line breaks at inside dates, amounts, citations and so on."""
    joined = re.sub(rf"({_BEFORE}) (?=\S)", rf"\1{NO_BREAK}", text)
    joined = re.sub(_TELEPHONE, lambda number: number[0].replace(" ", NO_BREAK), joined)
    return re.sub(_AFTER, NO_BREAK, joined)


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no Danish clock")
    return moment.astimezone(COPENHAGEN)
