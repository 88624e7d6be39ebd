"""The children the plan of a case was last agreed for (barnets lov § 91, stk. 3).

Whose a goal is changes with the goal; the hændelse says whose they were when the plan was approved.
"""

import json
from collections.abc import Collection
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.tables import haendelser

AGREED: Final = frozenset({H.BARNETS_PLAN_VEDTAGET, H.UNGEPLAN_VEDTAGET})
CHILDREN: Final = "boern"
"""The keys of the children it had goals for."""


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
