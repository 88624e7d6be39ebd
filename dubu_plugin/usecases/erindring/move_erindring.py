"""Give a reminder another day."""

from datetime import date, datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.usecases.erindring.on_erindring import changing, insist_on_day
from dubu_plugin.usecases.means import Means


def move_erindring(number: UUID, day: date, *, product: Means, asker: Asker, now: datetime) -> None:
    """Move it to a day.

    :raises DayOver, ErindringDone, NotYours: see `changing`.
    """
    insist_on_day(day, now)
    with changing(number, product=product, asker=asker, now=now) as (work, one):
        erindringer.change(work, one, day=day)
