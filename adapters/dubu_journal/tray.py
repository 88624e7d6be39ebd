"""Letters to be sent. Nothing leaves the house from here: somebody, or a connector, empties it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_journal import rows
from dubu_journal import tables as t
from dubu_journal.files import Stored
from dubu_journal.refusals import BadValue, NotThere
from dubu_journal.rows import columns, every, first

QUEUED: Final = "i_koe"
SENT: Final = "sendt"
RETURNED: Final = "afvist"


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to send."""

    subject: str = field(repr=False)
    recipient: str = field(repr=False)
    """Name and address as on the envelope."""
    address: str | None = field(repr=False)
    """An electronic address; None for paper."""
    body: str = field(repr=False)
    filename: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter(NewLetter):
    """A letter in the tray."""

    id: int
    sha256: str
    size: int
    """In bytes."""
    state: str
    queued: datetime
    queued_by: str
    sent: datetime | None
    op_key: str
    """Of the operation that put it there."""


def put(
    connection: sa.Connection,
    op_key: UUID,
    new: NewLetter,
    content: Stored,
    *,
    by: str,
    now: datetime,
) -> Letter:
    """Put a letter in the tray, once for its key, and return it as it is.

    :raises BadValue: it has no recipient.
    """
    there = by_op(connection, op_key)
    if there is not None:
        return there
    if not new.recipient.strip():
        raise BadValue("recipient")
    row = {name: getattr(new, name) for name in NewLetter.__dataclass_fields__}
    row |= {"op_key": str(op_key), "sha256": content.sha256, "size": content.size}
    row |= {"state": QUEUED, "queued": now, "queued_by": by}
    return get(connection, rows.add(connection, t.outgoing_post, row))


def get(connection: sa.Connection, letter_id: int) -> Letter:
    """Return a letter.

    :raises NotThere: there is none.
    """
    found = first(connection, _letters().where(t.outgoing_post.c.id == letter_id), Letter)
    if found is None:
        raise NotThere(str(letter_id))
    return found


def by_op(connection: sa.Connection, op_key: UUID) -> Letter | None:
    """Return the letter put with this key, or None."""
    return first(connection, _letters().where(t.outgoing_post.c.op_key == str(op_key)), Letter)


def waiting(connection: sa.Connection, *, limit: int) -> list[Letter]:
    """Return the letters that are not sent yet, oldest first."""
    asked = _letters().where(t.outgoing_post.c.state == QUEUED).order_by(t.outgoing_post.c.id)
    return every(connection, asked.limit(limit), Letter)


def latest(connection: sa.Connection, *, limit: int) -> list[Letter]:
    """Return the letters last put in the tray, newest first."""
    return every(connection, _letters().order_by(t.outgoing_post.c.id.desc()).limit(limit), Letter)


def mark(connection: sa.Connection, letter_id: int, state: str, now: datetime) -> None:
    """Say what became of a letter: `SENT` or `RETURNED`."""
    values = {"state": state, "sent": now if state == SENT else None}
    one = t.outgoing_post.c.id == letter_id
    connection.execute(t.outgoing_post.update().where(one).values(values))


def _letters() -> sa.Select[Any]:
    return sa.select(*columns(Letter, t.outgoing_post))
