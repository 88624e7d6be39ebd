"""Leave a step of a plan out, and say why."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.aktiviteter.states import StepState
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.tables import aktiviteter
from dubu_plugin.usecases.aktivitet.on_plan import on_step
from dubu_plugin.usecases.means import Means

LONGEST = 300


class DeclineReasonMissing(CaseworkError):
    """Nobody can see later why it was left out."""

    danish = "Skriv, hvorfor trinnet ikke skal gøres."


def decline_step(step: UUID, reason: str, *, product: Means, asker: Asker, now: datetime) -> None:
    """Decline a step. Should it happen all the same, it counts as done.

    :raises DeclineReasonMissing: no reason is given.
    :raises StepEnded, StatutoryDate, PlanEnded, NotYours: see `on_plan`.
    """
    if not reason.strip():
        raise DeclineReasonMissing
    with on_step(step, product=product, asker=asker, now=now) as it:
        found = it.step(step, StepState.AABEN)
        declined = it.happened(
            Haendelse.AKTIVITET_FRAVALGT, aktivitet=str(found.id), type=found.activity
        )
        it.work.connection.execute(
            sa.update(aktiviteter)
            .where(aktiviteter.c.id == found.id)
            .values(
                state=StepState.FRAVALGT,
                reason=reason.strip()[:LONGEST],
                ended_at=now,
                ended_by=declined.id,
            )
        )
        it.count(declined)
