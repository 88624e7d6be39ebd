"""What is planned on a case, whose first day has come, and nobody has put into effect."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.min_dag.skrift_waits import AWAY
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.tables import indsatser, personer, sager
from dubu_plugin.store.tables.columns import word

TODAY: Final = "today"
"""The parameter that is the Danish day it is."""


@dataclass(frozen=True, slots=True)
class ToBegin:
    """An indsats that should have begun."""

    indsats: UUID
    sag: UUID
    code: str
    starts_on: date
    child_name: str = field(repr=False)
    termin: date | None
    """When the child is expected, where it is not born."""


def to_begin(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    """Select what should have begun on the cases of somebody, of those they stand in for and of
    nobody in their unit."""
    nobodys = sa.and_(sager.c.responsible.is_(None), sager.c.unit == who.unit)
    away = sager.c.responsible.in_(sa.bindparam(AWAY, type_=word(), expanding=True))
    return (
        sa.select(
            indsatser.c.id.label("planned"),
            indsatser.c.sag_id.label("planned_sag"),
            indsatser.c.code.label("planned_code"),
            indsatser.c.starts_on.label("planned_on"),
            personer.c.name,
            sa.case((personer.c.born.is_(None), personer.c.due_date)).label("termin"),
        )
        .join_from(indsatser, sager, sager.c.id == indsatser.c.sag_id)
        .join(personer, personer.c.id == sager.c.child_id)
        .where(
            indsatser.c.state == IndsatsState.PLANLAGT,
            indsatser.c.starts_on <= sa.bindparam(TODAY, type_=sa.Date),
            sager.c.phase != CLOSED,
            sa.or_(sager.c.responsible == who.key, away, nobodys),
            visible_sager(who, Act.WRITE),
        )
    )


def to_begin_row(row: sa.Row[Any]) -> ToBegin:
    """Return a row of `to_begin`."""
    return ToBegin(
        row.planned, row.planned_sag, row.planned_code, row.planned_on, row.name, row.termin
    )
