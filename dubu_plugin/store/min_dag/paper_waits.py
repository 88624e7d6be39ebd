"""The cases with letters that wait for somebody to print and post them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.min_dag.skrift_waits import AWAY
from dubu_plugin.store.tables import letters, personer, sager
from dubu_plugin.store.tables.columns import word


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A case with letters that wait."""

    sag: UUID
    child_name: str = field(repr=False)
    termin: date | None
    """When the child is expected, where it is not born."""
    number: int
    """How many letters."""
    since: datetime
    """Since when the one that has waited longest does."""


def on_paper(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    """Select the cases of somebody, of those they stand in for and of nobody in their unit, whose
    letters wait. An underretning's letters stand with its own duties."""
    nobodys = sa.and_(sager.c.responsible.is_(None), sager.c.unit == who.unit)
    away = sager.c.responsible.in_(sa.bindparam(AWAY, type_=word(), expanding=True))
    counted = (
        sa.select(
            letters.c.sag_id,
            sa.func.count().label("paper_number"),
            sa.func.min(letters.c.created_at).label("paper_since"),
        )
        .where(letters.c.state == LetterState.TIL_PRINT, letters.c.underretning_id.is_(None))
        .group_by(letters.c.sag_id)
        .subquery()
    )
    return (
        sa.select(
            counted.c.sag_id.label("paper_sag"),
            counted.c.paper_number,
            counted.c.paper_since,
            personer.c.name,
            sa.case((personer.c.born.is_(None), personer.c.due_date)).label("termin"),
        )
        .select_from(
            counted.join(sager, sager.c.id == counted.c.sag_id).join(
                personer, personer.c.id == sager.c.child_id
            )
        )
        .where(sa.or_(sager.c.responsible == who.key, away, nobodys), visible_sager(who, Act.WRITE))
    )


def paper_row(row: sa.Row[Any]) -> OnPaper:
    """Return a row of `on_paper`."""
    return OnPaper(row.paper_sag, row.name, row.termin, row.paper_number, row.paper_since)
