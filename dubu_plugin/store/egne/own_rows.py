"""Rows the municipality enters itself, as they stand and as they were: rates, answering times.

A row is never changed: whoever corrects one puts another in its place, and both say who and when.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.tables import employees

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Kept(Generic[Row]):
    """A row, with who put it in, and who took it away."""

    id: UUID
    row: Row
    entered_at: datetime
    entered_by: str
    """An employee's name, or the key where nobody has it."""
    ended_at: datetime | None
    ended_by: str
    replaces: UUID | None
    file: str = ""
    """The file it came by; empty where it was typed."""

    @property
    def stands(self) -> bool:
        """Whether it counts."""
        return self.ended_at is None


def history(
    connection: sa.Connection,
    table: sa.Table,
    read: Callable[[sa.Row[Any]], Row],
    *order: sa.ColumnElement[Any],
) -> Sequence[Kept[Row]]:
    """Return every row there is or was, in an order, of the same the last entered first."""
    entered, ended = employees.alias(), employees.alias()
    rows = connection.execute(
        sa.select(table, entered.c.name.label("entered_name"), ended.c.name.label("ended_name"))
        .select_from(
            table.outerjoin(entered, entered.c.key == table.c.entered_by).outerjoin(
                ended, ended.c.key == table.c.ended_by
            )
        )
        .order_by(*order, table.c.entered_at.desc())
    )
    return [
        Kept(
            row.id, read(row), row.entered_at, row.entered_name or row.entered_by, row.ended_at,
            row.ended_name or row.ended_by or "", row.replaces, _file(row),
        )
        for row in rows
    ]  # fmt: skip


def end(connection: sa.Connection, table: sa.Table, row: UUID, *, by: str, now: datetime) -> None:
    """Have a row count no more."""
    connection.execute(sa.update(table).where(table.c.id == row).values(ended_at=now, ended_by=by))


def _file(row: sa.Row[Any]) -> str:
    """Return the file a row came by; of what is only typed, the table knows none."""
    return row._mapping.get("file") or ""
