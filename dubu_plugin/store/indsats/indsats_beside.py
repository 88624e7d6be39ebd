"""What is shown beside the indsatser of a case: its undersøgelser, and the next visit."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.deadlines.states import State, is_of
from dubu_plugin.store.tables import frister, skrift_versioner, skrifter

EXAMINED: Final = (SkriftKind.AFDAEKNING, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE)
VISIT: Final = "TILSYN-2"
"""The deadline rule of the visits where the child lives."""


def undersoegelser(
    connection: sa.Connection, sag: UUID
) -> Sequence[tuple[SkriftKind, UUID, datetime, datetime | None]]:
    """Return the undersøgelser of a case that are not given up: the kind, the key, when it was
    begun, and when its newest version was approved."""
    its = skrifter.c
    approved = (
        sa.select(sa.func.max(skrift_versioner.c.approved_at))
        .where(skrift_versioner.c.skrift_id == its.id)
        .scalar_subquery()
    )
    rows = connection.execute(
        sa.select(its.kind, its.id, its.begun_at, approved.label("approved_at"))
        .where(its.sag_id == sag, its.kind.in_(EXAMINED), its.state != SkriftState.OPGIVET)
        .order_by(its.begun_at, its.id)
    )
    return [(SkriftKind(row.kind), row.id, row.begun_at, row.approved_at) for row in rows]


def next_visit(connection: sa.Connection, sag: UUID) -> datetime | None:
    """Return when the next visit is due (§ 156), or None where none is asked for."""
    its = frister.c
    due: datetime | None = connection.scalar(
        sa.select(its.due)
        .where(its.sag_id == sag, is_of(VISIT), its.state == State.AABEN)
        .order_by(its.due)
        .limit(1)
    )
    return due


def is_asked_for(connection: sa.Connection, sag: UUID, rule: str) -> bool:
    """Tell whether a deadline of a rule stands open on a case."""
    its = frister.c
    mine = sa.select(its.id).where(its.sag_id == sag, is_of(rule), its.state == State.AABEN)
    return connection.execute(mine.limit(1)).first() is not None


def lapsed_since(connection: sa.Connection, sag: UUID, rule: str, day: date) -> bool:
    """Tell whether a deadline of a rule lapsed on a case on a Danish day or later."""
    its = frister.c
    mine = sa.select(its.id).where(
        its.sag_id == sag, is_of(rule), its.state == State.BORTFALDET,
        its.ended_at >= start_of_day(day),
    )  # fmt: skip
    return connection.execute(mine.limit(1)).first() is not None
