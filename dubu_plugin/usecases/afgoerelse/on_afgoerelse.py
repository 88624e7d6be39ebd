"""The transaction of an act on a decision, and everything the decision stands on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.afgoerelser import Matter, Matters
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.satser import Satser
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.transaction import Recorded, Work
from dubu_plugin.usecases.skrift.on_skrift import Skriver, happened, on_skrift


class Deciding(Skriver, Protocol):
    """Also what can be decided, and what amounts are."""

    @property
    def matters(self) -> Matters:
        """What can be decided."""

    @property
    def rates(self) -> Satser:
        """What amounts are, as they are delivered; the municipality's own are stored."""


class Decided(CaseworkError):
    """The decision is made or given up, so it is not changed."""

    danish = (
        "Afgørelsen er truffet eller opgivet, så den ændres ikke. Skal noget være anderledes, så "
        "forbered en ny. Det, du har skrevet, står her endnu."
    )


@dataclass(frozen=True, slots=True)
class OnAfgoerelse:
    """An act's transaction, and the decision."""

    work: Work
    sag: Sag
    skrift: Skrift
    afgoerelse: Afgoerelse
    matter: Matter

    @property
    def id(self) -> UUID:
        """The decision's key."""
        return self.afgoerelse.id

    def happened(
        self, what: Haendelse, occurred_at: datetime | None = None, **data: JSON
    ) -> Recorded:
        """Record something that happened with the decision, or with another it names."""
        if occurred_at is None:
            return happened(self.work, self.sag, what, **{"afgoerelse": str(self.id), **data})
        return self.work.happened(
            what,
            occurred_at=occurred_at,
            sag=self.sag.id,
            person=self.sag.child_id,
            responsible=self.sag.responsible,
            unit=self.sag.unit,
            data={"afgoerelse": str(self.id), **data},
        )


def matter_of(product: Deciding, afgoerelse: Afgoerelse, day: date) -> Matter:
    """Return what a decision is about, by the law of the day it was made or of today.

    One made before the catalogue begins is shown by the oldest row: what is made always shows.
    """
    found = product.matters.get(afgoerelse.matter, afgoerelse.decided_on or day)
    if found is None and afgoerelse.decided_on is not None:
        rows = (one for one in product.matters.rows if one.code == afgoerelse.matter)
        found = min(rows, key=lambda one: one.valid_from, default=None)
    if found is None:
        raise NotYours
    return found


@contextmanager
def on_afgoerelse(
    sag: UUID,
    afgoerelse: UUID,
    *,
    product: Deciding,
    asker: Asker,
    now: datetime,
    is_open: bool = True,
) -> Iterator[OnAfgoerelse]:
    """Open the transaction of an act on a decision of an open case.

    :param is_open: the act is one on a decision that is being prepared.
    :raises Decided: it is not.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or the case has no such decision.
    """
    with on_skrift(
        sag, afgoerelse, product=product, asker=asker, now=now, act=Act.WRITE, is_open=False
    ) as here:
        found = afgoerelser.by_id(here.work.connection, afgoerelse)
        if found is None:
            raise NotYours
        if is_open and not found.is_open:
            raise Decided
        matter = matter_of(product, found, danish_day(now))
        yield OnAfgoerelse(here.work, here.sag, here.skrift, found, matter)


def tell_journal(work: Work, sag: UUID, about: UUID, step: str, title: str, body: str) -> None:
    """Have a short note put in the journal."""
    payload: dict[str, Any] = {
        "sag": str(sag), "title": title, "body": body, "occurred_at": work.now.isoformat(),
    }  # fmt: skip
    work.tell("add_note", lane=sag_lane(sag), key=op_key(about, step), payload=payload)


def child_of(connection: sa.Connection, person: UUID) -> Known:
    """Return the child a decision is about.

    :raises NotYours: there is no such person.
    """
    found = personer.by_id(connection, person)
    if found is None:
        raise NotYours
    return found
