"""An installation whose other systems are in memory, for tests of what is told to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.delivery.worker import Report, deliver_once
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.plugins import Ports
from dubu_plugin.settings import Settings
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.database import Store
from dubu_plugin.store.keys import sag_lane
from dubu_plugin.store.tables import employees, haendelser, outbox, personer, sager
from dubu_plugin.testing.fake_journal import FakeJournal
from dubu_plugin.testing.fake_ports import FakeIdentity, FakePersons, FakePost

MONDAY: Final = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


STAFF: Final = (
    ("anne", "Anne Testsagsbehandler", "boern-nord", "sagsbehandler", True),
    ("bo", "Bo Prøvekollega", "boern-nord", "sagsbehandler,teamleder", True),
    ("alf", "Alf Demoforladt", "boern-nord", "teamleder", False),
)


@dataclass
class Installation:
    """What delivery is given. Time stands still until it is moved."""

    store: Store
    blobs: Blobs
    letters: LetterShelf
    journal: FakeJournal
    settings: Settings = field(default_factory=Settings)
    now: datetime = MONDAY

    def __post_init__(self) -> None:
        self.ports = Ports(self.journal, FakePersons(), FakeIdentity(), FakePost(), FakePost())

    def clock(self) -> datetime:
        """Return what time it is."""
        return self.now

    def wait(self, **length: float) -> None:
        """Let time pass."""
        self.now += timedelta(**length)

    def deliver(self) -> Report:
        """Deliver what can be delivered now."""
        return deliver_once(self, self.now)

    def sag(self, *, responsible: str | None = "anne", cpr: str | None = "0312164994") -> UUID:
        """Open a case of ours that the host does not know yet."""
        child, sag = uuid4(), uuid4()
        with self.store.write(actor="anne", now=self.now) as work:
            work.connection.execute(
                sa.insert(personer).values(id=child, name="Alma Testvad", cpr=cpr, seen_at=self.now)
            )
            work.connection.execute(
                sa.insert(sager).values(
                    id=sag,
                    title="Alma Testvad – særlig støtte",
                    child_id=child,
                    area="udsatte_boern",
                    step="modtaget",
                    phase="active",
                    responsible=responsible,
                    unit="boern-nord",
                    opened_at=self.now,
                )
            )
        return sag

    def tell(self, sag: UUID, kind: str, **payload: JSON) -> UUID:
        """Plan something in the case's lane."""
        key = uuid4()
        with self.store.write(actor="anne", now=self.now) as work:
            work.tell(kind, lane=sag_lane(sag), key=key, payload={"sag": str(sag), **payload})
        return key

    def file(self, sag: UUID, text: bytes = b"brev", **more: JSON) -> UUID:
        """Plan that a document is filed."""
        one: dict[str, JSON] = {
            "sha256": self.blobs.put(text),
            "name": "brev æøå.txt",
            "media_type": "text/plain",
        }
        return self.tell(
            sag,
            "file_document",
            **{
                "title": "Underretning fra skolen",
                "direction": "in",
                "date": "2026-03-02",
                "party": "Prøvestrup Skole",
                "files": [one],
                **more,
            },
        )

    def rows(self) -> list[str]:
        """Return the states of everything planned, in order."""
        with self.store.read() as connection:
            query = sa.select(outbox.c.state).order_by(outbox.c.lane, outbox.c.position)
            return list(connection.scalars(query))

    def row(self, key: UUID) -> sa.Row[*tuple[Any, ...]]:
        """Return one row of the outbox."""
        with self.store.read() as connection:
            return connection.execute(sa.select(outbox).where(outbox.c.key == key)).one()

    def happenings(self) -> list[str]:
        """Return what was recorded, in order."""
        with self.store.read() as connection:
            return list(connection.scalars(sa.select(haendelser.c.type).order_by(haendelser.c.seq)))

    def documents(self) -> int:
        """Return how many documents the journal holds."""
        return sum(len(folder.documents) for folder in self.journal.folders.values())

    def notes(self) -> int:
        """Return how many notes the journal holds."""
        return sum(len(folder.notes) for folder in self.journal.folders.values())


def build(folder: Path, store: Store) -> Installation:
    """Return an installation with a few people in it, on a store that is empty."""
    with store.write(actor="system", now=MONDAY) as work:
        names = ("key", "name", "unit", "roles", "active")
        work.connection.execute(
            sa.insert(employees),
            [
                {**dict(zip(names, row, strict=True)), "login": row[0], "seen_at": MONDAY}
                for row in STAFF
            ],
        )
    return Installation(
        store,
        Blobs.made(folder / "filer"),
        LetterShelf({}, NoConverter()),
        FakeJournal(clock=lambda: MONDAY),
    )


class NoConverter:
    """Makes no PDF: nothing here needs one."""

    def to_pdf(self, documents: Sequence[bytes]) -> list[bytes]:
        """See the protocol."""
        raise NotImplementedError

    def version(self) -> str:
        """See the protocol."""
        return "ingen"
