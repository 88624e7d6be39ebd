"""Plans answer what happens: they begin, their steps are done, they end.

Runs in the transaction the hændelse is recorded in, after the deadlines have answered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.aktiviteter.plan import Plan, PlanSubject
from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.aktiviteter.states import PlanState, StepState
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.aktivitet import plan_versions
from dubu_plugin.store.aktivitet.plan_steps import (
    Step,
    again,
    drop,
    laid,
    mark_done,
    recount,
    redate,
    steps_of,
)
from dubu_plugin.store.deadlines import Happened
from dubu_plugin.store.tables import aktivitetsplaner, haendelser, sager, underretninger

LIVE: Final = (PlanState.I_GANG, PlanState.FAERDIG)
"""A finished plan can still hold a step somebody declined, and which then happens."""

MOVED: Final = frozenset({Haendelse.SAG_AENDRET_I_JOURNALEN, Haendelse.SAG_GIVET_VIDERE})
"""After these the whole case is with somebody else."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan on a case, with the version it was given."""

    id: UUID
    plan: Plan
    state: PlanState
    started_at: datetime
    underretning: UUID | None
    sag: UUID | None
    replaces: UUID | None


def react(
    connection: sa.Connection, book: PlanBook, happened: Happened, *, by: str, now: datetime
) -> None:
    """Let the plans answer a hændelse."""
    if not book.plans:
        return
    plans = plan_versions.in_use(connection, book)
    standing = _standing(connection, book, happened)
    ended, revived = _ended(connection, standing, happened)
    for number in revived:
        _catch_up(connection, book, number, happened)
    touched = [*ended, *revived]
    for one in standing:
        if one.id in ended:
            continue
        if happened.what in one.plan.corrected_by and one.started_at != happened.occurred_at:
            redate(connection, one.id, one.plan, happened.occurred_at)
            touched.append(one.id)
    alive = [one for one in standing if one.id not in ended]
    touched += _met(connection, book, alive, happened)
    for plan in _beginning(plans.values(), standing, happened):
        touched.append(_begun(connection, book, plan, happened, alive, by, now))
    recount(connection, dict.fromkeys(touched), at=happened.occurred_at, by=happened.id)


def _standing(connection: sa.Connection, book: PlanBook, happened: Happened) -> Sequence[Standing]:
    """Return the plans a hændelse may concern, kept with who has the case now."""
    if happened.underretning is None and happened.sag is None:
        return ()
    p = aktivitetsplaner
    about = [p.c.underretning_id == happened.underretning] if happened.underretning else []
    if happened.sag is not None:
        of_case = p.c.sag_id == happened.sag
        about.append(
            sa.and_(of_case, p.c.underretning_id.is_(None)) if happened.underretning else of_case
        )
    rows = connection.execute(
        sa.select(p).where(sa.or_(*about), p.c.state.in_(LIVE)).order_by(p.c.started_at, p.c.id)
    ).all()
    if not rows:
        return ()
    owner = _owner(connection, happened)
    found = []
    for row in rows:
        # What is on an underretning follows the underretning, until the whole case is moved.
        if row.underretning_id == happened.underretning or happened.what in MOVED:
            _follow(connection, row, owner)
        plan = plan_versions.given(connection, book, row.plan, row.version)
        if plan is not None:
            found.append(
                Standing(
                    row.id,
                    plan,
                    PlanState(row.state),
                    row.started_at,
                    row.underretning_id,
                    row.sag_id,
                    row.replaces,
                )
            )
    return found


def _owner(connection: sa.Connection, happened: Happened) -> Mapping[str, Any]:
    """Return whose the underretning or the case is now, and which child and case it is about."""
    on_underretning = happened.underretning is not None
    table = underretninger if on_underretning else sager
    case = table.c.sag_id if on_underretning else table.c.id
    row = connection.execute(
        sa.select(
            case.label("sag_id"),
            table.c.child_id.label("person_id"),
            table.c.responsible,
            table.c.unit,
        ).where(table.c.id == (happened.underretning or happened.sag))
    ).one_or_none()
    if row is None:
        return {}
    return {
        **row._mapping,
        "sag_id": row.sag_id or happened.sag,
        "person_id": happened.person or row.person_id,
    }


def _follow(
    connection: sa.Connection, row: sa.Row[*tuple[Any, ...]], owner: Mapping[str, Any]
) -> None:
    """Let a plan follow what it hangs on to another child, case, employee or unit."""
    changed = {
        name: value
        for name, value in owner.items()
        if row._mapping[name] != value and not (value is None and name in ("sag_id", "person_id"))
    }
    if changed:
        connection.execute(
            sa.update(aktivitetsplaner).where(aktivitetsplaner.c.id == row.id).values(**changed)
        )


def _ended(
    connection: sa.Connection, standing: Sequence[Standing], happened: Happened
) -> tuple[list[UUID], list[UUID]]:
    """End the plans this takes the ground from; a plan one of them had replaced goes on."""
    ended: list[UUID] = []
    revived: list[UUID] = []
    for one in standing:
        denied = happened.what in one.plan.applied_on and one.plan.denied(happened.data)
        if happened.what in one.plan.annulled_by or happened.what is Haendelse.SAG_LUKKET or denied:
            ended.append(one.id)
            if denied and one.replaces is not None:
                revived.append(one.replaces)
    p = aktivitetsplaner
    for numbers, state in ((ended, PlanState.BORTFALDET), (revived, PlanState.I_GANG)):
        open_again = state is PlanState.I_GANG
        if numbers:
            connection.execute(
                sa.update(p)
                .where(p.c.id.in_(numbers))
                .values(
                    state=state,
                    ended_at=None if open_again else happened.occurred_at,
                    ended_by=None if open_again else happened.id,
                )
            )
    return ended, revived


def _catch_up(connection: sa.Connection, book: PlanBook, number: UUID, happened: Happened) -> None:
    """Mark what happened while another plan stood in this one's place."""
    row = connection.execute(
        sa.select(aktivitetsplaner).where(aktivitetsplaner.c.id == number)
    ).one()
    plan = plan_versions.given(connection, book, row.plan, row.version)
    if plan is None or happened.underretning is None:
        return
    before = _done_before(connection, plan, happened)
    for step in steps_of(connection, [number], (StepState.AABEN,)).get(number, ()):
        found = [before[what] for what in _meets(book, plan, step) if what in before]
        if found:
            mark_done(connection, step, at=found[0][1], by=found[0][0])


def _met(
    connection: sa.Connection, book: PlanBook, alive: Sequence[Standing], happened: Happened
) -> list[UUID]:
    """Mark the steps this hændelse is, done: one of each activity in a plan."""
    open_steps = steps_of(
        connection, [one.id for one in alive], (StepState.AABEN, StepState.FRAVALGT)
    )
    touched = []
    for one in alive:
        seen: set[str] = set()
        for step in open_steps.get(one.id, ()):
            planned = one.plan.by_key.get(step.key)
            if step.is_open and planned and planned.dropped_by(happened.what, happened.data):
                drop(connection, step, at=happened.occurred_at, by=happened.id)
                touched.append(one.id)
                continue
            if step.activity in seen or happened.what not in _meets(book, one.plan, step):
                continue
            seen.add(step.activity)
            mark_done(connection, step, at=happened.occurred_at, by=happened.id)
            again(connection, one.plan, one.id, step, at=happened.occurred_at)
            touched.append(one.id)
    return touched


def _meets(book: PlanBook, plan: Plan, step: Step) -> frozenset[Haendelse]:
    planned = plan.by_key.get(step.key)
    if planned is not None:
        return planned.met_by
    kind = book.types.get(step.activity)
    return kind.met_by if kind else frozenset()


def _beginning(
    plans: Iterable[Plan], standing: Sequence[Standing], happened: Happened
) -> Sequence[Plan]:
    """Return the plans that begin; of two of which one replaces the other, that one."""
    begun = [plan for plan in plans if _begins(plan, happened) and not _there(plan, standing)]
    replaced = {code for plan in begun for code in plan.replaces}
    return [plan for plan in begun if plan.code not in replaced]


def _begins(plan: Plan, happened: Happened) -> bool:
    subject = happened.underretning if plan.subject is PlanSubject.UNDERRETNING else happened.sag
    return happened.what in plan.applied_on and subject is not None and plan.applies(happened.data)


def _there(plan: Plan, standing: Iterable[Standing]) -> bool:
    """Tell whether the plan is there already, or a plan that has taken its place.

    On an underretning once is enough; a case may have the same plan again when it was finished.
    """
    for one in standing:
        again = one.state is PlanState.FAERDIG and plan.subject is PlanSubject.SAG
        if not again and (one.plan.code == plan.code or plan.code in one.plan.replaces):
            return True
    return False


def _begun(
    connection: sa.Connection,
    book: PlanBook,
    plan: Plan,
    happened: Happened,
    alive: Sequence[Standing],
    by: str,
    now: datetime,
) -> UUID:
    on_underretning = plan.subject is PlanSubject.UNDERRETNING
    owner = _owner(connection, happened)
    before = _done_before(connection, plan, happened) if on_underretning else {}
    replaced = [one for one in alive if one.plan.code in plan.replaces]
    for one in replaced:
        connection.execute(
            sa.update(aktivitetsplaner)
            .where(aktivitetsplaner.c.id == one.id)
            .values(state=PlanState.AFLOEST, ended_at=happened.occurred_at, ended_by=happened.id)
        )
    begins = plan.starts_at(happened.occurred_at, happened.data)
    started = replaced[0].started_at if replaced else begins
    return laid(
        connection,
        book,
        plan,
        trigger=happened.id,
        started_at=started,
        underretning=happened.underretning if on_underretning else None,
        owner={"responsible": happened.responsible, "unit": happened.unit}
        | {name: value for name, value in owner.items() if value is not None},
        done={happened.what: (happened.id, happened.occurred_at), **before},
        replaces=replaced[0].id if replaced else None,
        by=by,
        now=now,
    )


def _done_before(
    connection: sa.Connection, plan: Plan, happened: Happened
) -> Mapping[Haendelse, tuple[UUID, datetime]]:
    """Return what was recorded earlier on the underretning that is a step of the plan."""
    wanted = {what for step in plan.steps for what in step.met_by}
    rows = connection.execute(
        sa.select(haendelser.c.id, haendelser.c.type, haendelser.c.occurred_at)
        .where(haendelser.c.underretning_id == happened.underretning, haendelser.c.type.in_(wanted))
        .order_by(haendelser.c.seq)
    )
    return {Haendelse(row.type): (row.id, row.occurred_at) for row in rows}


__all__ = ["Standing", "react"]
