"""Journal notes: only ever added. The text is plain; whoever shows it escapes it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dubu_journal import rows
from dubu_journal import tables as t
from dubu_journal.cases import get as get_case
from dubu_journal.cases import open_case
from dubu_journal.refusals import BadValue, NotThere
from dubu_journal.rows import columns, every, first


@dataclass(frozen=True, slots=True)
class Note:
    """A journal note."""

    id: int
    case_id: int
    title: str = field(repr=False)
    body: str = field(repr=False)
    occurred_at: datetime
    created: datetime
    created_by: str


def add(
    connection: sa.Connection,
    case_id: int,
    title: str,
    body: str,
    *,
    occurred_at: datetime,
    by: str,
    now: datetime,
) -> int:
    """Add a note to an open case and return its id.

    :raises BadValue: the title is empty.
    """
    open_case(connection, case_id)
    if not title.strip():
        raise BadValue("title")
    row = {
        "case_id": case_id,
        "title": title,
        "body": body,
        "occurred_at": occurred_at,
        "created": now,
        "created_by": by,
    }
    return rows.add(connection, t.notes, row)


def get(connection: sa.Connection, note_id: int) -> Note:
    """Return a note.

    :raises NotThere: there is none.
    """
    found = first(connection, select().where(t.notes.c.id == note_id), Note)
    if found is None:
        raise NotThere(str(note_id))
    return found


def of_case(
    connection: sa.Connection, case_id: int, *, before: int | None = None, limit: int
) -> list[Note]:
    """Return the notes of a case, the last added first, with an id below `before`."""
    get_case(connection, case_id)
    asked = select().where(t.notes.c.case_id == case_id)
    if before is not None:
        asked = asked.where(t.notes.c.id < before)
    return every(connection, asked.order_by(t.notes.c.id.desc()).limit(limit), Note)


def select() -> sa.Select[Any]:
    """Return the question for all notes, to be narrowed."""
    return sa.select(*columns(Note, t.notes))
