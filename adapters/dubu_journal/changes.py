"""What changed in the host, in order, for whoever follows along."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from dubu_journal import tables as t
from dubu_journal.rows import every


@dataclass(frozen=True, slots=True)
class Change:
    """Something was made or changed."""

    id: int
    kind: str
    """``case``, ``document``, ``note`` or ``reminder``."""
    object_id: int
    case_id: int | None
    """The case it lies on; the case itself where it is one."""


def since(connection: sa.Connection, after: int, *, limit: int) -> list[Change]:
    """Return the changes after this one, oldest first."""
    asked = (
        sa.select(t.changes.c.id, t.changes.c.kind, t.changes.c.object_id, _CASE.label("case_id"))
        .where(t.changes.c.id > after)
        .order_by(t.changes.c.id)
        .limit(limit)
    )
    return every(connection, asked, Change)


def _on(table: sa.Table) -> sa.ScalarSelect[int]:
    return (
        sa.select(table.c.case_id)
        .where(table.c.id == t.changes.c.object_id)
        .correlate(t.changes)
        .scalar_subquery()
    )


_CASE: Final = sa.case(
    (t.changes.c.kind == "case", t.changes.c.object_id),
    (t.changes.c.kind == "document", _on(t.documents)),
    (t.changes.c.kind == "note", _on(t.notes)),
    (t.changes.c.kind == "reminder", _on(t.reminders)),
)
