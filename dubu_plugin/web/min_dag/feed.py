"""Somebody's own calendar as an iCalendar feed: initials and links, no name and no number.

The content is the same to the byte for as long as nothing in it changes, so that its hash can say
so (``ETag``).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from dubu_plugin.domain.moede import initials
from dubu_plugin.store.min_dag.kalender_feeds import Shown

PER_HOUR: Final = 60
"""How often one address is read before it must wait. Calendars ask every 15 minutes or slower."""
HOUR: Final = timedelta(hours=1)
MOST_REMEMBERED: Final = 10_000


@dataclass
class Turnstile:
    """Counts who has asked within the hour. One a process."""

    most: int = PER_HOUR
    _asked: dict[str, list[datetime]] = field(default_factory=dict)

    def wait(self, who: str, now: datetime) -> int:
        """Let somebody through and return 0, or return how many seconds they must wait.

        A clock that is set back makes nobody wait longer than the hour.
        """
        then = [at for at in self._asked.get(who, ()) if now - HOUR < at <= now]
        if len(then) >= self.most:
            self._asked[who] = then
            return max(1, int((then[0] + HOUR - now).total_seconds()))
        if len(self._asked) >= MOST_REMEMBERED and who not in self._asked:
            self._asked.pop(next(iter(self._asked)))
        self._asked[who] = [*then, now]
        return 0


def feed_of(meetings: Iterable[Shown], deadlines: Iterable[Shown], address: str) -> bytes:
    """Return the calendar.

    :param address: what stands before our paths.
    """
    calendar = Calendar()
    calendar.add("PRODID", "-//dubu//Barn og familie//DA")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", "Barn og familie")
    calendar.add("REFRESH-INTERVAL", timedelta(minutes=30), parameters={"VALUE": "DURATION"})
    for one in meetings:
        calendar.add_component(_event(one, "", address))
    for one in deadlines:
        calendar.add_component(_event(one, "Frist: ", address))
    content: bytes = calendar.to_ical()
    return content


def etag_of(content: bytes) -> str:
    """Return the mark of a content."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def is_known(etag: str, asked: Mapping[str, str]) -> bool:
    """Tell whether the one who asks has this content already."""
    marks: Sequence[str] = asked.get("if-none-match", "").split(",")
    return any(mark.strip().removeprefix("W/") == etag for mark in marks)


def _event(one: Shown, before: str, address: str) -> Event:
    event = Event()
    whom = f" – {initials(one.child)}" if one.child else ""
    event.add("UID", f"{one.id}@dubu")
    event.add("DTSTAMP", one.changed_at.astimezone(UTC).replace(microsecond=0))
    if one.day is not None:  # a date is written with VALUE=DATE, and its end is the day after
        event.add("DTSTART", one.day)
        event.add("DTEND", one.day + timedelta(days=1))
    else:
        event.add("DTSTART", one.starts.astimezone(UTC).replace(microsecond=0))
        event.add("DTEND", (one.ends or one.starts).astimezone(UTC).replace(microsecond=0))
    event.add("SUMMARY", f"{before}{one.what}{whom}")
    event.add("URL", f"{address}{one.path}")
    event.add("DESCRIPTION", f"{address}{one.path}")
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "OPAQUE" if one.ends else "TRANSPARENT")
    return event
