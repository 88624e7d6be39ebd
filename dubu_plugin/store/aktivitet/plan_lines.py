"""Running plans as one line each: those of somebody's day, and those of a case."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.aktivitet.aktiviteter import RUNNING
from dubu_plugin.store.deadlines import is_of
from dubu_plugin.store.min_dag.due_heads import Scope
from dubu_plugin.store.min_dag.due_query import OPEN, teams_of
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

_AT_MOST: Final = sa.bindparam("at_most", type_=sa.Integer)
_TOLD: Final = (
    "id", "title", "bundle", "sag_id", "underretning_id", "person_id", "responsible", "unit",
    "done", "total", "next_id", "due",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A running plan of somebody's day: how far it is, and what is next."""

    id: UUID
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
    done: int
    total: int
    next_title: str | None
    next_frist: str | None
    """The deadline the next step has its date from."""
    due: datetime | None
    """The earliest date of a step that has its own. None where every date is a deadline's: the
    deadlines have their line already, and the plan must not add another."""

    @property
    def adds_line(self) -> bool:
        """Whether it has to be seen by itself: something in it no deadline reminds of."""
        return self.due is not None or (self.next_title is not None and self.next_frist is None)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A running plan of a case: how far it is, what is next, and what began it."""

    title: str
    done: int
    total: int
    next_title: str | None
    next_due: datetime | None
    """That of the deadline where the next step's date is one."""
    started_at: datetime
    received_at: datetime | None
    """When the underretning it is on came; None where it is on a case."""
    underretter: str | None
    """The sort of notifier of that underretning."""


def plan_lines(
    connection: sa.Connection, who: Asker, scope: Scope = Scope.MINE, *, limit: int = MOST
) -> Sequence[PlanLine]:
    """Return the running plans somebody has, or their team has, the most urgent first.

    One query. Mine are those they are responsible for, and those nobody in their unit has taken.
    """
    return [_line(row) for row in _OF_SCOPE[scope].rows(connection, who, at_most=limit)]


def lines_of_case(connection: sa.Connection, sag: UUID) -> Sequence[CaseLine]:
    """Return the running plans of a case, for whoever has been let in to it. One query."""
    rows = connection.execute(_OF_CASE, {"sag": sag, "at_most": MOST})
    return [CaseLine(*row) for row in rows]


def _of_scope(who: Asker, scope: Scope) -> sa.Select[*tuple[Any, ...]]:
    p, a = _plans(who, scope), aktiviteter
    # Who has got the underretning need not have the case, and is not led there.
    case_opens = sa.or_(p.c.underretning_id.is_(None), visible_sager(who, Act.SEARCH))
    return (
        sa.select(
            *(p.c[name] for name in _TOLD if name not in ("unit", "next_id")),
            personer.c.name,
            personer.c.born,
            personer.c.due_date,
            a.c.title.label("next_title"),
            a.c.frist.label("next_frist"),
            sa.case((case_opens, p.c.sag_id)).label("open_sag"),
        )
        .select_from(
            p.outerjoin(underretninger, underretninger.c.id == p.c.underretning_id)
            .outerjoin(sager, sager.c.id == p.c.sag_id)
            .outerjoin(personer, personer.c.id == p.c.person_id)
            .outerjoin(a, a.c.id == p.c.next_id)
        )
        .where(_may_see(who, p))
        .order_by(last_where(p.c.due.is_(None)), p.c.due, p.c.id)
        .limit(_AT_MOST)
    )


def _plans(who: Asker, scope: Scope) -> sa.Subquery:
    """Select the plans of a scope, each kind off its own index and each row read once."""
    p = aktivitetsplaner
    running = sa.select(*(p.c[name] for name in _TOLD)).where(RUNNING)
    if scope is Scope.TEAM:
        return running.where(p.c.unit.in_(teams_of(who))).subquery("found")
    return sa.union_all(
        running.where(p.c.responsible == who.key),
        running.where(p.c.responsible.is_(None), p.c.unit == who.unit),
    ).subquery("found")


def _may_see(who: Asker, p: sa.Subquery) -> sa.ColumnElement[bool]:
    """Return the condition that somebody may know of what a plan hangs on."""
    on_underretning, on_sag = p.c.underretning_id.is_not(None), p.c.sag_id.is_not(None)
    return sa.or_(
        sa.and_(on_underretning, visible_underretninger(who, Act.SEARCH)),
        sa.and_(sa.not_(on_underretning), on_sag, visible_sager(who, Act.SEARCH)),
        sa.and_(sa.not_(on_underretning), sa.not_(on_sag), p.c.unit.in_(teams_of(who))),
    )


def _line(row: sa.Row[*tuple[Any, ...]]) -> PlanLine:
    (
        number, title, bundle, sag, underretning, person, responsible, done, total, due,
        name, born, termin, next_title, next_frist, open_sag,
    ) = row  # fmt: skip
    return PlanLine(
        number,
        title,
        f"{bundle}:{person or underretning or sag or number}",
        open_sag,
        underretning,
        person,
        name,
        born,
        termin,
        responsible,
        done,
        total,
        next_title,
        next_frist,
        due,
    )


def _of_case() -> sa.Select[*tuple[Any, ...]]:
    p, a, u = aktivitetsplaner, aktiviteter, underretninger
    deadline = (
        sa.select(sa.func.min(frister.c.due))
        .where(
            is_of(a.c.frist),
            OPEN,
            sa.or_(
                frister.c.underretning_id == p.c.underretning_id,
                sa.and_(p.c.underretning_id.is_(None), frister.c.sag_id == p.c.sag_id),
            ),
        )
        .scalar_subquery()
    )
    return (
        sa.select(
            p.c.title,
            p.c.done,
            p.c.total,
            a.c.title.label("next_title"),
            sa.case((a.c.frist.is_not(None), deadline), else_=a.c.due).label("next_due"),
            p.c.started_at,
            u.c.received_at,
            u.c.underretter,
        )
        .select_from(
            p.outerjoin(u, u.c.id == p.c.underretning_id).outerjoin(a, a.c.id == p.c.next_id)
        )
        .where(RUNNING, p.c.sag_id == sa.bindparam("sag", type_=sa.Uuid()))
        .order_by(last_where(p.c.due.is_(None)), p.c.due, p.c.id)
        .limit(_AT_MOST)
    )


_OF_SCOPE: Final = {scope: Prepared(partial(_of_scope, scope=scope)) for scope in Scope}
_OF_CASE: Final = _of_case()
