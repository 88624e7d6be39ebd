"""The children the plan of a case was last agreed for (barnets lov § 91, stk. 3).

Whose a goal is changes with the goal; the hændelse says whose they were when the plan was approved.
"""

import json
from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.deadlines.states import State, is_of
from dubu_plugin.store.tables import frister, haendelser

AGREED: Final = frozenset({H.BARNETS_PLAN_VEDTAGET, H.UNGEPLAN_VEDTAGET})
CHILDREN: Final = "boern"
"""The keys of the children it had goals for."""
IN_COMMON: Final = "faelles"
"""The key of the case whose plan it is, where it has goals for a sibling of that case's child."""
BASIS: Final = "grundlag"
ASKED: Final = ("PLAN-3M", "PLAN-ANB", "PLAN-STRAKS", "PLAN-TVANG", "UNGEPLAN")
"""The deadline rules that ask for a child's plan."""


def last_agreed_for(connection: sa.Connection, sag: UUID) -> Collection[UUID]:
    """Return the children the newest approved plan of a case had goals for when it was approved.

    A plan in common that was noted on the case, or is another case's, has none here.
    """
    its = haendelser.c
    rows = connection.scalars(
        sa.select(its.data).where(its.sag_id == sag, its.type.in_(AGREED)).order_by(its.seq.desc())
    )
    for data in rows:
        if (found := json.loads(data).get(CHILDREN)) is not None:
            return [UUID(one) for one in found]
    return ()


def asked_by(
    connection: sa.Connection, sag: UUID, theirs: UUID, *, own: date | None = None
) -> str | None:
    """Return what a plan was asked for by on a case, in the words of the deadline rules, where the
    plan of a sibling's case was the answer; None where it was not, or the case has one of its own
    since.

    :param theirs: the sibling's case.
    :param own: the Danish day of the newest of its own.
    """
    its, asked, met = frister.c, haendelser.alias(), haendelser.alias()
    rows = connection.execute(
        sa.select(
            asked.c.data.label("asked"), met.c.data.label("met"), asked.c.occurred_at.label("at")
        )
        .select_from(frister)
        .join(asked, asked.c.id == its.anchor_id)
        .join(met, met.c.id == its.ended_by)
        .where(
            its.sag_id == sag,
            its.state == State.OPFYLDT,
            sa.or_(*(is_of(rule) for rule in ASKED)),
        )
        .order_by(met.c.seq.desc())
    )
    for row in rows:
        if json.loads(row.met).get(IN_COMMON) == str(theirs):
            if own is not None and danish_day(row.at) <= own:
                return None
            found: str | None = json.loads(row.asked).get(BASIS)
            return found
    return None
