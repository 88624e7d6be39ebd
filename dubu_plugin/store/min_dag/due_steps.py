"""The deadlines a line of Min dag is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.frister.rule import Severity
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.min_dag.day_heads import DayHead
from dubu_plugin.store.min_dag.due_query import STATUTORY


@dataclass(frozen=True, slots=True)
class Step:
    """One deadline of a line."""

    rule: str
    version: date
    state: State
    due: datetime | None
    statutory: bool = field(default=True, kw_only=True)
    """The law asks for it, and not the house."""
    at_once: bool = field(default=False, kw_only=True)
    """It is about danger or liberty: without a date it has to be done at once."""
    severity: Severity = field(default=Severity.LOV, kw_only=True)
    explained: bool = field(default=False, kw_only=True)
    """It is written why it was not kept."""


def in_order(steps: Sequence[Step], head: DayHead) -> Sequence[Step]:
    """Return the steps with the one first that the line stands there for."""
    if head.due is not None:
        return steps
    return sorted(
        steps,
        key=lambda step: (
            step.state != State.AABEN,
            step.due is not None,
            not step.at_once,
            not step.statutory,
        ),
    )


def running(rows: Iterable[sa.Row[*tuple[Any, ...]]]) -> Sequence[Step]:
    """Return the open ones first, then those met on the same underretning or case.

    :param rows: of one line, in the order of their dates.
    """
    some = sorted(rows, key=lambda row: row.state != State.AABEN)
    open_on = {_place(row) for row in some if row.state == State.AABEN}
    return [
        Step(
            row.rule,
            row.rule_version,
            State(row.state),
            row.due,
            statutory=row.severity in STATUTORY,
            at_once=row.severity == Severity.AKUT,
            severity=Severity(row.severity),
            explained=bool(row.explained),
        )
        for row in some
        if _place(row) in open_on
    ]


def _place(row: sa.Row[*tuple[Any, ...]]) -> tuple[UUID | None, UUID | None]:
    return row.underretning_id, row.underretning_id or row.sag_id
