"""The question for the steps of some plans, each with the open deadline it names.

It is asked at every hændelse, so it is put into words once.
"""

from typing import Final

import sqlalchemy as sa

from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import aktiviteter, aktivitetsplaner, frister

AABEN: Final = "aaben"
"""The state of a deadline that runs."""


def _running(plans: sa.BindParameter[object]) -> sa.Subquery:
    """Return the first day and the number of each rule's open deadlines on some plans.

    They are found by what the plan is on, never by their rule: a municipality has thousands of a
    rule.
    """
    p, f = aktivitetsplaner, frister
    on_case = p.c.underretning_id.is_(None)
    ways = (
        f.c.underretning_id == p.c.underretning_id,
        sa.and_(on_case, f.c.sag_id == p.c.sag_id),
        # A deadline that hangs on the child, such as one of an age, may be on no case.
        sa.and_(on_case, f.c.sag_id.is_(None), f.c.person_id == p.c.person_id),
    )
    each = sa.union_all(
        *(
            sa.select(p.c.id.label("plan_id"), f.c.rule, f.c.due)
            .select_from(p.join(f, way))
            .where(p.c.id.in_(plans), f.c.state == AABEN)
            for way in ways
        )
    ).subquery()
    return (
        sa.select(
            each.c.plan_id,
            each.c.rule,
            sa.func.min(each.c.due).label("due"),
            sa.func.count().label("runs"),
        )
        .group_by(each.c.plan_id, each.c.rule)
        .subquery()
    )


def _steps() -> sa.Select[tuple[object, ...]]:
    a = aktiviteter
    plans = sa.bindparam("plans", expanding=True, type_=aktivitetsplaner.c.id.type)
    running = _running(plans)
    return (
        sa.select(
            a,
            sa.case((a.c.frist.is_not(None), running.c.due), else_=a.c.due).label("when"),
            running.c.runs,
        )
        .select_from(
            a.outerjoin(
                running, sa.and_(running.c.plan_id == a.c.plan_id, running.c.rule == a.c.frist)
            )
        )
        .where(a.c.plan_id.in_(plans), a.c.state.in_(sa.bindparam("states", expanding=True)))
        .order_by(
            a.c.plan_id, a.c.position, last_where(a.c.ended_at.is_(None)), a.c.ended_at, a.c.id
        )
    )


STEPS: Final = _steps()
"""Of the plans ``plans``, those in one of the states ``states``."""
