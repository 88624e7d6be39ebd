"""Give an underretning to the on-call unit, to another unit, or to a colleague.

Its deadlines go with it and keep their days. An ansøgning that is given on is taken on by who gets
it, so it leaves the intake queue.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import deadlines
from dubu_plugin.store.family import personer
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.store.staff import does_casework
from dubu_plugin.store.tables import employees, haendelser, units
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.underretning.choose_child import existing
from dubu_plugin.usecases.underretning.outside import see_to_case, works_on


class NobodyThere(CaseworkError):
    """There is no such unit or employee, or they have left."""

    danish = "Vælg en enhed eller en kollega, der er her nu."


class GivenMeanwhile(CaseworkError):
    """Somebody else gave it on, or took it, after the page was opened."""

    danish = (
        "En kollega har givet den videre eller selv taget den imens. Genindlæs siden, og se, hvem "
        "der har den nu."
    )


class NotThatColleague(CaseworkError):
    """The colleague may not see this one."""

    danish = "Den kollega kan ikke få netop denne. Vælg en anden."


class AlreadyTaken(CaseworkError):
    """It is no longer as it was given, or it went to one person."""

    danish = "Den er ikke længere fri at hente tilbage. Ring til dem, der har den nu."


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets it: a unit, or an employee, who has a unit."""

    unit: str | None = None
    employee: str | None = None


def hand_over(
    underretning: UUID,
    to: Receiver,
    *,
    product: Means,
    asker: Asker,
    now: datetime,
    had: Receiver | None = None,
) -> None:
    """Give an underretning and its open deadlines to somebody else.

    Given to who has it already, it stays there and nothing is recorded.

    :param had: who had it on the page that was looked at; None where the page does not say.
    :raises GivenMeanwhile: somebody else has it now than who had it on that page.
    :raises NobodyThere: there is nobody of that key.
    :raises NotThatColleague: it is about the colleague, or about one of their family.
    :raises NotYours: the policy says no, or there is no such underretning.
    """
    with acting(product.store, asker, Act.WRITE, "underretning", underretning, now=now) as work:
        about = existing(work, underretning)
        unit = _unit(work, to)
        if (about.unit, about.responsible) == (unit, to.employee) and not _is_taken_on(about):
            return
        if had is not None and had != Receiver(about.unit, about.responsible):
            raise GivenMeanwhile
        if to.employee is not None:
            _insist_on_colleague(work, about, to.employee)
        may_move = about.sag_id is not None and works_on(work, asker.key, about.sag_id)
        _give(work, about, unit, to.employee, with_case=may_move)


def hand_to_on_call(
    underretning: UUID,
    *,
    product: Means,
    asker: Asker,
    now: datetime,
    had: Receiver | None = None,
) -> None:
    """Give an underretning to the unit that looks outside office hours. See `hand_over`."""
    unit = product.settings.intake.on_call_unit
    hand_over(underretning, Receiver(unit=unit), product=product, asker=asker, now=now, had=had)


def _is_taken_on(about: Underretning) -> bool:
    """Tell whether giving it on says that somebody takes an ansøgning on, which nobody has yet."""
    return about.henvendelse is Henvendelse.ANSOEGNING and about.state == underretninger.NEW


def take_back(underretning: UUID, *, product: Means, asker: Asker, now: datetime) -> None:
    """Undo that one gave it to a unit, while nobody there has taken it.

    :raises AlreadyTaken: somebody has it now, or it has been given on.
    :raises NotYours: it was not theirs to give, it is assessed, or there is none.
    """
    with acting(product.store, asker, Act.TAKE_BACK, "underretning", underretning, now=now) as work:
        about = existing(work, underretning)
        given = last_given(work.connection, underretning)
        if about.responsible is not None or about.unit != given.get("til_enhed"):
            raise AlreadyTaken
        moved = bool(given.get("med_sag"))
        _give(work, about, str(given["fra_enhed"]), given["fra"], with_case=moved)


def last_given(connection: sa.Connection, underretning: UUID) -> dict[str, Any]:
    """Return from whom and to whom it was given last; empty where nobody gave it on."""
    found: str | None = connection.scalar(
        sa.select(haendelser.c.data)
        .where(
            haendelser.c.underretning_id == underretning,
            haendelser.c.type == Haendelse.UNDERRETNING_GIVET_VIDERE,
        )
        .order_by(haendelser.c.seq.desc())
        .limit(1)
    )
    return json.loads(found) if found else {}


def _unit(work: Work, to: Receiver) -> str:
    """Return the unit that gets it: the one that is named, else the employee's own."""
    if to.employee is not None:
        found = sa.select(employees.c.unit).where(employees.c.key == to.employee, does_casework())
    else:
        found = sa.select(units.c.key).where(units.c.key == to.unit)
    unit: str | None = work.connection.scalar(found)
    if unit is None:
        raise NobodyThere
    return unit


def _insist_on_colleague(work: Work, about: Underretning, employee: str) -> None:
    near = [about.child_id] if about.child_id else []
    near += [person for person, _, _ in underretninger.candidates_of(work.connection, about.id)]
    if any(personer.is_kept_from(work.connection, employee, person) for person in near):
        raise NotThatColleague


def _give(
    work: Work, about: Underretning, unit: str, employee: str | None, *, with_case: bool
) -> None:
    """:param with_case: whether a case nobody has goes along: only by who may work on it."""
    values: dict[str, Any] = {"unit": unit, "responsible": employee}
    application = about.henvendelse is Henvendelse.ANSOEGNING
    if application:
        values["state"] = underretninger.ALLOCATED
    # Quietly: who has it is no part of what somebody may be typing.
    underretninger.change_quietly(work.connection, about.id, **values)
    deadlines.hand_over(work.connection, underretning=about.id, responsible=employee, unit=unit)
    sag = sager.by_id(work.connection, about.sag_id) if about.sag_id else None
    free = with_case and sag is not None and sag.responsible is None
    follows = free and bool(application or employee)
    if sag is not None and follows:
        sager.change(work.connection, sag.id, unit=unit, responsible=employee)
    given = work.happened(
        Haendelse.UNDERRETNING_GIVET_VIDERE,
        sag=about.sag_id,
        underretning=about.id,
        person=about.child_id,
        responsible=employee,
        unit=unit,
        data={
            "fra_enhed": about.unit,
            "fra": about.responsible,
            "til_enhed": unit,
            "til": employee,
            "med_sag": follows,
        },
    )
    if sag is not None and follows:
        work.tell(
            "change_case",
            lane=sag_lane(sag.id),
            key=op_key(given.id, "change_case"),
            payload={"sag": str(sag.id)},
        )
    see_to_case(work, about.id)
