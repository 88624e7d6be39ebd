"""Set a reminder for oneself, a colleague or a team."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import access
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.min_dag.erindringer import Whom
from dubu_plugin.usecases.erindring.on_erindring import insist_on_day, insist_on_whom, writing
from dubu_plugin.usecases.means import Means

LONGEST: Final = 500


class NoteMissing(CaseworkError):
    """A reminder of nothing."""

    danish = "Skriv, hvad der skal huskes."


class NoteTooLong(CaseworkError):
    """More than a reminder has room for."""

    danish = "Skriv det kortere: højst 500 tegn. Det lange hører til i et notat på sagen."


def set_erindring(
    note: str,
    day: date,
    *,
    whom: Whom | None = None,
    sag: UUID | None = None,
    product: Means,
    asker: Asker,
    now: datetime,
) -> UUID:
    """Set a reminder, and return its number.

    :param whom: None for oneself.
    :raises NoteMissing, NoteTooLong, DayOver, NobodyThere, NotThatColleague, NotThatTeam: see
        there.
    :raises NotYours: the policy says no, or there is no such case.
    """
    text = note.strip()
    if not text:
        raise NoteMissing
    if len(text) > LONGEST:
        raise NoteTooLong
    insist_on_day(day, now)
    to = whom or Whom(employee=asker.key)
    with writing(sag, product=product, asker=asker, now=now) as work:
        if sag is None and access.asker(work.connection, asker.key) is None:
            raise NotYours
        insist_on_whom(work, to, sag)
        return erindringer.add(work, text, day, to, sag)
