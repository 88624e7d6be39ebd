"""The municipality's own rates, as they stand and as they were.

A row is never changed: whoever corrects one puts another in its place, and both say who and when.
A decision keeps the rates it was made with, so no row is in the way of being taken out.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, TypeAlias
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.satser import Sats, Satser, Unit
from dubu_plugin.store.egne import own_rows
from dubu_plugin.store.tables import egne_satser as table

OERE: Final = Decimal("0.01")

Kept: TypeAlias = own_rows.Kept[Sats]


def book(connection: sa.Connection, delivered: Satser) -> Satser:
    """Return the rates that count: the delivered ones, and the municipality's own after them."""
    rows = connection.execute(
        sa.select(table).where(table.c.ended_at.is_(None)).order_by(table.c.entered_at)
    )
    return Satser([*delivered.rows, *(_sats(row) for row in rows)])


def history(connection: sa.Connection) -> Sequence[Kept]:
    """Return every row there is or was, by code, the newest first."""
    return own_rows.history(connection, table, _sats, table.c.code, table.c.valid_from.desc())


def standing(connection: sa.Connection) -> Sequence[Kept]:
    """Return those that count."""
    return [one for one in history(connection) if one.stands]


def add(
    connection: sa.Connection,
    one: Sats,
    *,
    by: str,
    now: datetime,
    file: str = "",
    replaces: UUID | None = None,
) -> UUID:
    """Store a row and return its key."""
    new = uuid4()
    connection.execute(
        sa.insert(table).values(
            id=new, code=one.code, title=one.title, law=one.law, amount=one.amount, unit=one.unit,
            valid_from=one.valid_from, valid_to=one.valid_to, level=one.level, source=one.source,
            confidence=one.confidence, file=file or None, entered_at=now, entered_by=by,
            replaces=replaces,
        )
    )  # fmt: skip
    return new


def end(connection: sa.Connection, row: UUID, *, by: str, now: datetime) -> None:
    """Have a row count no more."""
    own_rows.end(connection, table, row, by=by, now=now)


def _sats(row: sa.Row[Any]) -> Sats:
    whole = row.amount.quantize(OERE)
    amount = whole if whole == row.amount else row.amount
    return Sats(
        code=row.code, title=row.title, law=row.law, amount=amount, unit=Unit(row.unit),
        valid_from=row.valid_from, valid_to=row.valid_to, level=row.level, source=row.source,
        confidence=row.confidence, own=True,
    )  # fmt: skip
