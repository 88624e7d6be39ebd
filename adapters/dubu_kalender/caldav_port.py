"""Calendars on a CalDAV server, as `dubu_plugin.ports.calendar.Calendar`.

Each meeting is one resource, ``dubu-<key>.ics``. A version is the server's ETag; where somebody's
client has made a copy under another name and ours is gone, the name stands before it.

Source: RFC 4791 (CalDAV), RFC 6578 (sync-collection), RFC 9110, 13.1 (If-Match, If-None-Match).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self
from urllib.parse import quote
from uuid import UUID
from xml.sax.saxutils import escape

from dubu_kalender import ical
from dubu_kalender.choices import Choices
from dubu_kalender.dav import NAME, Answer, Dav, Line
from dubu_plugin.errors import AdapterError
from dubu_plugin.ports.calendar import CalendarFlag, Changed, Changes, Entry, Held
from dubu_plugin.ports.journal import Health
from dubu_plugin.ports.journal_errors import (
    Conflict,
    Forbidden,
    HostBug,
    NotFound,
    Rejected,
    Unanswered,
)
from dubu_plugin.ports.journal_objects import Op

OURS: Final = re.compile(r"dubu-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.ics")
INSIDE: Final = re.compile(rb"^UID:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\r?$", re.M)
XML: Final = {"Content-Type": "application/xml; charset=utf-8"}
ICS: Final = {"Content-Type": "text/calendar; charset=utf-8"}
MOST_PAGES: Final = 100
"""How many parts a listing may come in."""
FORGOTTEN: Final = (Forbidden, NotFound, Conflict, Rejected)
"""How a server says that it no longer knows a token."""

SYNC: Final = (
    '<sync-collection xmlns="DAV:"><sync-token>{token}</sync-token>'
    "<sync-level>1</sync-level><prop><getetag/></prop></sync-collection>"
)
BY_UID: Final = (
    '<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/></prop>'
    '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">'
    '<C:prop-filter name="UID"><C:text-match collation="i;octet">{uid}</C:text-match>'
    "</C:prop-filter></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A resource as it is on the server."""

    name: str
    etag: str
    read: ical.Read

    def held(self, key: UUID) -> Held:
        """Return it as the port has it."""
        version = self.etag if self.name == _name(key) else f"{self.name}|{self.etag}"
        return Held(key, version, self.read.starts, self.read.ends, self.read.place)


class CalDavCalendar:
    """See `dubu_plugin.ports.calendar.Calendar` for each operation."""

    name = NAME

    def __init__(
        self,
        dav: Dav,
        address: str,
        *,
        organizer: str = "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Say where the calendars are; nothing is asked yet.

        :param address: of each one's calendar, with ``{owner}`` in it.
        :param organizer: our e-mail address.
        """
        self._dav = dav
        self._address = address if address.endswith("/") else f"{address}/"
        self._organizer = organizer
        self._clock = clock

    @classmethod
    def at(cls, chosen: Choices) -> Self:
        """Return the calendars of an installation."""
        dav = Dav(chosen.user, chosen.password, chosen.patience)
        return cls(dav, chosen.address, organizer=chosen.mail_from)

    def capabilities(self) -> frozenset[CalendarFlag]:
        """Return what it can do."""
        named = {CalendarFlag.PARTICIPANTS} if self._organizer else set()
        return frozenset({CalendarFlag.CHANGES, *named})

    def health(self) -> Health:
        """Return whether it answers, to a question about nobody's calendar."""
        root = self._address.split("{owner}")[0]
        try:
            self._dav.ask("health", "OPTIONS", root)
        except AdapterError as no:
            return Health(False, detail=f"Kalenderserveren svarer ikke ({type(no).__name__}).")
        return Health(True)

    def put(self, entry: Entry, op: Op, *, expected: str | None) -> str:
        """Make or change the entry, where nobody else has."""
        content = ical.written(entry, op.key, self._organizer, self._clock())
        again = self._mine(entry.owner, entry.key, op)
        if again is not None:
            return again
        try:
            name, etag = self._write(entry, content, op, expected)
        except Conflict:
            over = self._cancelled(entry.owner, entry.key) if expected is None else None
            if over is None:
                raise
            name, etag = self._write(entry, content, op, over.held(entry.key).version)
        if etag is None:
            etag = self._etag_of(entry, name, op)
        return etag if name == _name(entry.key) else f"{name}|{etag}"

    def cancel(self, owner: str, key: UUID, op: Op) -> None:
        """Take the entry away, and every copy of it."""
        for name in dict.fromkeys((_name(key), *self._names(owner, key))):
            self._dav.ask(
                "cancel", "DELETE", self._at(owner, name), op_key=op.key,
                fine=frozenset({404, 410}),
            )  # fmt: skip

    def held(self, owner: str, key: UUID) -> Held | None:
        """Return the entry as it is now."""
        found = self._find(owner, key)
        return None if found is None or found.read.cancelled else found.held(key)

    def probe(self, owner: str, key: UUID, op_key: UUID) -> Held | None:
        """Return the entry where our write is in it."""
        found = self._find(owner, key)
        if found is None or found.read.op != str(op_key):
            return None
        return found.held(key)

    def changes_since(self, owner: str, cursor: str | None) -> Changes:
        """Return what changed, asked by the server's own token."""
        lines, token, complete = self._lines(owner, cursor)
        names: dict[str, UUID | None] = {}
        for line in lines:
            ours = OURS.fullmatch(line.name)
            if ours:
                names[line.name] = UUID(ours.group(1))
            elif not complete and not line.gone and line.name:
                names[line.name] = None
        keys = dict.fromkeys(self._keys(owner, names))
        return Changes([Changed(key, self.held(owner, key)) for key in keys], token, complete)

    # -- inside --------------------------------------------------------------------------------

    def _at(self, owner: str, name: str = "") -> str:
        return self._address.replace("{owner}", quote(owner, safe="")) + quote(name, safe="")

    def _mine(self, owner: str, key: UUID, op: Op) -> str | None:
        """Return the version this very write has made already, or None."""
        done = self.probe(owner, key, op.key)
        return None if done is None else done.version

    def _write(
        self, entry: Entry, content: bytes, op: Op, expected: str | None
    ) -> tuple[str, str | None]:
        name, etag = _name(entry.key), expected
        if expected is not None and "|" in expected:
            name, etag = expected.split("|", 1)
        condition = {"If-None-Match": "*"} if etag is None else {"If-Match": etag}
        answer = self._dav.ask(
            "put", "PUT", self._at(entry.owner, name), body=content,
            headers={**ICS, **condition}, op_key=op.key,
        )  # fmt: skip
        return name, answer.etag

    def _etag_of(self, entry: Entry, name: str, op: Op) -> str:
        """Return the version of what was just written, from a server that does not say it."""
        try:
            found = self._get(entry.owner, entry.key, name)
        except AdapterError:
            raise Unanswered(NAME, "put", str(op.key)) from None
        if found is None or found.read.op != str(op.key):
            raise Conflict(NAME, "put")
        return found.etag

    def _cancelled(self, owner: str, key: UUID) -> Found | None:
        found = self._find(owner, key)
        return found if found is not None and found.read.cancelled else None

    def _find(self, owner: str, key: UUID) -> Found | None:
        """Return the entry under its own name, else a copy of it under another."""
        own = self._get(owner, key, _name(key))
        if own is not None:
            return own
        copies = (self._get(owner, key, name) for name in self._names(owner, key))
        return next((one for one in copies if one is not None), None)

    def _names(self, owner: str, key: UUID) -> list[str]:
        """Return the names of all resources with this UID, in an order that does not change."""
        body = BY_UID.format(uid=escape(str(key))).encode()
        answer = self._dav.ask(
            "held", "REPORT", self._at(owner), body=body, headers={**XML, "Depth": "1"}
        )
        lines, _ = self._dav.listed("held", answer)
        return sorted(line.name for line in lines if line.name and not line.gone)

    def _get(self, owner: str, key: UUID, name: str) -> Found | None:
        gone = frozenset({404, 410})
        answer = self._dav.ask("held", "GET", self._at(owner, name), fine=gone)
        if answer.status in gone:
            return None
        return Found(name, _strong(answer), ical.read(answer.body, key))

    def _keys(self, owner: str, names: dict[str, UUID | None]) -> Iterable[UUID]:
        """Return whose resources these are; a copy under another name says it inside."""
        for name, key in names.items():
            if key is not None:
                yield key
                continue
            answer = self._dav.ask(
                "changes_since", "GET", self._at(owner, name), fine=frozenset({404})
            )
            inside = INSIDE.search(answer.body)
            if answer.status == 200 and inside:
                yield UUID(inside.group(1).decode())

    def _lines(self, owner: str, cursor: str | None) -> tuple[list[Line], str, bool]:
        """Return the listing, its token, and whether it is everything there is."""
        try:
            found, token = self._listing(owner, cursor or "")
            return found, token, not cursor
        except FORGOTTEN:
            if not cursor:
                raise
        found, token = self._listing(owner, "")
        return found, token, True

    def _listing(self, owner: str, token: str) -> tuple[list[Line], str]:
        found: list[Line] = []
        for _ in range(MOST_PAGES):
            body = SYNC.format(token=escape(token)).encode()
            answer = self._dav.ask(
                "changes_since", "REPORT", self._at(owner), body=body, headers={**XML, "Depth": "0"}
            )
            lines, following = self._dav.listed("changes_since", answer)
            if following is None:
                raise HostBug(NAME, "changes_since", "token")
            token = following
            found += [line for line in lines if not line.truncated]
            if not any(line.truncated for line in lines):
                return found, token
        raise HostBug(NAME, "changes_since", "endless")


def _name(key: UUID) -> str:
    return f"dubu-{key}.ics"


def _strong(answer: Answer) -> str:
    if answer.etag is None:
        raise HostBug(NAME, "held", "etag")
    return answer.etag
