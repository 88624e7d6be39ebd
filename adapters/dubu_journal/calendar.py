"""Calendar entries: one for each key, in somebody's calendar, about a case or not."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dubu_journal import rows, users
from dubu_journal import tables as t
from dubu_journal.cases import get as get_case
from dubu_journal.refusals import BadValue
from dubu_journal.rows import columns, every, first


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to make, or to change under the same key."""

    key: str
    owner: str
    """The key of the user whose calendar it stands in."""
    title: str = field(repr=False)
    starts: datetime
    ends: datetime
    case_id: int | None = None
    text: str = field(default="", repr=False)
    place: str | None = field(default=None, repr=False)
    all_day: bool = False


@dataclass(frozen=True, slots=True)
class Entry(NewEntry):
    """An entry in a calendar."""

    id: int = 0
    cancelled: bool = False


def put(connection: sa.Connection, new: NewEntry, now: datetime) -> int:
    """Make the entry, or change the one with its key, and return its id. It is not cancelled then.

    :raises BadValue: the title, owner or times cannot be used.
    :raises NotThere: there is no such case.
    """
    if not new.title.strip():
        raise BadValue("title")
    if users.user(connection, new.owner) is None:
        raise BadValue("owner")
    if new.ends < new.starts:
        raise BadValue("ends")
    if new.case_id is not None:
        get_case(connection, new.case_id)
    values = {column: getattr(new, column) for column in NewEntry.__dataclass_fields__}
    values |= {"cancelled": False, "changed": now}
    there = by_key(connection, new.key)
    if there is None:
        return rows.add(connection, t.calendar_entries, values)
    _update(connection, new.key, values)
    return there.id


def cancel(connection: sa.Connection, key: str, now: datetime) -> None:
    """Cancel an entry; it stays to be seen. Nothing happens where there is none."""
    _update(connection, key, {"cancelled": True, "changed": now})


def by_key(connection: sa.Connection, key: str) -> Entry | None:
    """Return the entry with this key, or None."""
    return first(connection, _entries().where(t.calendar_entries.c.key == key), Entry)


def of_user(connection: sa.Connection, user: str, begins: datetime, ends: datetime) -> list[Entry]:
    """Return what is in somebody's calendar between two moments, the earliest first."""
    theirs = t.calendar_entries.c.owner == user
    within = (t.calendar_entries.c.starts < ends) & (t.calendar_entries.c.ends > begins)
    asked = _entries().where(theirs, within).order_by(t.calendar_entries.c.starts)
    return every(connection, asked, Entry)


def of_case(connection: sa.Connection, case_id: int) -> list[Entry]:
    """Return the entries about a case, the earliest first."""
    get_case(connection, case_id)
    asked = _entries().where(t.calendar_entries.c.case_id == case_id)
    return every(connection, asked.order_by(t.calendar_entries.c.starts), Entry)


def with_keys(connection: sa.Connection, user: str, start: str) -> list[Entry]:
    """Return what is in somebody's calendar, not cancelled, under keys that begin so."""
    theirs = t.calendar_entries.c.owner == user
    ours = t.calendar_entries.c.key.startswith(start, autoescape=True)
    asked = _entries().where(theirs, ours, t.calendar_entries.c.cancelled.is_(False))
    return every(connection, asked.order_by(t.calendar_entries.c.starts), Entry)


def _update(connection: sa.Connection, key: str, values: dict[str, Any]) -> None:
    one = t.calendar_entries.c.key == key
    connection.execute(t.calendar_entries.update().where(one).values(values))


def _entries() -> sa.Select[Any]:
    return sa.select(*columns(Entry, t.calendar_entries))
