"""A meeting as iCalendar, and back.

Moments are written in UTC, so that the hour that comes twice in October is never in doubt. What
others wrote is read in the zone they wrote it in; without one it is Danish time.

Source: RFC 5545; RFC 5546 (iTIP); RFC 6638, 7.1 (``SCHEDULE-AGENT``).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from dubu_plugin.ports.calendar import Entry
from dubu_plugin.ports.invitations import Invitation, Method

PRODUCT: Final = "-//dubu//dubu_kalender//DA"
OP: Final = "X-DUBU-OP"
"""The op key of our last write, so that it can be found again."""
DANISH: Final = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True, slots=True)
class Read:
    """What a calendar object says."""

    op: str
    starts: datetime | None
    ends: datetime | None
    place: str | None
    cancelled: bool


NONSENSE: Final = Read("", None, None, None, cancelled=False)
"""What cannot be read."""


def written(entry: Entry, op_key: UUID, organizer: str, now: datetime) -> bytes:
    """Return an entry as it is put on a server.

    :param organizer: our e-mail address; without one nobody who takes part is named.
    """
    event = _event(entry.key, entry.starts, entry.ends, entry.place, entry.sequence, now)
    event.add("SUMMARY", entry.title)
    event.add(OP, vText(str(op_key)))
    if entry.link:
        event.add("URL", entry.link)
    if organizer and entry.participants:
        event.add("ORGANIZER", vCalAddress(f"mailto:{organizer}"))
        for address in entry.participants:
            event.add("ATTENDEE", _attendee(address, client=True))
    return _calendar(event)


def invitation(mail: Invitation, organizer: str) -> bytes:
    """Return an invitation, or what calls it off, as it stands in a mail."""
    event = _event(mail.meeting, mail.starts, mail.ends, mail.place, mail.sequence, mail.stamp)
    event.add("SUMMARY", mail.title)
    event.add("STATUS", "CANCELLED" if mail.method is Method.CANCEL else "CONFIRMED")
    event.add("ORGANIZER", vCalAddress(f"mailto:{organizer}"))
    event.add("ATTENDEE", _attendee(mail.to, client=False))
    return _calendar(event, mail.method)


def read(raw: bytes, key: UUID) -> Read:
    """Return what a calendar object says of a meeting; `NONSENSE` where it says nothing."""
    try:
        event = _ours(Calendar.from_ical(raw), key)
        starts = _moment(event.get("DTSTART"))
        ends = _ends(event, starts)
        place = " ".join(str(event.get("LOCATION", "")).split()) or None
        cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
        return Read(str(event.get(OP, "")), starts, ends, place[:200] if place else None, cancelled)
    except Exception:  # a server holds whatever any client ever wrote
        return NONSENSE


def _event(
    key: UUID, starts: datetime, ends: datetime, place: str | None, sequence: int, stamp: datetime
) -> Event:
    event = Event()
    event.add("UID", str(key))
    event.add("DTSTAMP", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("DTSTART", starts.astimezone(UTC))
    event.add("DTEND", ends.astimezone(UTC))
    event.add("SEQUENCE", sequence)
    event.add("CLASS", "PRIVATE")
    if place:
        event.add("LOCATION", place)
    return event


def _calendar(event: Event, method: Method | None = None) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    if method is not None:
        calendar.add("METHOD", str(method))
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _attendee(address: str, *, client: bool) -> vCalAddress:
    one = vCalAddress(f"mailto:{address}")
    one.params["PARTSTAT"] = vText("NEEDS-ACTION")
    # We mail them ourselves: the server must not do it once more.
    one.params.update({"SCHEDULE-AGENT": "CLIENT"} if client else {"RSVP": "TRUE"})
    return one


def _ours(calendar: Any, key: UUID) -> Any:
    for event in calendar.walk("VEVENT"):
        if str(event.get("UID")) == str(key) and "RECURRENCE-ID" not in event:
            return event
    raise ValueError("not there")


def _moment(value: Any) -> datetime | None:
    """Return a moment in UTC; None where there is no time of day."""
    found = getattr(value, "dt", None)
    if not isinstance(found, datetime):
        return None
    return (found.replace(tzinfo=DANISH) if found.tzinfo is None else found).astimezone(UTC)


def _ends(event: Any, starts: datetime | None) -> datetime | None:
    if "DTEND" in event:
        return _moment(event.get("DTEND"))
    length = getattr(event.get("DURATION"), "dt", None)
    return starts + length if starts and isinstance(length, timedelta) else None
