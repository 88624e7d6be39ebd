"""A reception: the town with its families in the address book, and post that comes in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.delivery.worker import Report, deliver_once
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.underretning import Fare, NaesteSkridt
from dubu_plugin.domain.vurdering import Answers
from dubu_plugin.ports.journal_errors import NotFound, Unavailable
from dubu_plugin.ports.journal_objects import Page, User
from dubu_plugin.ports.persons import Person, Relation, Tie
from dubu_plugin.ports.post import Channel, PostItem
from dubu_plugin.store import access
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import employees, frister, haendelser, outbox, units
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.testing import delivered
from dubu_plugin.testing.fake_journal import FakeJournal
from dubu_plugin.testing.fake_ports import KAREN, STAFF, FakePersons
from dubu_plugin.testing.letter_house import Stamp, Tray
from dubu_plugin.testing.town import Town, build
from dubu_plugin.usecases.underretning.assess import Assessed, Assessment, assess
from dubu_plugin.usecases.underretning.receive import Incoming, Receipt, receive

NOW: Final = datetime(2026, 3, 2, 12, 40, tzinfo=UTC)
"""Monday 2 March 2026 at 13.40 in Denmark."""

ALMA: Final = "031216-4990"
VIGGO: Final = "021221-4991"
SANNE: Final = "230388-1990"
MICHAEL: Final = "090986-1991"
FREJA: Final = "170203-4990"


GOOD: Final = Answers(
    fare=Fare.IKKE_AKUT,
    next_step=NaesteSkridt.SCREENING,
    reason="Alma er på skole, og farmor kan hente.",
    concerns=frozenset({"3", "14"}),
    suspicion=False,
)
"""An assessment that lacks nothing."""

TEXT: Final = "Prøvestrup Skole underretter om Alma Testvad, CPR 031216-4990. Stort fravær."


class Mailbox:
    """The host's incoming post."""

    def __init__(self) -> None:
        self.items: dict[str, tuple[PostItem, bytes]] = {}
        self.unreadable: set[str] = set()
        self.page_size = 2
        self.down = False

    def put(self, raw: bytes, at: datetime = NOW, filename: str = "mail.eml") -> str:
        """Let something arrive, and return the host's key."""
        key = f"post-{len(self.items) + 1}"
        self.items[key] = (PostItem(key, at, Channel.EMAIL, filename, len(raw)), raw)
        return key

    def received(self, after: str | None = None) -> Page[PostItem]:
        """See the port."""
        if self.down:
            raise Unavailable("postkasse", "received")
        start = int(after or 0)
        everything = [item for item, _ in self.items.values()]
        end = start + self.page_size
        return Page(everything[start:end], str(end) if end < len(everything) else None)

    def item(self, key: str) -> PostItem:
        """See the port."""
        if key not in self.items:
            raise NotFound("postkasse", "item")
        return self.items[key][0]

    def open_post(self, key: str) -> bytes:
        """See the port."""
        if key in self.unreadable or key not in self.items:
            raise NotFound("postkasse", "open_post")
        return self.items[key][1]


class QuietPersons(FakePersons):
    """An address book that can be down."""

    down = False

    def by_cpr(self, cpr: Cpr) -> Person | None:
        """See the port."""
        if self.down:
            raise Unavailable(self.name, "by_cpr")
        return super().by_cpr(cpr)


@dataclass
class Reception:
    """What tests of intake are given."""

    town: Town
    journal: FakeJournal
    persons: QuietPersons
    mailbox: Mailbox
    stamp: Stamp = field(default_factory=Stamp)

    @property
    def product(self) -> Product:
        """The installation."""
        return self.town.product

    @property
    def now(self) -> datetime:
        """What the clock says."""
        return self.town.now

    def person(self, name: str, cpr: str | None = None, **more: Any) -> str:
        """Put somebody in the address book, and return their key there."""
        key = f"person-{len(self.persons.people) + 1}"
        number = Cpr.parse(cpr) if cpr else None
        born = more.pop("born", number.born if number else None)
        self.persons.people[key] = Person(key, name, number, born, **more)
        return key

    def related(self, one: str, other: str, tie: Tie, back: Tie) -> None:
        """Make two people related: the other is `tie` of the one."""
        people, family = self.persons.people, self.persons.family
        family.setdefault(one, []).append(Relation(tie, people[other]))
        family.setdefault(other, []).append(Relation(back, people[one]))

    def receive(self, raw: bytes, filename: str = "mail.eml", **more: Any) -> Receipt:
        """Take something in."""
        channel = more.pop("channel", Channel.EMAIL)
        incoming = Incoming(raw, filename, channel, **more)
        return receive(incoming, product=self.product, actor="system", now=self.now)

    def registered(self, raw: bytes, filename: str = "mail.eml", **more: Any) -> UUID:
        """Take something in, have the child looked for, and return its underretning."""
        receipt = self.receive(raw, filename, **more)
        assert receipt.underretning is not None, receipt
        self.deliver()
        return receipt.underretning

    def deliver(self) -> Report:
        """Deliver what can be delivered now."""
        return deliver_once(self.product, self.now)

    def about(self, underretning: UUID) -> Underretning:
        """Return an underretning as it stands."""
        with self.product.store.read() as connection:
            found = underretninger.by_id(connection, underretning)
        assert found is not None
        return found

    def asker(self, key: str = KAREN) -> Asker:
        """Return somebody who works here."""
        with self.product.store.read() as connection:
            found = access.asker(connection, key)
        assert found is not None
        return found

    def by(self, key: str = KAREN) -> dict[str, Any]:
        """Return what every act is given: the installation, who asks, and what time it is."""
        return {"product": self.product, "asker": self.asker(key), "now": self.now}

    def save(
        self,
        underretning: UUID,
        answers: Answers = GOOD,
        *,
        by: str = KAREN,
        version: int | None = None,
        **more: Any,
    ) -> Assessed:
        """Make the 24-hour assessment, with the page opened just now."""
        opened_with = self.about(underretning).version if version is None else version
        assessment = Assessment(answers, **more)
        return assess(underretning, assessment, version=opened_with, **self.by(by))

    def rows(self, table: sa.Table, **where: Any) -> Sequence[Any]:
        """Return the rows of a table with these values."""
        query = sa.select(table)
        for name, value in where.items():
            query = query.where(table.c[name] == value)
        with self.product.store.read() as connection:
            return connection.execute(query).all()

    def deadlines(self, underretning: UUID) -> Mapping[str, str]:
        """Return the newest state of each deadline on an underretning."""
        rows = self.rows(frister, underretning_id=underretning)
        replaced = {row.replaces for row in rows}
        return {row.rule: row.state for row in rows if row.id not in replaced}

    def happened(self, underretning: UUID) -> list[str]:
        """Return what was recorded on an underretning, in order."""
        rows = self.rows(haendelser, underretning_id=underretning)
        return [row.type for row in sorted(rows, key=lambda row: row.seq)]

    def told(self) -> dict[str, list[str]]:
        """Return the states of what the outside is told, by kind."""
        found: dict[str, list[str]] = {}
        for row in self.rows(outbox):
            found.setdefault(row.kind, []).append(row.state)
        return found

    def documents(self) -> list[Any]:
        """Return the documents the journal holds."""
        return [
            one for folder in self.journal.folders.values() for one in folder.documents.values()
        ]


def build_reception(folder: Path, url: str | None = None) -> Reception:
    """Return a reception in a folder. Close its store when the test is done.

    :param url: an empty database of another kind than SQLite, where there is one.
    """
    town = build(folder, NOW)
    users = tuple(User(one.key, one.login, one.name, one.unit) for one in STAFF)
    journal, persons, mailbox, stamp = (
        FakeJournal(users=users, clock=lambda: town.now),
        QuietPersons(),
        Mailbox(),
        Stamp(),
    )
    shelf = LetterShelf(delivered.letters(Path(str(files("dubu_templates")))), stamp)
    ports = replace(
        town.product.ports, journal=journal, persons=persons, incoming=mailbox, outgoing=Tray()
    )
    town.product = replace(town.product, letters=shelf, ports=ports)
    if url is not None:
        town.product = replace(town.product, store=_moved(town.product.store, url))
    reception = Reception(town, journal, persons, mailbox, stamp)
    _families(reception)
    return reception


def _moved(here: Store, url: str) -> Store:
    """Return a store in another database, with the staff of this one."""
    there = Store.connect(url, here.rules)
    with here.read() as source, there.write(actor="system", now=NOW) as work:
        for table in (units, employees):
            rows = [dict(row._mapping) for row in source.execute(sa.select(table))]
            work.connection.execute(sa.insert(table), rows)
    here.close()
    return there


def _families(reception: Reception) -> None:
    home = "Prøvegade 7, 9999 Prøvestrup"
    alma = reception.person("Alma Testvad", ALMA, address=home)
    viggo = reception.person("Viggo Prøvesen", VIGGO, address=home)
    sanne = reception.person("Sanne Testvad", SANNE, address=home)
    michael = reception.person("Michael Prøvesen", MICHAEL)
    birthe = reception.person("Birthe Prøvesen", "120457-0990")
    for child in (alma, viggo):
        reception.related(child, sanne, Tie.MOTHER, Tie.CHILD)
        reception.related(child, michael, Tie.FATHER, Tie.CHILD)
    reception.related(michael, birthe, Tie.MOTHER, Tie.CHILD)
    reception.related(alma, viggo, Tie.SIBLING, Tie.SIBLING)
    reception.person("Alva Testvang", "190516-4002", address="Testparken 60, 9999 Prøvestrup")
    freja = reception.person("Freja Prøvelund", FREJA)
    helle = reception.person("Helle Prøvelund", "190971-0990")
    reception.related(freja, helle, Tie.MOTHER, Tie.CHILD)
    reception.person("Noah Testlund", born=date(2015, 8, 21), address="Testparken 14, 2. th")
