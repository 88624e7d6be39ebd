"""The deadlines a line of Min dag is made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.frister.rule import LINES
from dubu_plugin.store.day_heads import DayHead
from dubu_plugin.store.deadlines import KOMMUNE, STANDING, State
from dubu_plugin.store.due_query import STATUTORY
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import frister


@dataclass(frozen=True, slots=True)
class Step:
    """One deadline of a line."""

    rule: str
    version: date
    state: State
    due: datetime | None
    statutory: bool = field(default=True, kw_only=True)
    """The law asks for it, and not the house."""


def in_order(steps: Sequence[Step], head: DayHead) -> Sequence[Step]:
    """Return the steps with the one first that the line stands there for."""
    if head.due is not None:
        return steps
    return sorted(
        steps,
        key=lambda step: (step.state != State.AABEN, step.due is not None, not step.statutory),
    )


def steps_of(
    connection: sa.Connection, heads: Sequence[sa.Row[*tuple[Any, ...]]]
) -> Mapping[str, Sequence[Step]]:
    """Return the deadlines of each line, those of what is already closed left out."""
    bundles = {row.bundle for row in heads}
    reports = [KOMMUNE] if any(row.subject_id == KOMMUNE for row in heads) else []
    found: dict[str, list[sa.Row[*tuple[Any, ...]]]] = {bundle: [] for bundle in bundles}
    if not bundles:
        return {}
    rows = connection.execute(
        sa.select(frister)
        .where(
            sa.or_(
                frister.c.person_id.in_(_present(row.person_id for row in heads)),
                frister.c.underretning_id.in_(_present(row.underretning_id for row in heads)),
                frister.c.sag_id.in_(_present(row.sag_id for row in heads)),
                # Of the municipality's reports only what is to be done, not every year's.
                sa.and_(frister.c.subject_id.in_(reports), frister.c.state == State.AABEN),
            ),
            frister.c.bundle.in_(sorted(bundles)),
            frister.c.kind.in_(sorted(LINES)),
            frister.c.state.in_(STANDING),
        )
        .order_by(last_where(frister.c.due.is_(None)), frister.c.due, frister.c.rule)
    )
    for row in rows:
        found[row.bundle].append(row)
    return {bundle: list(_running(rows)) for bundle, rows in found.items()}


def _running(rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> Iterable[Step]:
    """Yield the open ones first, then those met on the same underretning or case."""
    open_on = {
        (row.underretning_id, row.underretning_id or row.sag_id)
        for row in rows
        if row.state == State.AABEN
    }
    for row in sorted(rows, key=lambda row: row.state != State.AABEN):
        if (row.underretning_id, row.underretning_id or row.sag_id) in open_on:
            yield Step(
                row.rule,
                row.rule_version,
                State(row.state),
                row.due,
                statutory=row.severity in STATUTORY,
            )


def _present(numbers: Iterable[UUID | None]) -> list[UUID]:
    return sorted({number for number in numbers if number is not None})
