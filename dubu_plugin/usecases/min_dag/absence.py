"""Say that somebody is away, and who sees their urgent lines; or that they are back."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import access
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.min_dag import fravaer, stand_ins
from dubu_plugin.store.tables import employees
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.frist.standing import Stored

LONGEST: Final = timedelta(days=366)


class WrongDays(CaseworkError):
    """It is over before it begins, or is over already."""

    danish = "Vælg en sidste dag, der ikke er gået og ikke ligger før den første."


class TooLong(CaseworkError):
    """More than a year at a time: then somebody else should have the cases."""

    danish = "Vælg højst et år. Er du væk længere, skal sagerne gives til en anden."


class NotAStandIn(CaseworkError):
    """The substitute is none of those `stand_ins.choice` offers."""

    danish = (
        "Vælg en kollega i samme team eller en leder over teamet. For en leder kan det også være "
        "en i enhederne under, og er der ingen leder over, en anden leder."
    )


class StandInAway(CaseworkError):
    """The substitute is away in those days."""

    danish = "{name} er også væk {days}. Vælg en anden."

    def __init__(self, name: str, days: str) -> None:
        super().__init__("the substitute is away")
        self.name = name
        self.days = days


class Overlaps(CaseworkError):
    """There is an absence in those days already."""

    danish = "Der er allerede fravær i de dage. Afslut det først, eller vælg andre dage."


class EndedAlready(CaseworkError):
    """There is no such absence any longer, or it is not one's own to end: the two look the same."""

    danish = "Fraværet er slut. Vis siden igen for at se, hvordan det står nu."


def set_absence(
    employee: str,
    first: date,
    last: date,
    stand_in: str | None,
    *,
    product: Stored,
    asker: Asker,
    now: datetime,
) -> UUID:
    """Keep an absence, and return its number. It ends by itself after its last day.

    :param stand_in: None leaves the urgent lines to the leader.
    :raises NotYours: it is neither one's own nor that of somebody one leads.
    :raises WrongDays, TooLong, Overlaps, NotAStandIn, StandInAway: see there.
    """
    today = danish.danish_day(now)
    if last < first or last < today:
        raise WrongDays
    if last - first > LONGEST:
        raise TooLong
    with product.store.write(actor=asker.key, now=now) as work:
        _insist_on_employee(work, employee, asker)
        if stand_in is not None:
            _insist_on_stand_in(work, employee, stand_in)
            _insist_on_present(work, stand_in, first, last, today)
        for other in fravaer.of_employee(work.connection, employee, today):
            if other.first <= last and first <= other.last:
                raise Overlaps
        return fravaer.add(work, employee, first, last, stand_in)


def end_absence(number: UUID, *, product: Stored, asker: Asker, now: datetime) -> None:
    """End an absence now.

    :raises EndedAlready: it has ended, or is neither one's own nor that of somebody one leads.
    """
    with product.store.write(actor=asker.key, now=now) as work:
        found = fravaer.by_id(work.connection, number)
        try:
            if found is None:
                raise EndedAlready
            _insist_on_employee(work, found.employee, asker)
        except NotYours:
            raise EndedAlready from None
        fravaer.end(work, number)


def leads(asker: Asker, unit: str | None) -> bool:
    """Tell whether somebody leads a unit."""
    if Role.TEAM_LEADER not in asker.roles or unit is None:
        return False
    return unit == asker.unit or unit in asker.units_below


def _insist_on_employee(work: Work, employee: str, asker: Asker) -> None:
    """Refuse somebody whose absence is not one's own to set."""
    row = work.connection.execute(
        sa.select(employees.c.unit).where(employees.c.key == employee, employees.c.active)
    ).one_or_none()
    if row is None or not (employee == asker.key or leads(asker, row.unit)):
        raise NotYours


def _insist_on_stand_in(work: Work, employee: str, stand_in: str) -> None:
    away = access.asker(work.connection, employee)
    offered = stand_ins.choice(work.connection, away).people if away is not None else ()
    if stand_in not in {one.key for one in offered}:
        raise NotAStandIn


def _insist_on_present(work: Work, stand_in: str, first: date, last: date, today: date) -> None:
    for other in fravaer.of_employee(work.connection, stand_in, today):
        if other.first <= last and first <= other.last:
            begin, end = danish.list_date(other.first, today), danish.list_date(other.last, today)
            raise StandInAway(other.name, begin if begin == end else f"{begin} – {end}")
