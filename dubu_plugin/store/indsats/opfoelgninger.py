"""The opfølgninger of a case: what each decided, how far it found the goals, what it opened."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.maal import MaalStatus
from dubu_plugin.domain.opfoelgning import Valg
from dubu_plugin.store.canonical import canonical
from dubu_plugin.store.tables import (
    employees,
    maal_status,
    opfoelgninger,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opfoelgning:
    """One that is held."""

    skrift: UUID
    sag: UUID
    plan: UUID | None
    plan_version: int | None
    held_on: date
    choice: Valg
    opened: Sequence[tuple[str, UUID]] = ()
    """What it opened for more work: ``plan``, ``skrift``, ``aendr`` or ``afslut``, and its key."""
    samtale: UUID | None = None
    next_on: date | None
    months: int | None
    """The rhythm that was decided; None where the next is a day of its own."""
    made_at: datetime
    made_by: str
    by_name: str = field(default="", repr=False)


def add(connection: sa.Connection, new: Opfoelgning) -> None:
    """Store one that is held."""
    connection.execute(
        sa.insert(opfoelgninger).values(
            skrift_id=new.skrift, sag_id=new.sag, plan_id=new.plan, plan_version=new.plan_version,
            held_on=new.held_on, choice=new.choice,
            opened=canonical([[what, str(key)] for what, key in new.opened]),
            samtale_id=new.samtale, next_on=new.next_on, months=new.months,
            made_at=new.made_at, made_by=new.made_by,
        )
    )  # fmt: skip


def put_status(
    connection: sa.Connection,
    opfoelgning: UUID,
    found: Mapping[UUID, tuple[MaalStatus, int | None]],
    *,
    by: str,
    at: datetime,
) -> None:
    """Store how far the goals had come, and the child's own rating of each.

    :param at: when it was held.
    """
    rows = [
        {"skrift_id": opfoelgning, "maal_id": goal, "status": status, "barnets_tal": number,
         "at": at, "by": by}
        for goal, (status, number) in found.items()
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(maal_status), rows)


def statuses_of(
    connection: sa.Connection, opfoelgning: UUID
) -> Mapping[UUID, tuple[MaalStatus, int | None]]:
    """Return how far it found each goal."""
    rows = connection.execute(sa.select(maal_status).where(maal_status.c.skrift_id == opfoelgning))
    return {row.maal_id: (MaalStatus(row.status), row.barnets_tal) for row in rows}


def by_skrift(connection: sa.Connection, skrift: UUID) -> Opfoelgning | None:
    """Return one that is held, or None."""
    row = connection.execute(
        sa.select(opfoelgninger, employees.c.name)
        .outerjoin(employees, employees.c.key == opfoelgninger.c.made_by)
        .where(opfoelgninger.c.skrift_id == skrift)
    ).one_or_none()
    return None if row is None else of_row(row)


def of_row(row: sa.Row[Any]) -> Opfoelgning:
    """Return one from its row, with the name of who made it."""
    return Opfoelgning(
        skrift=row.skrift_id,
        sag=row.sag_id,
        plan=row.plan_id,
        plan_version=row.plan_version,
        held_on=row.held_on,
        choice=Valg(row.choice),
        opened=[(what, UUID(key)) for what, key in json.loads(row.opened)],
        samtale=row.samtale_id,
        next_on=row.next_on,
        months=row.months,
        made_at=row.made_at,
        made_by=row.made_by,
        by_name=row.name or row.made_by,
    )
