"""The transaction of an act on a child's network, and what all of them refuse and tell."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.custody import is_known
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.netvaerk import MAY_HOLD, PARENTS, Myndighed, Part, Rolle
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import netvaerk, personer, stamkort
from dubu_plugin.store.family.netvaerk import Line
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.tables import haendelser
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.skrift.on_skrift import happened, on_sag

CUSTODY: Final = "foraeldremyndighed"
FAMILY: Final = MAY_HOLD | {Rolle.SOESKENDE}
"""An employee who is one of these to the child does not work on its case."""


class NetworkChanged(CaseworkError):
    """Somebody else wrote of the same person since the page was drawn."""

    danish = (
        "En anden har ændret det imens. Se, hvad der nu står. Det, du har skrevet, står her endnu; "
        "gem igen, hvis det stadig skal være sådan."
    )


@dataclass(frozen=True, slots=True)
class OnNetvaerk:
    """An act's transaction, the case, and everybody around its child."""

    work: Work
    sag: Sag
    lines: tuple[Line, ...]

    @property
    def today(self) -> date:
        """The Danish day it is."""
        return danish_day(self.work.now)

    @property
    def present(self) -> list[Line]:
        """Those who are there today, each person once."""
        return list(netvaerk.present(self.lines, self.today))

    def line(self, key: UUID, seen: int) -> Line:
        """Return a line nobody has changed since it was seen.

        :raises NetworkChanged: somebody has.
        :raises NotYours: there is no such line on the child.
        """
        found = netvaerk.one(self.work.connection, self.sag.child_id, key)
        if found is None:
            raise NotYours
        if found.version != seen:
            raise NetworkChanged
        return found

    def keep(self, line: Line, part: Part) -> UUID:
        """Store what somebody is now, and return the line's key."""
        return netvaerk.change(
            self.work.connection, line, part, by=self.work.actor, now=self.work.now
        )

    def begin(self, who: UUID, part: Part) -> UUID:
        """Store that somebody is in the network, and return the line's key."""
        return netvaerk.begin(
            self.work.connection, self.sag.child_id, who, part, by=self.work.actor,
            now=self.work.now,
        )  # fmt: skip

    def settled(self, part: Part) -> Part:
        """Return a part with the custody its role has where nobody has said who holds it."""
        if part.custody is Myndighed.DEL:
            return part
        known = is_known({one.who.id: one.part for one in self.present})
        unknown = part.role in PARENTS and not known
        custody = Myndighed.UKENDT if unknown else Myndighed.INGEN
        return replace(part, custody=custody)

    def happened(self, what: str, line: UUID | None = None) -> None:
        """Record it, and let the child's header follow.

        Whoever writes of ten people in a day has changed the network once: each line says itself
        who wrote it and when. Custody is recorded each time.
        """
        connection = self.work.connection
        now = netvaerk.parts(connection, self.sag.child_id, self.today)
        stamkort.follow(
            connection, self.sag.child_id, now.values(), by=self.work.actor, now=self.work.now
        )
        if what != CUSTODY and self._told_today(what):
            return
        data = {"hvad": what} if line is None else {"hvad": what, "linje": str(line)}
        happened(self.work, self.sag, Haendelse.NETVAERK_AENDRET, **data)

    def _told_today(self, what: str) -> bool:
        h = haendelser.c
        told = sa.select(h.data).where(
            h.sag_id == self.sag.id,
            h.type == Haendelse.NETVAERK_AENDRET,
            h.actor == self.work.actor,
            h.recorded_at >= start_of_day(self.today),
        )
        said = (json.loads(data) for data in self.work.connection.scalars(told))
        return any(one.get("hvad") == what for one in said)

    def shut_doors(self, host_key: str | None, part: Part) -> None:
        """Keep the child's case from an employee who is family to it."""
        if host_key is not None and part.role in FAMILY:
            child = self.sag.child_id
            personer.close_doors(self.work.connection, {}, {child: [host_key]})


@contextmanager
def on_netvaerk(
    sag: UUID, *, product: Writing, asker: Asker, now: datetime
) -> Iterator[OnNetvaerk]:
    """Open the transaction of an act on the network of an open case's child.

    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such case.
    """
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        lines = netvaerk.of_child(work.connection, ours.child_id)
        yield OnNetvaerk(work, ours, tuple(lines))
