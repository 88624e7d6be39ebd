"""What changed in the host, in order, for whoever follows along."""

from dataclasses import dataclass

import sqlalchemy as sa

from dubu_journal import tables as t
from dubu_journal.rows import columns, every


@dataclass(frozen=True, slots=True)
class Change:
    """Something was made or changed."""

    id: int
    kind: str
    """``case``, ``document``, ``note`` or ``reminder``."""
    object_id: int


def since(connection: sa.Connection, after: int, *, limit: int) -> list[Change]:
    """Return the changes after this one, oldest first."""
    asked = sa.select(*columns(Change, t.changes)).where(t.changes.c.id > after)
    return every(connection, asked.order_by(t.changes.c.id).limit(limit), Change)
