"""What is presented to a leader and waits for a look."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.tables import employees, personer, sager, skrift_versioner, skrifter


@dataclass(frozen=True, slots=True)
class Presented:
    """A skrift that waits for the one who asks."""

    skrift: UUID
    sag: UUID
    kind: SkriftKind
    child_name: str = field(repr=False)
    termin: date | None
    """When the child is expected, where it is not born."""
    by: str = field(repr=False)
    at: datetime


def presented_to(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    """Select what is presented on the cases somebody leads, and is not presented by themselves."""
    newest = sa.and_(
        skrift_versioner.c.skrift_id == skrifter.c.id,
        skrift_versioner.c.number == skrifter.c.version,
    )
    return (
        sa.select(
            skrifter.c.id.label("skrift"),
            skrifter.c.sag_id.label("skrift_sag"),
            skrifter.c.kind.label("skrift_kind"),
            personer.c.name,
            sa.case((personer.c.born.is_(None), personer.c.due_date)).label("termin"),
            sa.func.coalesce(employees.c.name, "").label("other"),
            skrift_versioner.c.presented_at,
        )
        .select_from(
            skrifter.join(skrift_versioner, newest)
            .join(sager, sager.c.id == skrifter.c.sag_id)
            .join(personer, personer.c.id == skrifter.c.person_id)
            .outerjoin(employees, employees.c.key == skrift_versioner.c.presented_by)
        )
        .where(
            skrifter.c.state == SkriftState.FREMLAGT,
            skrift_versioner.c.presented_by != who.key,
            visible_sager(who, Act.APPROVE),
        )
    )


def presented_row(row: sa.Row[Any]) -> Presented:
    """Return a row of `presented_to`."""
    return Presented(
        row.skrift, row.skrift_sag, SkriftKind(row.skrift_kind), row.name, row.termin,
        row.other, row.presented_at,
    )  # fmt: skip
