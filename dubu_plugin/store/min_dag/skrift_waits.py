"""What waits for a leader's look, and what a leader has sent back to who wrote it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.tables import employees, personer, sager, skrift_versioner, skrifter
from dubu_plugin.store.tables.columns import word

AWAY: Final = "away"
"""The parameter that names the colleagues somebody stands in for today."""


@dataclass(frozen=True, slots=True)
class Presented:
    """A skrift that waits for the one who asks: to look at it, or to put it right."""

    skrift: UUID
    sag: UUID
    kind: SkriftKind
    child_name: str = field(repr=False)
    termin: date | None
    """When the child is expected, where it is not born."""
    by: str = field(repr=False)
    by_key: str | None
    at: datetime
    sent_back: bool
    """A leader has looked, and wants something changed."""


def presented_to(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    """Select what is presented on the cases somebody leads, and is not presented by themselves."""
    return _waiting().where(
        skrifter.c.state == SkriftState.FREMLAGT,
        skrift_versioner.c.presented_by != who.key,
        visible_sager(who, Act.APPROVE),
    )


def sent_back_to(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    """Select what somebody is to put right: what they presented, and what is on their cases.

    Where the writer is away it is also who stands in, by the parameter `AWAY`; where the case is
    with nobody, since the writer has left, it is everybody in its unit.
    """
    here = (skrift_versioner.c.presented_by, sager.c.responsible)
    theirs = [column == who.key for column in here]
    away = [column.in_(sa.bindparam(AWAY, type_=word(), expanding=True)) for column in here]
    nobodys = sa.and_(sager.c.responsible.is_(None), sager.c.unit == who.unit)
    return _waiting().where(
        skrifter.c.state == SkriftState.SENDT_TILBAGE,
        sager.c.phase != CLOSED,
        sa.or_(*theirs, *away, nobodys),
        visible_sager(who, Act.WRITE),
    )


def _waiting() -> sa.Select[*tuple[Any, ...]]:
    newest = sa.and_(
        skrift_versioner.c.skrift_id == skrifter.c.id,
        skrift_versioner.c.number == skrifter.c.version,
    )
    return sa.select(
        skrifter.c.id.label("skrift"),
        skrifter.c.sag_id.label("skrift_sag"),
        skrifter.c.kind.label("skrift_kind"),
        skrifter.c.state.label("skrift_state"),
        personer.c.name,
        sa.case((personer.c.born.is_(None), personer.c.due_date)).label("termin"),
        sa.func.coalesce(employees.c.name, "").label("other"),
        skrift_versioner.c.presented_by,
        skrift_versioner.c.presented_at,
    ).select_from(
        skrifter.join(skrift_versioner, newest)
        .join(sager, sager.c.id == skrifter.c.sag_id)
        .join(personer, personer.c.id == skrifter.c.person_id)
        .outerjoin(employees, employees.c.key == skrift_versioner.c.presented_by)
    )


def presented_row(row: sa.Row[Any]) -> Presented:
    """Return a row of `presented_to` or `sent_back_to`."""
    return Presented(
        row.skrift, row.skrift_sag, SkriftKind(row.skrift_kind), row.name, row.termin,
        row.other, row.presented_by, row.presented_at,
        row.skrift_state == SkriftState.SENDT_TILBAGE,
    )  # fmt: skip
