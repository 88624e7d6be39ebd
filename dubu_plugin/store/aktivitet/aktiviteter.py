"""What is read of the plans of a case, with their steps. The one line of each is `plan_lines`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.aktiviteter.states import PlanState, StepState
from dubu_plugin.store.aktivitet.plan_steps import Step, steps_of
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import (
    aktiviteter,
    aktivitetsplaner,
)

# Written out, and not a parameter: the indexes of running plans are ones of this condition.
RUNNING: Final = aktivitetsplaner.c.state == sa.literal(
    PlanState.I_GANG.value, literal_execute=True
)


@dataclass(frozen=True, slots=True)
class CasePlan:
    """A plan on a case, with its steps."""

    id: UUID
    code: str
    version: str
    title: str
    state: PlanState
    started_at: datetime
    underretning: UUID | None
    done: int
    total: int
    next_id: UUID | None
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """Where a plan hangs."""

    plan: UUID
    code: str
    version: str
    state: PlanState
    started_at: datetime
    sag: UUID | None
    underretning: UUID | None
    person: UUID | None
    unit: str | None


def plans_of_case(connection: sa.Connection, sag: UUID) -> Sequence[CasePlan]:
    """Return the plans of a case with their steps, the running ones first."""
    return _with_steps(connection, aktivitetsplaner.c.sag_id == sag)


def plans_of_unit(connection: sa.Connection, unit: str) -> Sequence[CasePlan]:
    """Return a unit's own plans, which are on no case."""
    p = aktivitetsplaner
    on_nothing = sa.and_(p.c.sag_id.is_(None), p.c.underretning_id.is_(None))
    return _with_steps(connection, sa.and_(p.c.unit == unit, on_nothing))


def place_of_step(connection: sa.Connection, step: UUID) -> PlanPlace | None:
    """Return where the plan of a step hangs, or None where there is no such step."""
    found = connection.scalar(sa.select(aktiviteter.c.plan_id).where(aktiviteter.c.id == step))
    return None if found is None else place_of_plan(connection, found)


def place_of_plan(connection: sa.Connection, plan: UUID) -> PlanPlace | None:
    """Return where a plan hangs, or None where there is no such plan."""
    p = aktivitetsplaner
    row = connection.execute(sa.select(p).where(p.c.id == plan)).one_or_none()
    if row is None:
        return None
    return PlanPlace(
        row.id,
        row.plan,
        row.version,
        PlanState(row.state),
        row.started_at,
        row.sag_id,
        row.underretning_id,
        row.person_id,
        row.unit,
    )


def open_steps(connection: sa.Connection, sag: UUID) -> Sequence[Step]:
    """Return what is still to be done in the plans of a case; for whoever closes it."""
    plans = connection.scalars(
        sa.select(aktivitetsplaner.c.id).where(RUNNING, aktivitetsplaner.c.sag_id == sag)
    ).all()
    found = steps_of(connection, plans, (StepState.AABEN,))
    return [step for steps in found.values() for step in steps]


def _with_steps(connection: sa.Connection, which: sa.ColumnElement[bool]) -> Sequence[CasePlan]:
    p = aktivitetsplaner
    rows = connection.execute(
        sa.select(p).where(which).order_by(last_where(sa.not_(RUNNING)), p.c.started_at.desc())
    ).all()
    steps = steps_of(connection, [row.id for row in rows])
    return [
        CasePlan(
            row.id,
            row.plan,
            row.version,
            row.title,
            PlanState(row.state),
            row.started_at,
            row.underretning_id,
            row.done,
            row.total,
            row.next_id,
            steps.get(row.id, ()),
        )
        for row in rows
    ]
