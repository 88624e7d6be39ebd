"""A reminder somebody changes, inside the transaction of the change."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker, decide
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import access
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.min_dag.erindringer import Erindring, ErindringState, Whom
from dubu_plugin.store.staff import colleagues, stand_in
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.means import Means


class ErindringDone(CaseworkError):
    """It is done already."""

    danish = "Erindringen er allerede klaret."


class DayOver(CaseworkError):
    """A reminder cannot be for a day that is over."""

    danish = "Vælg en dag, der ikke er gået: i dag eller senere."


class NobodyThere(CaseworkError):
    """There is no such employee or unit, or nobody works there."""

    danish = "Vælg en kollega eller et team, der er her nu."


class NotThatColleague(CaseworkError):
    """The colleague may not see the case the reminder is on."""

    danish = "Den kollega kan ikke få en erindring på denne sag. Vælg en anden."


class NotThatTeam(CaseworkError):
    """Nobody of the team may see the case the reminder is on, so it would be shown to nobody."""

    danish = (
        "Ingen i det team kan åbne sagen, så ingen ville se erindringen. Vælg et andet team eller "
        "en kollega, eller giv sagen til teamet først."
    )


@contextmanager
def writing(sag: UUID | None, *, product: Means, asker: Asker, now: datetime) -> Iterator[Work]:
    """Open the transaction of a reminder, on a case somebody may read or on none.

    :raises NotYours: the policy says no, or there is no such case.
    """
    if sag is not None:
        with acting(product.store, asker, Act.READ, "sag", sag, now=now) as work:
            yield work
    else:
        with product.store.write(actor=asker.key, now=now) as work:
            yield work


@contextmanager
def changing(
    number: UUID, *, product: Means, asker: Asker, now: datetime
) -> Iterator[tuple[Work, Erindring]]:
    """Open the transaction of a change of a reminder that is one's own to change.

    :raises NotYours: it is somebody else's, or there is none.
    :raises ErindringDone: it is done.
    """
    with product.store.read() as connection:
        found = erindringer.by_id(connection, number)
    if found is None or not erindringer.is_for(found, asker):
        raise NotYours
    with writing(found.sag, product=product, asker=asker, now=now) as work:
        fresh = erindringer.by_id(work.connection, number)
        if fresh is None or not erindringer.is_for(fresh, asker):
            raise NotYours
        if fresh.state is not ErindringState.AABEN:
            raise ErindringDone
        yield work, fresh


def insist_on_day(day: date, now: datetime) -> None:
    """Refuse a day that is over.

    :raises DayOver: it is.
    """
    if day < danish_day(now):
        raise DayOver


def insist_on_whom(work: Work, whom: Whom, sag: UUID | None) -> None:
    """Refuse somebody who is not there, or who may not see the case.

    :raises NobodyThere, NotThatColleague, NotThatTeam: see there.
    """
    if whom.employee is None:
        if whom.unit is None or stand_in(work.connection, whom.unit) is None:
            raise NobodyThere
        team = colleagues(work.connection, whom.unit)
        if sag is not None and not any(_sees(work, access.asker(work.connection, one.key), sag)
                                       for one in team):  # fmt: skip
            raise NotThatTeam
        return
    colleague = access.asker(work.connection, whom.employee)
    if colleague is None:
        raise NobodyThere
    if sag is not None and not _sees(work, colleague, sag):
        raise NotThatColleague


def _sees(work: Work, who: Asker | None, sag: UUID) -> bool:
    found = access.subject(work.connection, who, "sag", sag) if who else None
    return who is not None and found is not None and bool(decide(who, Act.READ, found))
