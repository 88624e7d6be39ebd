"""Give a step of a plan another day."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.aktiviteter.states import StepState
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.tables import aktiviteter
from dubu_plugin.usecases.aktivitet.on_plan import on_step
from dubu_plugin.usecases.means import Means


class DayPassed(CaseworkError):
    """What is to be done cannot be given a day that is over."""

    danish = "Vælg en dag, der ikke er gået: i dag eller senere."


def move_step(step: UUID, day: date, *, product: Means, asker: Asker, now: datetime) -> None:
    """Move a step to a day; the plan no longer moves it by itself.

    :raises DayPassed: the day is over.
    :raises StepEnded, StatutoryDate, PlanEnded, NotYours: see `on_plan`.
    """
    if day < danish_day(now):
        raise DayPassed
    with on_step(step, product=product, asker=asker, now=now) as it:
        found = it.step(step, StepState.AABEN)
        moved = it.happened(
            Haendelse.AKTIVITET_FLYTTET,
            aktivitet=str(found.id),
            type=found.activity,
            fra=danish_day(found.due).isoformat() if found.due else None,
            til=day.isoformat(),
        )
        it.work.connection.execute(
            sa.update(aktiviteter)
            .where(aktiviteter.c.id == found.id)
            .values(due=end_of_day(day), moved=True)
        )
        it.count(moved)
