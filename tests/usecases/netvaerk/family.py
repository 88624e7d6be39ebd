"""What a caseworker does about who is around a child, and what stands afterwards."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.custody import Kendt
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.netvaerk import Part, Rolle, usual
from dubu_plugin.store import access
from dubu_plugin.store.family import netvaerk, stamkort
from dubu_plugin.store.family.netvaerk import Line
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sag_panel import Head
from dubu_plugin.store.tables import haendelser
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.town import Town
from dubu_plugin.usecases.inddragelse.parties import Party, parties
from dubu_plugin.usecases.netvaerk.add_person import Taken, add_person
from dubu_plugin.usecases.netvaerk.end_line import end_line
from dubu_plugin.usecases.netvaerk.keep_line import Kept, keep_line
from dubu_plugin.usecases.netvaerk.say_custody import Said, say_custody


@dataclass
class Family:
    """The case, and who is around the child."""

    town: Town
    sag: UUID
    alma: UUID
    viggo: UUID
    mother: UUID
    father: UUID
    granny: UUID

    def act(self, who: str = KAREN) -> dict[str, Any]:
        return {"product": self.town.product, "asker": self.asker(who), "now": self.town.now}

    def asker(self, key: str) -> Asker:
        with self.town.product.store.read() as connection:
            found = access.asker(connection, key)
        assert found is not None
        return found

    @property
    def today(self) -> date:
        return self.town.now.date()

    def later(self, days: int) -> None:
        self.town.now += timedelta(days=days)

    def lines(self) -> Sequence[Line]:
        with self.town.product.store.read() as connection:
            return netvaerk.of_child(connection, self.alma)

    def line(self, person: UUID) -> Line:
        with self.town.product.store.read() as connection:
            found = netvaerk.one(connection, self.alma, person)
        assert found is not None
        return found

    def present(self) -> set[str]:
        return {one.who.name for one in netvaerk.present(self.lines(), self.today)}

    def keep(self, person: UUID, part: Part, seen: int | None = None, **more: Any) -> UUID:
        line = self.line(person)
        version = line.version if seen is None else seen
        kept = Kept(seen=version, part=part, **more)
        return keep_line(self.sag, line.key, kept, **self.act())

    def typed(self, name: str = "Trine Demosen", role: Rolle = Rolle.LAERER, **more: Any) -> UUID:
        """Take in somebody the address book does not have."""
        taken = Taken(name=name, phone="40112233", part=usual(role), **more)
        return add_person(self.sag, taken, **self.act())

    def custody(
        self,
        *holders: UUID,
        homes: Iterable[UUID] = (),
        source: Kendt | None = Kendt.OPLYST,
        **more: Any,
    ) -> None:
        with self.town.product.store.read() as connection:
            card = stamkort.of_child(connection, self.alma)
        said: dict[str, Any] = {"seen": {}, "seen_card": card.version, "source": source, **more}
        wanted = Said(holders=frozenset(holders), homes=frozenset(homes), **said)
        say_custody(self.sag, wanted, **self.act())

    def end(self, person: UUID, last: date | None, reason: str = "Flyttet") -> UUID:
        line = self.line(person)
        return end_line(self.sag, line.key, last, reason, seen=line.version, **self.act())

    def asked(self) -> list[str]:
        """Return what those who are asked for consent are to the child."""
        with self.town.product.store.read() as connection:
            found: Sequence[Party] = parties(connection, self.alma, self.today)
        return [one.tie for one in found]

    def head(self) -> Head:
        with self.town.product.store.read() as connection:
            return sag_panel.head(connection, self.sag)

    def told(self) -> list[dict[str, Any]]:
        """Return what the hændelser say of the network, in order."""
        h = haendelser.c
        query = sa.select(h.data).where(h.type == Haendelse.NETVAERK_AENDRET).order_by(h.seq)
        with self.town.product.store.read() as connection:
            return [json.loads(data) for data in connection.scalars(query)]
