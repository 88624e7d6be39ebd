"""The plans of siblings a child has goals in: one plan for several (barnets lov § 91, stk. 3)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.maal import PLANS
from dubu_plugin.domain.skrift import OPEN, SkriftKind, SkriftState
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.plan import maal as goals_of_plans
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.prepared import Prepared
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.store.tables import (
    employees,
    maal,
    personer,
    sager,
    skrift_versioner,
    skrifter,
)

FOR_CHILDREN: Final = PLANS - {SkriftKind.FORAELDREHANDLEPLAN}


@dataclass(frozen=True, slots=True)
class Shared:
    """A plan on a sibling's case, in its newest approved version, with this child's goals."""

    skrift: UUID
    kind: SkriftKind
    sag: UUID
    """The sibling's case."""
    name: str = field(repr=False)
    """The sibling's."""
    approved: int
    is_open: bool
    """A newer version of it is written in."""
    opens: bool
    """Whether the one who asks may read the sibling's case."""
    writes: bool
    """Whether the one who asks may write on it, so that a new version can be begun."""
    is_closed: bool
    """The sibling's case is, so that nobody writes on it."""
    adviser: str = field(repr=False)
    """Who is responsible for the sibling's case; empty where nobody is, or it is protected."""
    said: Texts = field(repr=False)
    goals: Sequence[Maal] = field(repr=False)
    """The child's own goals in it, in the order of the plan."""


def shared_with(
    connection: sa.Connection, who: Asker, person: UUID, *, but: UUID
) -> Sequence[Shared]:
    """Return the plans of the siblings that stand and have a goal for a child, the newest first.

    What only a draft says is not agreed. Of each case the newest plan counts: the one before it is
    in force no more, and neither is one that an ungeplan of the child's own has come after (§ 108).

    :param who: who asks.
    :param but: the child's own case.
    """
    rows = _PLANS.rows(connection, who, person=person, but=but).all()
    if not rows:
        return ()
    said = tekster.read_several(connection, {row.plan: row.approved for row in rows})
    found: dict[UUID, Shared] = {}
    goals: dict[UUID, list[Maal]] = {}
    for row in rows:
        goal = goals_of_plans.of_row(row, said[row.plan])
        if not goal.text:
            continue
        goals.setdefault(row.plan, []).append(goal)
        found[row.plan] = Shared(
            row.plan, SkriftKind(row.kind), row.sag_id, row.name, row.approved,
            row.state in OPEN, bool(row.opens), bool(row.writes and not row.is_closed),
            bool(row.is_closed), row.adviser or "", said[row.plan], goals[row.plan],
        )  # fmt: skip
    return list(found.values())


def as_agreed(connection: sa.Connection, ids: Collection[UUID], at: datetime) -> Sequence[Maal]:
    """Return goals of any plans as they were agreed at a moment.

    :param at: what was approved later does not count.
    """
    if not ids:
        return ()
    rows = connection.execute(
        sa.select(maal, _approved(maal.c.skrift_id, at).label("approved"))
        .where(maal.c.id.in_(ids))
        .order_by(maal.c.skrift_id, maal.c.position, maal.c.id)
    ).all()
    versions: Mapping[UUID, int] = {
        row.skrift_id: row.approved for row in rows if row.approved is not None
    }
    said = tekster.read_several(connection, versions)
    return [goals_of_plans.of_row(row, said[row.skrift_id]) for row in rows if row.approved]


def _plans(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    """Return the question of the plans, a row for each of the child's goals in them."""
    its, newer, stands = skrifter.c, skrifter.alias("newer"), _approved
    person, but = (sa.bindparam(name, type_=sa.Uuid()) for name in ("person", "but"))
    replaced = sa.exists().where(
        sa.or_(
            sa.and_(newer.c.sag_id == its.sag_id, newer.c.kind.in_(FOR_CHILDREN)),
            sa.and_(newer.c.sag_id == but, newer.c.kind == SkriftKind.UNGEPLAN),
        ),
        newer.c.state != SkriftState.OPGIVET,
        newer.c.begun_at > its.begun_at,
        stands(newer.c.id).is_not(None),
    )
    return (
        sa.select(
            maal, its.id.label("plan"), its.kind, its.sag_id, its.state, personer.c.name,
            stands(its.id).label("approved"),
            sa.case((visible_sager(who, Act.READ), 1), else_=0).label("opens"),
            sa.case((visible_sager(who, Act.WRITE), 1), else_=0).label("writes"),
            sa.case((sager.c.phase == CLOSED, 1), else_=0).label("is_closed"),
            sa.case((sa.not_(sager.c.protected), employees.c.name)).label("adviser"),
        )
        .join_from(maal, skrifter, maal.c.skrift_id == its.id)
        .join(sager, sager.c.id == its.sag_id)
        .join(personer, personer.c.id == sager.c.child_id)
        .outerjoin(employees, employees.c.key == sager.c.responsible)
        .where(
            maal.c.person_id == person,
            its.sag_id != but,
            sager.c.child_id != person,
            its.kind.in_(FOR_CHILDREN),
            its.state != SkriftState.OPGIVET,
            stands(its.id).is_not(None),
            sa.not_(replaced),
        )
        .order_by(its.begun_at.desc(), its.id, maal.c.position, maal.c.id)
    )  # fmt: skip


def _approved(skrift: sa.ColumnElement[UUID], at: datetime | None = None) -> sa.ScalarSelect[Any]:
    """Return the newest approved version of a skrift, at a moment where one is given."""
    version = skrift_versioner.alias().c
    asked = sa.select(sa.func.max(version.number)).where(
        version.skrift_id == skrift, version.approved_at.is_not(None)
    )
    return (asked if at is None else asked.where(version.approved_at <= at)).scalar_subquery()


_PLANS: Final = Prepared(_plans)
