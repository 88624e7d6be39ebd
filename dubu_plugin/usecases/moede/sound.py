"""What a meeting must be like to be booked, and what people read where it is not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.moede import Hvornaar
from dubu_plugin.errors import CaseworkError, FieldsRefused
from dubu_plugin.store.inddragelse.moeder import LONGEST
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.tables import personer, sager

LONGEST_MEETING: Final = timedelta(hours=12)
FARTHEST: Final = timedelta(days=3 * 365)
MOST_GUESTS: Final = 30

ADDRESS: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
CPR: Final = re.compile(r"(?<!\d)\d{6}[\s-]?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to invite."""

    name: str = field(repr=False)
    email: str | None = field(default=None, repr=False)


class NotSound(FieldsRefused):
    """The meeting cannot be held as it is written."""

    danish = "Mødet er ikke gemt. Ret felterne, og gem igen."


class NotOn(CaseworkError):
    """The meeting is cancelled already."""

    danish = "Mødet er allerede aflyst. Book et nyt møde."


def insist_on_open(connection: sa.Connection, sag: UUID) -> None:
    """Refuse a meeting on a case that is closed: nobody sees to it.

    :raises NotSound: it is closed.
    """
    if connection.scalar(sa.select(sager.c.phase).where(sager.c.id == sag)) == CLOSED:
        raise NotSound({"form": "Sagen er lukket. Åbn den igen, før du aftaler et møde på den."})


def sound_when(when: Hvornaar, now: datetime) -> Hvornaar:
    """Return when and where, to the minute.

    :raises NotSound: it ends before it begins, has been, or says who it is about.
    """
    wrong = {}
    starts, ends = (one.replace(second=0, microsecond=0) for one in (when.starts, when.ends))
    place = " ".join((when.place or "").split()) or None
    if starts < now:
        wrong["fra"] = "Mødet skal ligge frem i tiden. Vælg en anden dag eller et andet tidspunkt."
    elif starts > now + FARTHEST:
        wrong["fra"] = "Mødet ligger mere end tre år ude i fremtiden. Se efter, om året er rigtigt."
    if not timedelta() < ends - starts <= LONGEST_MEETING:
        wrong["til"] = "Mødet skal slutte, efter at det begynder, og vare højst 12 timer."
    if place and len(place) > LONGEST:
        wrong["sted"] = f"Skriv stedet med højst {LONGEST} tegn."
    elif place and CPR.search(place):
        wrong["sted"] = "Skriv ikke et CPR-nummer i stedet. Det bliver sendt ud af huset."
    if wrong:
        raise NotSound(wrong)
    return replace(when, starts=starts, ends=ends, place=place)


def tells_nobody(connection: sa.Connection, sag: UUID, place: str | None) -> None:
    """Refuse a place that names the child of the case: it goes into calendars and invitations.

    :raises NotSound: its first name stands there, and another of its names.
    """
    name = connection.scalar(
        sa.select(personer.c.name)
        .join(sager, sager.c.child_id == personer.c.id)
        .where(sager.c.id == sag)
    )
    first, *others = _words(name or "") or [""]
    said = set(_words(place or ""))
    if first in said and said & set(others):
        raise NotSound(
            {"sted": "Skriv ikke barnets navn i stedet. Det kommer i kalenderen og indkaldelsen."}
        )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def sound_guests(guests: Sequence[Guest]) -> list[Guest]:
    """Return who is invited, each address once.

    :raises NotSound: an address is none, or there are too many.
    """
    found: dict[str, Guest] = {}
    for number, one in enumerate(guests):
        email = (one.email or "").strip().lower() or None
        name = " ".join(one.name.split())[:LONGEST] or (email or "")
        if email is not None and (len(email) > LONGEST or not ADDRESS.fullmatch(email)):
            raise NotSound({"deltagere": f"Mailadressen på linje {number + 1} kan ikke bruges."})
        if name:
            found.setdefault(email or f"{number}", Guest(name, email))
    if len(found) > MOST_GUESTS:
        raise NotSound({"deltagere": f"Indbyd højst {MOST_GUESTS} til et møde."})
    return list(found.values())
