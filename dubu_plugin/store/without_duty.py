"""Cases that are worked on and have not one duty standing: between two chairs, nobody is reminded.

Source: barnets lov § 156, stk. 2, on following each case.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker, Role
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.due_query import teams_of
from dubu_plugin.store.sager import CLOSED
from dubu_plugin.store.tables import employees, frister, personer, sager, underretninger

MOST: Final = 100
"""So many are listed."""


@dataclass(frozen=True, slots=True)
class WithoutDuty:
    """A case without a duty."""

    sag: UUID
    step: str
    opened_at: datetime
    child_name: str | None = field(repr=False)
    responsible: str | None


def without_duty(connection: sa.Connection, who: Asker) -> Sequence[WithoutDuty]:
    """Return them, the oldest first: a leader's whole team's, else one's own and those
    in the unit that nobody has."""
    one = underretninger.alias()
    stands = sa.or_(
        sa.exists().where(frister.c.sag_id == sager.c.id, frister.c.state == State.AABEN),
        sa.exists()
        .where(one.c.sag_id == sager.c.id)
        .where(frister.c.underretning_id == one.c.id, frister.c.state == State.AABEN),
    )
    mine = (
        sager.c.unit.in_(teams_of(who))
        if Role.TEAM_LEADER in who.roles
        else sa.or_(
            sager.c.responsible == who.key,
            sa.and_(sager.c.responsible.is_(None), sager.c.unit == who.unit),
        )
    )
    rows = connection.execute(
        sa.select(
            sager.c.id, sager.c.step, sager.c.opened_at, personer.c.name,
            employees.c.name.label("responsible_name"),
        )
        .select_from(
            sager.join(personer, personer.c.id == sager.c.child_id).outerjoin(
                employees, employees.c.key == sager.c.responsible
            )
        )
        .where(sager.c.phase != CLOSED, mine, ~stands, visible_sager(who, Act.SEARCH))
        .order_by(sager.c.opened_at, sager.c.id)
        .limit(MOST)
    )  # fmt: skip
    return [WithoutDuty(*row) for row in rows]
