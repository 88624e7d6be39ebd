"""A plan or a step somebody changes: found, entered by its case, and counted up afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dubu_plugin.aktiviteter.plan import Plan
from dubu_plugin.aktiviteter.states import PlanState, StepState
from dubu_plugin.domain.access import Act, Asker, Role
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.aktivitet import aktiviteter, plan_versions
from dubu_plugin.store.aktivitet.aktiviteter import PlanPlace
from dubu_plugin.store.aktivitet.plan_steps import Step, recount, steps_of
from dubu_plugin.store.transaction import Recorded, Work
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.means import Means


class PlanEnded(CaseworkError):
    """The plan is finished, replaced or annulled."""

    danish = "Planen er afsluttet, så der kan ikke ændres i den. Læg en ny, hvis I mangler den."


class StepEnded(CaseworkError):
    """The step is not open; somebody may have been quicker."""

    danish = "Trinnet er ikke åbent længere. Genindlæs siden for at se, hvordan det står nu."


class StatutoryDate(CaseworkError):
    """The step's date is a deadline of the law."""

    danish = (
        "Datoen er en frist i loven. Trinnet bliver færdigt af sig selv, når det er gjort, og det "
        "kan ikke flyttes, vælges fra eller sættes af i hånden."
    )


@dataclass(frozen=True, slots=True)
class OnPlan:
    """A plan somebody may change, inside the transaction of the change."""

    work: Work
    place: PlanPlace
    plan: Plan | None
    """The version the case was given; None where nobody kept it."""

    def happened(self, what: Haendelse, **data: str | None) -> Recorded:
        """Record the change on the case."""
        return self.work.happened(
            what,
            sag=self.place.sag,
            underretning=self.place.underretning,
            person=self.place.person,
            data={"plan": self.place.code, **data},
        )

    def count(self, by: Recorded) -> None:
        """Keep on the plan what its line shows now."""
        recount(self.work.connection, [self.place.plan], at=self.work.now, by=by.id)

    def step(self, number: UUID, *allowed: StepState) -> Step:
        """Return a step of the plan in one of these states.

        :raises StepEnded: it is in another.
        :raises StatutoryDate: its date is a deadline's, so it is not a person's to change.
        """
        found = steps_of(self.work.connection, [self.place.plan]).get(self.place.plan, ())
        step = next((one for one in found if one.id == number), None)
        if step is None or step.state not in allowed:
            raise StepEnded
        if step.frist:
            raise StatutoryDate
        return step


@contextmanager
def on_step(step: UUID, *, product: Means, asker: Asker, now: datetime) -> Iterator[OnPlan]:
    """Open the transaction of a change of one step. See `on_plan`."""
    with product.store.read() as connection:
        place = aktiviteter.place_of_step(connection, step)
    with _entered(place, product, asker, now) as found:
        yield found


@contextmanager
def on_plan(plan: UUID, *, product: Means, asker: Asker, now: datetime) -> Iterator[OnPlan]:
    """Open the transaction of a change of a plan, for who may write on what it hangs on.

    :raises NotYours: the policy says no, or there is no such plan.
    :raises PlanEnded: it does not run.
    """
    with product.store.read() as connection:
        place = aktiviteter.place_of_plan(connection, plan)
    with _entered(place, product, asker, now) as found:
        yield found


@contextmanager
def _entered(
    place: PlanPlace | None, product: Means, asker: Asker, now: datetime
) -> Iterator[OnPlan]:
    if place is None:
        raise NotYours
    with _writing(place, product, asker, now) as work:
        fresh = aktiviteter.place_of_plan(work.connection, place.plan)
        if fresh is None or fresh.state is not PlanState.I_GANG:
            raise PlanEnded
        given = plan_versions.given(work.connection, product.store.plans, fresh.code, fresh.version)
        yield OnPlan(work, fresh, given)


@contextmanager
def _writing(place: PlanPlace, product: Means, asker: Asker, now: datetime) -> Iterator[Work]:
    """Enter by the same door as the plan's line is seen through."""
    if place.underretning is not None:
        with acting(
            product.store, asker, Act.WRITE, "underretning", place.underretning, now=now
        ) as work:
            yield work
    elif place.sag is not None:
        with acting(product.store, asker, Act.WRITE, "sag", place.sag, now=now) as work:
            yield work
    else:
        if not may_lead(asker, place.unit):
            raise NotYours
        with product.store.write(actor=asker.key, now=now) as work:
            yield work


def may_lead(asker: Asker, unit: str | None) -> bool:
    """Tell whether a unit's own plan is this one's to change: its leader's."""
    return Role.TEAM_LEADER in asker.roles and unit in {asker.unit, *asker.units_below}
