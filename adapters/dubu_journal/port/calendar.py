"""The host's own calendar, as `dubu_plugin.ports.calendar`.

It is asked for everything every time: a calendar in the same house is quick to read, and a listing
needs no clock. A version is made of what the entry says.
"""

import hashlib
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_journal import calendar, ledger, users
from dubu_journal.ledger import Made
from dubu_journal.port import answers
from dubu_journal.port.operations import Operations
from dubu_journal.refusals import BadValue, Stale
from dubu_plugin.errors import AdapterError
from dubu_plugin.ports.calendar import CalendarFlag, Changed, Changes, Entry, Held
from dubu_plugin.ports.journal import Health
from dubu_plugin.ports.journal_errors import NotFound
from dubu_plugin.ports.journal_objects import Op

START: Final = "dubu:"
"""What our keys begin with in the host, which has entries of its own."""


class EmbeddedCalendar(Operations):
    """See `dubu_plugin.ports.calendar.Calendar` for each operation."""

    def capabilities(self) -> frozenset[CalendarFlag]:
        """Return what it can do. An entry names nobody but its owner."""
        return frozenset({CalendarFlag.CHANGES})

    def health(self) -> Health:
        """Return whether the database answers."""
        try:
            with self._reading("health") as connection:
                connection.execute(sa.select(1))
        except AdapterError:
            return Health(False, detail="Journalens kalender svarer ikke.")
        return Health(True)

    def put(self, entry: Entry, op: Op, *, expected: str | None) -> str:
        """Make or change the entry, where nobody else has."""

        def work(connection: sa.Connection, now: datetime) -> Made:
            there = _standing(connection, entry.key)
            current = None if there is None else _version(there)
            if current != expected:
                raise Stale(current or "")
            number = calendar.put(connection, _new(entry), now)
            stored = calendar.by_key(connection, _key(entry.key))
            return Made("entry", number, _version(stored) if stored else None)

        return self._once("put_entry", op, work, lambda _, made: made.detail or "")

    def cancel(self, owner: str, key: UUID, op: Op) -> None:
        """Cancel the entry; it stays to be seen in the host."""

        def work(connection: sa.Connection, now: datetime) -> Made:
            calendar.cancel(connection, _key(key), now)
            there = calendar.by_key(connection, _key(key))
            return Made("entry", there.id if there else 0)

        self._once("cancel_entry", op, work, lambda _, made: None)

    def held(self, owner: str, key: UUID) -> Held | None:
        """Return the entry as it is now."""
        with self._reading("held") as connection:
            there = _standing(connection, key)
        return None if there is None or there.owner != owner else _held(there)

    def probe(self, owner: str, key: UUID, op_key: UUID) -> Held | None:
        """Return the entry where the ledger has our write; cancelled since is gone since."""
        with self._reading("probe") as connection:
            made = ledger.probe(connection, op_key)
            there = calendar.by_key(connection, _key(key)) if made else None
        return None if there is None else _held(there)

    def changes_since(self, owner: str, cursor: str | None) -> Changes:
        """Return everything of ours in somebody's calendar."""
        with self._reading("changes_since") as connection:
            if users.user(connection, owner) is None:
                raise NotFound(self.name, "changes_since")
            theirs = calendar.with_keys(connection, owner, START)
        items = [Changed(one.key, one) for one in map(_held, theirs)]
        return Changes(items, "alt", complete=True)


def _key(key: UUID) -> str:
    return f"{START}{key}"


def _new(entry: Entry) -> calendar.NewEntry:
    case = None if entry.case is None else answers.id_of_key(entry.case)
    if entry.case is not None and case is None:
        raise BadValue("case")
    return calendar.NewEntry(
        key=_key(entry.key),
        owner=entry.owner,
        title=entry.title,
        starts=entry.starts,
        ends=entry.ends,
        case_id=case,
        text=entry.link or "",
        place=entry.place,
    )


def _standing(connection: sa.Connection, key: UUID) -> calendar.Entry | None:
    there = calendar.by_key(connection, _key(key))
    return None if there is None or there.cancelled else there


def _held(one: calendar.Entry) -> Held:
    timed = not one.all_day
    return Held(
        UUID(one.key.removeprefix(START)),
        _version(one),
        one.starts if timed else None,
        one.ends if timed else None,
        one.place,
    )


def _version(one: calendar.Entry) -> str:
    said = (one.title, one.text, one.starts, one.ends, one.place, one.all_day, one.cancelled)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]
