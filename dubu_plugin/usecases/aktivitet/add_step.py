"""Put one more activity in a plan on a case."""

from datetime import date, datetime
from uuid import UUID

from dubu_plugin.aktiviteter.plan import Ansvar, Step
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.aktivitet import plan_steps
from dubu_plugin.usecases.aktivitet.move_step import DayPassed
from dubu_plugin.usecases.aktivitet.on_plan import on_plan
from dubu_plugin.usecases.means import Means

LONGEST = 80


class NoSuchActivity(CaseworkError):
    """The catalogue has no activity of that code."""

    danish = "Vælg en aktivitet fra kataloget."


def add_step(
    plan: UUID,
    activity: str,
    day: date | None,
    *,
    title: str = "",
    role: Ansvar = Ansvar.SAGSBEHANDLER,
    product: Means,
    asker: Asker,
    now: datetime,
) -> UUID:
    """Add an activity of the catalogue, and return its number.

    :param day: None where it has no day of its own.
    :param title: what it is called here, where the catalogue's title says too little.
    :raises NoSuchActivity: the catalogue has none of that code.
    :raises DayPassed: the day is over.
    :raises PlanEnded, NotYours: see `on_plan`.
    """
    kind = product.store.plans.types.get(activity)
    if kind is None:
        raise NoSuchActivity
    if day is not None and day < danish_day(now):
        raise DayPassed
    step = Step(
        key="",
        activity=kind.code,
        title=(title.strip() or kind.title)[:LONGEST],
        role=role,
        lovpligtig=kind.lovpligtig,
    )
    with on_plan(plan, product=product, asker=asker, now=now) as it:
        number = plan_steps.add_step(
            it.work.connection, plan, step, end_of_day(day) if day else None
        )
        added = it.happened(Haendelse.AKTIVITET_TILFOEJET, aktivitet=str(number), type=kind.code)
        it.count(added)
    return number
