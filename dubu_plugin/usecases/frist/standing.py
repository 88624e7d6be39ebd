"""What every act on a deadline begins with: that it is there, and hangs on what was opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.database import Store
from dubu_plugin.store.sag.relations import SubjectKind
from dubu_plugin.store.tables import frister
from dubu_plugin.store.transaction import Recorded, Work
from dubu_plugin.usecases.acting import acting, rehearsing

LONGEST: Final = 300
"""How long a reason may be, in characters."""


class NoReason(CaseworkError):
    """A reason is asked for, and none was given."""

    danish = "Skriv hvorfor."
    field = "grund"


class TooLong(CaseworkError):
    """The reason is longer than is kept."""

    danish = f"Grunden er for lang. Skriv den med højst {LONGEST} tegn."
    field = "grund"


class IsEnded(CaseworkError):
    """Somebody has met, moved or ended the deadline meanwhile."""

    danish = "Fristen er ikke åben længere. Vis siden igen, og se, hvad der er sket."


class Stored(Protocol):
    """What an act on a deadline needs."""

    @property
    def store(self) -> Store:
        """What is remembered."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a deadline was found on: a case or an underretning. It decides who may."""

    kind: SubjectKind
    id: UUID


@contextmanager
def acting_on(
    frist: UUID, place: Place, *, product: Stored, asker: Asker, now: datetime
) -> Iterator[tuple[Work, Any]]:
    """Open the transaction of an act on a deadline, and give its row as it is.

    :raises NotYours: the policy says no, or no such deadline hangs there.
    """
    with acting(product.store, asker, Act.WRITE, place.kind, place.id, now=now) as work:
        yield work, _found(work, frist, place)


@contextmanager
def rehearsing_on(
    frist: UUID, place: Place, *, product: Stored, asker: Asker, now: datetime
) -> Iterator[tuple[Work, Any]]:
    """Open the same transaction to see what an act would lead to. Nothing of it is stored.

    :raises NotYours: the policy says no, or no such deadline hangs there.
    """
    with rehearsing(product.store, asker, Act.WRITE, place.kind, place.id, now=now) as work:
        yield work, _found(work, frist, place)


def _found(work: Work, frist: UUID, place: Place) -> Any:
    row = work.connection.execute(sa.select(frister).where(frister.c.id == frist)).one_or_none()
    on = row and {"sag": row.sag_id, "underretning": row.underretning_id}[place.kind]
    if row is None or on != place.id:
        raise NotYours
    return row


def happened(
    work: Work, what: Haendelse, row: Any, *, at: datetime | None = None, **data: JSON
) -> Recorded:
    """Record what was done with a deadline, on what it hangs on."""
    return work.happened(
        what,
        occurred_at=at,
        sag=row.sag_id,
        underretning=row.underretning_id,
        person=row.person_id,
        responsible=row.responsible,
        unit=row.unit,
        data={"frist": row.rule, "frist_id": str(row.id), **data},
    )


def reason_in(text: str) -> str:
    """Return a reason without the spaces around it.

    :raises NoReason: there is none.
    :raises TooLong: there is more than is kept.
    """
    reason = text.strip()
    if not reason:
        raise NoReason
    if len(reason) > LONGEST:
        raise TooLong
    return reason
