"""Say that somebody is away, and who sees their urgent lines; or that they are back."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import access, fravaer
from dubu_plugin.store.access import NotYours
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
    """The substitute must work here, do the same work, and be in the unit or lead it."""

    danish = (
        "Vælg en kollega i samme team eller en leder over teamet. De kan se sagerne i forvejen."
    )


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
    :raises WrongDays, TooLong, Overlaps, NotAStandIn: see there.
    """
    today = danish.danish_day(now)
    if last < first or last < today:
        raise WrongDays
    if last - first > LONGEST:
        raise TooLong
    with product.store.write(actor=asker.key, now=now) as work:
        unit = _insist_on_employee(work, employee, asker)
        if stand_in is not None:
            _insist_on_stand_in(work, employee, unit, stand_in)
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


def _insist_on_employee(work: Work, employee: str, asker: Asker) -> str | None:
    """Return the unit of somebody whose absence is one's own to set."""
    row = work.connection.execute(
        sa.select(employees.c.unit).where(employees.c.key == employee, employees.c.active)
    ).one_or_none()
    if row is None or not (employee == asker.key or leads(asker, row.unit)):
        raise NotYours
    unit: str | None = row.unit
    return unit


def _insist_on_stand_in(work: Work, employee: str, unit: str | None, stand_in: str) -> None:
    other = access.asker(work.connection, stand_in)
    same = other is not None and unit is not None and other.unit == unit
    works = other is not None and not other.roles.isdisjoint({Role.CASEWORKER, Role.TEAM_LEADER})
    if other is None or stand_in == employee or not works or not (same or leads(other, unit)):
        raise NotAStandIn
