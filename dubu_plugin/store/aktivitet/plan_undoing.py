"""A hændelse that was noted by mistake: the plans it laid end, and the steps it did are open again.

What a person did with a plan meanwhile stays done.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.aktiviteter.states import PlanState, StepState
from dubu_plugin.store.aktivitet.plan_steps import recount
from dubu_plugin.store.tables import aktiviteter, aktivitetsplaner


def undo(connection: sa.Connection, wrong: UUID, *, by: UUID, now: datetime) -> None:
    """Let the plans of a case be as if a hændelse had not happened.

    :param by: the hændelse that takes it back.
    """
    p, step = aktivitetsplaner, aktiviteter
    done = sa.and_(step.c.ended_by == wrong, step.c.state == StepState.UDFOERT)
    touched = set(connection.scalars(sa.select(step.c.plan_id).where(done)))
    connection.execute(
        sa.update(step).where(done).values(state=StepState.AABEN, ended_at=None, ended_by=None)
    )
    ended = p.c.ended_by == wrong
    touched.update(connection.scalars(sa.select(p.c.id).where(ended)))
    connection.execute(
        sa.update(p).where(ended).values(state=PlanState.I_GANG, ended_at=None, ended_by=None)
    )
    begun = sa.and_(p.c.trigger_id == wrong, p.c.state == PlanState.I_GANG)
    touched.update(connection.scalars(sa.select(p.c.id).where(begun)))
    connection.execute(
        sa.update(p).where(begun).values(state=PlanState.BORTFALDET, ended_at=now, ended_by=by)
    )
    recount(connection, sorted(touched), at=now, by=by)
