"""Write to an applicant when the answer comes: the time cannot be kept (RSL § 3, stk. 2).

The day that is told is the deadline's from when the letter is sent; the one before is kept.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from markupsafe import Markup

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.domain.svarfrister import Area, areas
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.sag import sager
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.dokument.heeded import not_heeded
from dubu_plugin.usecases.dokument.order.svarfrist import (
    Told,
    applicant,
    order_svarfrist,
    preview_svarfrist,
)
from dubu_plugin.usecases.inddragelse.parties import parties
from dubu_plugin.usecases.svarfrist.choose_area import NoApplication
from dubu_plugin.usecases.svarfrist.means import Answering
from dubu_plugin.usecases.underretning.choose_child import existing

APPLICANT: Final = "ansoegeren"
"""What the form calls the applicant as the application has them."""
FURTHEST: Final = timedelta(days=365)
LONGEST: Final = 2000
DONE: Final = (LetterState.SENDT, LetterState.UDGAAET)


class WhenRefused(FieldRefused):
    """The letter cannot say that, or not to that person."""


class AnsweredAlready(CaseworkError):
    """The application waits for nothing."""

    danish = "Ansøgningen er besvaret, så der er ingen frist at skrive om."


class OnItsWay(CaseworkError):
    """A letter that says so is written and not sent yet."""

    danish = (
        "Der ligger allerede et brev om det, som ikke er sendt. Send det først; det står på "
        "ansøgningens side."
    )


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody it can be written to."""

    key: str
    words: str = field(repr=False)
    """Their name, and what they are to the child."""
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed."""

    day: date | None
    why: str = field(repr=False)
    to: str
    """A key of `recipients`."""


def recipients(connection: sa.Connection, about: Underretning, now: datetime) -> list[Recipient]:
    """Return who it can be written to, whoever seems to have applied first."""
    today = danish_day(now)
    family = parties(connection, about.child_id, today) if about.child_id else ()
    found = [Recipient(str(one.person), f"{one.name}, {one.tie}", one.name) for one in family]
    own = applicant(connection, about.id)
    if own is not None:
        name = own.envelope.partition("\n")[0]
        if name not in {one.name for one in found}:
            found.append(Recipient(APPLICANT, f"{name}, som i ansøgningen", name))
    applied = (about.notifier_name or "").strip()
    return sorted(found, key=lambda one: one.name != applied)


def tell_when(
    underretning: UUID,
    given: Given,
    *,
    product: Answering,
    asker: Asker,
    now: datetime,
    apart_seen: bool = False,
) -> UUID:
    """Order the letter, and return its id.

    :param apart_seen: somebody has seen that it tells nothing of who is held apart, or of a hidden
        place.
    :raises NoApplication, AnsweredAlready, OnItsWay: see there.
    :raises WhenRefused: the day, the reason or who it is to cannot be.
    :raises NotYours: the policy says no, or there is no such application.
    """
    with acting(product.store, asker, Act.WRITE, "underretning", underretning, now=now) as work:
        about = existing(work, underretning)
        told = checked(work.connection, about, given, product=product, now=now)
        ours = sager.by_id(work.connection, about.sag_id) if about.sag_id else None
        wrong = not_heeded(work.connection, ours, danish_day(now), seen=apart_seen) if ours else {}
        if wrong:
            raise WhenRefused(*next(iter(wrong.items())))
        return order_svarfrist(
            work, about, told, letters=product.letters, house=product.settings.municipality
        )


def preview(
    connection: sa.Connection,
    about: Underretning,
    given: Given,
    *,
    product: Answering,
    asker: Asker,
    now: datetime,
) -> Markup:
    """Return the letter as `tell_when` would send it, and raise what that would."""
    told = checked(connection, about, given, product=product, now=now)
    return preview_svarfrist(
        connection, about, told, letters=product.letters, author=asker.key, now=now,
        house=product.settings.municipality,
    )  # fmt: skip


def checked(
    connection: sa.Connection,
    about: Underretning,
    given: Given,
    *,
    product: Answering,
    now: datetime,
) -> Told:
    """Return what is told; raises as `tell_when`."""
    waiting = svarfrister.waiting(connection, about.id)
    if about.henvendelse != "ansoegning" and not waiting:
        raise NoApplication
    if not waiting or waiting[0].due is None:
        raise AnsweredAlready
    if any(one.state not in DONE for one in svarfrister.told(connection, about.id)):
        raise OnItsWay
    people = {one.key for one in recipients(connection, about, now)}
    if given.to not in people:
        raise WhenRefused("til", "Vælg, hvem der skal have brevet.")
    before = danish_day(waiting[0].due)
    day = _day(given.day, before, danish_day(now))
    why = given.why.strip()
    if not why:
        raise WhenRefused("hvorfor", "Skriv, hvorfor svaret ikke kommer før. Det står i brevet.")
    if len(why) > LONGEST:
        raise WhenRefused("hvorfor", f"Skriv det kortere: højst {LONGEST} tegn.")
    to = None if given.to == APPLICANT else UUID(given.to)
    return Told(day, why, before, to, area_of(connection, about, product))


def area_of(connection: sa.Connection, about: Underretning, product: Answering) -> Area | None:
    """Return what an application is about, or None where nobody has said."""
    rows = svarfrister.standing(connection).rows
    known = areas(product.matters, rows, danish_day(about.received_at))
    return next((one for one in known if one.code == about.area), None)


def _day(day: date | None, before: date, today: date) -> date:
    if day is None:
        raise WhenRefused("dag", "Skriv en rigtig dato.")
    if day <= today:
        raise WhenRefused("dag", "Dagen skal ligge efter i dag. Ret datoen.")
    if day <= before:
        raise WhenRefused("dag", "Svaret kommer inden fristen, så brevet er ikke nødvendigt.")
    if day > today + FURTHEST:
        raise WhenRefused("dag", "Dagen ligger mere end et år ude. Ret datoen.")
    return day
