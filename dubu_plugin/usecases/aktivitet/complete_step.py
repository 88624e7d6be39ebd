"""Mark a step of a plan done by hand, where no hændelse does it."""

from datetime import datetime
from uuid import UUID

from dubu_plugin.aktiviteter.states import StepState
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.aktivitet.plan_steps import again, mark_done
from dubu_plugin.usecases.aktivitet.noted_as import MustBeNoted, notable, noted_as
from dubu_plugin.usecases.aktivitet.on_plan import on_step
from dubu_plugin.usecases.means import Means


def complete_step(step: UUID, *, product: Means, asker: Asker, now: datetime) -> None:
    """Mark a step done now. One that was declined can be done all the same.

    :raises MustBeNoted: it is something that is noted on the case, and is done by that.
    :raises StepEnded, StatutoryDate, PlanEnded, NotYours: see `on_plan`.
    """
    with on_step(step, product=product, asker=asker, now=now) as it:
        found = it.step(step, StepState.AABEN, StepState.FRAVALGT)
        can_be = notable(it.work.rules, now) if it.place.sag is not None else frozenset()
        choices = noted_as(found, it.plan, product.store.plans, can_be)
        if choices:
            raise MustBeNoted(choices)
        done = it.happened(
            Haendelse.AKTIVITET_UDFOERT, aktivitet=str(found.id), type=found.activity
        )
        mark_done(it.work.connection, found, at=now, by=done.id)
        if it.plan is not None:
            again(it.work.connection, it.plan, it.place.plan, found, at=now)
        it.count(done)
