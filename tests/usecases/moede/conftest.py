"""An installation with a calendar and a mail server in memory, and a case to meet on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.domain.moede import Hvornaar, Moedeform
from dubu_plugin.settings import Settings, Web
from dubu_plugin.store.database import Store
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.store.inddragelse.moeder import Deltager, Moede
from dubu_plugin.store.tables import haendelser, outbox
from dubu_plugin.testing import delivered, installation
from dubu_plugin.testing.databases import fresh_sqlite
from dubu_plugin.testing.fake_calendar import FakeCalendar, FakeInvitations
from dubu_plugin.testing.installation import Installation
from dubu_plugin.usecases.moede.book import Booking, book
from dubu_plugin.usecases.moede.cancel import cancel
from dubu_plugin.usecases.moede.move import move
from dubu_plugin.usecases.moede.pull_changes import Pulled, pull_changes
from dubu_plugin.usecases.moede.see_to import Answer, see_to
from dubu_plugin.usecases.moede.sound import Guest

TEN = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
"""Thursday 5 March 2026 at ten in Denmark; the clock stands on the Monday before."""
SCHOOL = Guest("Testskolen", "kontor@skole.example")
MOTHER = Guest("Sanne Testvad", "sanne@mail.example")


def at(hours: float = 0, place: str | None = "Rådhuset", length: float = 1) -> Hvornaar:
    starts = TEN + timedelta(hours=hours)
    return Hvornaar(starts, starts + timedelta(hours=length), place)


@dataclass
class Office:
    """What a caseworker does, in one word each."""

    it: Installation
    calendar: Any
    mail: Any
    sag: UUID
    anne: Asker

    def book(
        self, when: Hvornaar | None = None, guests: Sequence[Guest] = (SCHOOL, MOTHER)
    ) -> UUID:
        booking = Booking(Moedeform.BOERNESAMTALE, when or at(), guests)
        return book(booking, product=self.it, asker=self.anne, sag=self.sag, now=self.it.now)

    def booked(self, when: Hvornaar | None = None) -> UUID:
        """Book, and have everybody told."""
        moede = self.book(when)
        self.it.deliver()
        return moede

    def move(self, moede: UUID, when: Hvornaar) -> None:
        move(moede, when, product=self.it, asker=self.anne, sag=self.sag, now=self.it.now)

    def cancel(self, moede: UUID) -> None:
        cancel(moede, product=self.it, asker=self.anne, sag=self.sag, now=self.it.now)

    def see_to(self, moede: UUID, answer: Answer) -> None:
        see_to(moede, answer, product=self.it, asker=self.anne, sag=self.sag, now=self.it.now)

    def pull(self) -> Pulled:
        return pull_changes(self.it, self.it.now)

    def meeting(self, moede: UUID) -> Moede:
        with self.it.store.read() as connection:
            found = moeder.by_id(connection, moede)
        assert found is not None
        return found

    def guests(self, moede: UUID) -> dict[str, Deltager]:
        with self.it.store.read() as connection:
            return {one.name: one for one in moeder.deltagere(connection, moede)}

    def happened(self) -> list[str]:
        return [what for what in self.it.happenings() if what.startswith("moede_")]

    def data(self) -> list[str]:
        with self.it.store.read() as connection:
            return list(connection.scalars(sa.select(haendelser.c.data).order_by(haendelser.c.seq)))

    def waiting(self) -> list[str]:
        """Return the kinds of what is not done."""
        with self.it.store.read() as connection:
            query = sa.select(outbox.c.kind).where(outbox.c.state != "udfoert")
            return sorted(connection.scalars(query))


@pytest.fixture
def it(tmp_path: Path) -> Iterator[Installation]:
    rules = delivered.plans(Path(str(files("dubu_templates")))).rules
    store = Store.connect(fresh_sqlite(tmp_path), rules, patience=10)
    made = installation.build(tmp_path, store)
    made.settings = Settings(web=Web(address="https://barn.example"))
    yield made
    store.close()


@pytest.fixture
def calendar() -> Any:
    return FakeCalendar()


@pytest.fixture
def mail() -> Any:
    return FakeInvitations()


@pytest.fixture
def office(it: Installation, calendar: Any, mail: Any) -> Office:
    it.ports = replace(it.ports, calendar=calendar, invitations=mail)
    sag = it.sag()
    anne = Asker("anne", frozenset({Role.CASEWORKER}), "boern-nord")
    return Office(it, calendar, mail, sag, anne)
