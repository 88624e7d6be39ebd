"""Which writes were done: a row in the same transaction as the write itself.

The row is there if and only if the write took effect, so the key can be asked for after an answer
that never came, and the same key again finds the first result instead of writing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_journal import tables as t
from dubu_journal.refusals import KeyTaken
from dubu_journal.rows import columns, first


@dataclass(frozen=True, slots=True)
class Write:
    """One write: its key, what it is, for whom and when."""

    key: UUID
    operation: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """What a write made or changed."""

    kind: str
    object_id: int
    detail: str | None = None
    """What the operation needs to give the same answer again."""


@dataclass(frozen=True, slots=True)
class _Row:
    operation: str
    kind: str
    object_id: int
    detail: str | None


def once(connection: sa.Connection, write: Write, work: Callable[[], Made]) -> Made:
    """Do the work, or return what it made the first time.

    The connection must hold the write lock, so that nobody else is between the look and the work.

    :raises KeyTaken: the key was used for another operation.
    """
    done = earlier(connection, write)
    if done is not None:
        return done
    made = work()
    connection.execute(
        t.ops.insert().values(
            key=str(write.key),
            operation=write.operation,
            kind=made.kind,
            object_id=made.object_id,
            detail=made.detail,
            actor=write.actor,
            at=write.at,
        )
    )
    return made


def earlier(connection: sa.Connection, write: Write) -> Made | None:
    """Return what this write made earlier, or None.

    :raises KeyTaken: the key was used for another operation.
    """
    row = _row(connection, write.key)
    if row is None:
        return None
    if row.operation != write.operation:
        raise KeyTaken(str(row.object_id))
    return Made(row.kind, row.object_id, row.detail)


def probe(connection: sa.Connection, key: UUID) -> Made | None:
    """Return what a write with this key made, or None where there was none."""
    row = _row(connection, key)
    return None if row is None else Made(row.kind, row.object_id, row.detail)


def _row(connection: sa.Connection, key: UUID) -> _Row | None:
    return first(connection, sa.select(*columns(_Row, t.ops)).where(t.ops.c.key == str(key)), _Row)
