"""What was reckoned for a decision. A row is never changed: whoever reckons again adds one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.beregning.linjer import Beregning, Linje, Ydelse
from dubu_plugin.store.tables import beregninger


@dataclass(frozen=True, slots=True)
class Kept:
    """A reckoning as it was made."""

    afgoerelse: UUID
    number: int
    kind: Ydelse
    day: date
    """The Danish day whose rates it was made with."""
    monthly: Decimal
    """In kroner a month, before tax."""
    inputs: Mapping[str, Any] = field(repr=False)
    rates: Mapping[str, str]
    """The amounts, by the keys of the rates."""
    lines: Sequence[Linje] = field(repr=False)
    made_at: datetime
    made_by: str


def keep(
    connection: sa.Connection,
    sag: UUID,
    afgoerelse: UUID,
    made: Beregning,
    inputs: Mapping[str, Any],
    *,
    by: str,
    now: datetime,
) -> int:
    """Store a reckoning of a decision after those there are, and return its number."""
    found = beregninger.c
    last = connection.scalar(
        sa.select(sa.func.max(found.number)).where(found.afgoerelse_id == afgoerelse)
    )
    number: int = (last or 0) + 1
    connection.execute(
        sa.insert(beregninger).values(
            id=uuid4(), sag_id=sag, afgoerelse_id=afgoerelse, number=number, kind=made.kind,
            day=made.day, monthly=made.monthly, made_at=now, made_by=by,
            inputs=json.dumps(inputs, ensure_ascii=False),
            rates=json.dumps({one.key: str(one.amount) for one in made.rates}),
            lines=json.dumps(
                [[one.title, one.text, one.law, one.total] for one in made.lines],
                ensure_ascii=False,
            ),
        )
    )  # fmt: skip
    return number


def newest(connection: sa.Connection, afgoerelse: UUID) -> Kept | None:
    """Return the reckoning that counts for a decision, or None."""
    row = connection.execute(
        sa.select(beregninger)
        .where(beregninger.c.afgoerelse_id == afgoerelse)
        .order_by(beregninger.c.number.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _kept(row)


def newest_of_sag(connection: sa.Connection, sag: UUID, kind: Ydelse) -> Kept | None:
    """Return what was reckoned last of a kind on a case, or None."""
    row = connection.execute(
        sa.select(beregninger)
        .where(beregninger.c.sag_id == sag, beregninger.c.kind == kind)
        .order_by(beregninger.c.made_at.desc(), beregninger.c.number.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _kept(row)


def _kept(row: sa.Row[Any]) -> Kept:
    lines = [Linje(*parts) for parts in json.loads(row.lines)]
    return Kept(
        row.afgoerelse_id, row.number, Ydelse(row.kind), row.day, row.monthly,
        json.loads(row.inputs), json.loads(row.rates), lines, row.made_at, row.made_by,
    )  # fmt: skip
