"""What is read of plans: one line each for lists, and a case's plans with their steps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.aktiviteter.states import PlanState, StepState
from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.deadlines import is_of
from dubu_plugin.store.due_heads import Scope
from dubu_plugin.store.plan_steps import Step, steps_of
from dubu_plugin.store.prepared import Prepared
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import (
    aktiviteter,
    aktivitetsplaner,
    frister,
    personer,
    sager,
    underretninger,
)

MOST: Final = 500
"""So many plans of a scope are looked at."""

# Written out, and not a parameter: the indexes of running plans are ones of this condition.
RUNNING: Final = aktivitetsplaner.c.state == sa.literal(
    PlanState.I_GANG.value, literal_execute=True
)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A running plan as one line: how far it is, and what is next."""

    id: UUID
    code: str
    title: str
    bundle: str
    """As a deadline's: what is on one line for a child has the same."""
    sag: UUID | None
    underretning: UUID | None
    child: UUID | None
    child_name: str | None = field(repr=False)
    born: date | None
    termin: date | None
    responsible: str | None
    unit: str | None
    done: int
    total: int
    next_title: str | None
    next_due: datetime | None
    """That of the deadline where the next step's date is one."""
    next_frist: str | None
    next_role: str | None
    due: datetime | None
    """The earliest date of a step that has its own. None where every date is a deadline's: the
    deadlines have their line already, and the plan must not add another."""
    started_at: datetime
    received_at: datetime | None
    """When the underretning it is on came; None where it is on a case."""
    underretter: str | None
    """The sort of notifier of that underretning."""

    @property
    def adds_line(self) -> bool:
        """Whether it has to be seen by itself: something in it no deadline reminds of."""
        return self.due is not None or (self.next_title is not None and self.next_frist is None)


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


def plan_lines(
    connection: sa.Connection, who: Asker, scope: Scope = Scope.MINE, *, limit: int = MOST
) -> Sequence[PlanLine]:
    """Return the running plans somebody has, or their team has, the most urgent first.

    One query. Mine are those they are responsible for, and those nobody in their unit has taken.
    """
    return [_line(row) for row in _OF_SCOPE[scope].rows(connection, who, at_most=limit)]


def lines_of_case(connection: sa.Connection, sag: UUID) -> Sequence[PlanLine]:
    """Return the running plans of a case, for whoever has been let in to it. One query."""
    rows = connection.execute(_OF_CASE, {"sag": sag, "at_most": MOST})
    return [_line(row) for row in rows]


def _of_scope(who: Asker, scope: Scope) -> sa.Select[*tuple[Any, ...]]:
    whose = aktivitetsplaner.c.id.in_(_whose(who, scope))
    return _lines(whose, _may_see(who), visible_sager(who, Act.SEARCH))


def _lines(
    which: sa.ColumnElement[bool],
    seen: sa.ColumnElement[bool],
    case_seen: sa.ColumnElement[bool],
) -> sa.Select[*tuple[Any, ...]]:
    p, a, u = aktivitetsplaner, aktiviteter, underretninger
    deadline = (
        sa.select(sa.func.min(frister.c.due))
        .where(
            is_of(a.c.frist),
            frister.c.state == "aaben",
            sa.or_(
                frister.c.underretning_id == p.c.underretning_id,
                sa.and_(p.c.underretning_id.is_(None), frister.c.sag_id == p.c.sag_id),
            ),
        )
        .scalar_subquery()
    )
    return (
        sa.select(
            p,
            personer.c.name,
            personer.c.born,
            personer.c.due_date,
            u.c.received_at,
            u.c.underretter,
            a.c.title.label("next_title"),
            a.c.frist.label("next_frist"),
            a.c.role.label("next_role"),
            sa.case((a.c.frist.is_not(None), deadline), else_=a.c.due).label("next_due"),
            # Who has got the underretning need not have the case, and is not led there.
            sa.case((case_seen, p.c.sag_id)).label("open_sag"),
        )
        .select_from(
            p.outerjoin(u, u.c.id == p.c.underretning_id)
            .outerjoin(sager, sager.c.id == p.c.sag_id)
            .outerjoin(personer, personer.c.id == p.c.person_id)
            .outerjoin(a, a.c.id == p.c.next_id)
        )
        .where(RUNNING, which, seen)
        .order_by(last_where(p.c.due.is_(None)), p.c.due, p.c.id)
        .limit(sa.bindparam("at_most", type_=sa.Integer))
    )


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


def _whose(who: Asker, scope: Scope) -> sa.Select[UUID] | sa.CompoundSelect[UUID]:
    """Select the plans of a scope, each kind off its own index."""
    p = aktivitetsplaner
    number = sa.select(p.c.id).where(RUNNING)
    if scope is Scope.TEAM:
        units = sorted({*who.units_below, *([who.unit] if who.unit else [])})
        return number.where(p.c.unit.in_(units))
    return sa.union_all(
        number.where(p.c.responsible == who.key),
        number.where(p.c.responsible.is_(None), p.c.unit == who.unit),
    )


def _may_see(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition that somebody may know of what a plan hangs on."""
    p = aktivitetsplaner
    on_underretning, on_sag = p.c.underretning_id.is_not(None), p.c.sag_id.is_not(None)
    units = sorted({*who.units_below, *([who.unit] if who.unit else [])})
    return sa.or_(
        sa.and_(on_underretning, visible_underretninger(who, Act.SEARCH)),
        sa.and_(sa.not_(on_underretning), on_sag, visible_sager(who, Act.SEARCH)),
        sa.and_(sa.not_(on_underretning), sa.not_(on_sag), p.c.unit.in_(units)),
    )


def _line(row: sa.Row[*tuple[Any, ...]]) -> PlanLine:
    else_on = row.underretning_id or row.sag_id or row.id
    return PlanLine(
        id=row.id,
        code=row.plan,
        title=row.title,
        bundle=f"{row.bundle}:{row.person_id or else_on}",
        sag=row.open_sag,
        underretning=row.underretning_id,
        child=row.person_id,
        child_name=row.name,
        born=row.born,
        termin=row.due_date,
        responsible=row.responsible,
        unit=row.unit,
        done=row.done,
        total=row.total,
        next_title=row.next_title,
        next_due=row.next_due,
        next_frist=row.next_frist,
        next_role=row.next_role,
        due=row.due,
        started_at=row.started_at,
        received_at=row.received_at,
        underretter=row.underretter,
    )


_OF_SCOPE: Final = {scope: Prepared(partial(_of_scope, scope=scope)) for scope in Scope}
_OF_CASE: Final = _lines(
    aktivitetsplaner.c.sag_id == sa.bindparam("sag", type_=sa.Uuid()),
    sa.true(),
    sager.c.id.is_not(None),
)
