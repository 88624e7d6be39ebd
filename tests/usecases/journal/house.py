"""A case that is both here and in the journal, and what colleagues do with it in both places."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.journal import Note
from dubu_plugin.ports.journal_objects import (
    Case,
    Direction,
    DocumentMeta,
    NewCase,
    NewFile,
    NewNote,
    Op,
    Party,
    PartyKind,
)
from dubu_plugin.store import access
from dubu_plugin.store.journal import journallinjer, journalstroem
from dubu_plugin.store.journal.journallinjer import Said
from dubu_plugin.store.journal.journalstroem import Place, Stream, Wanted
from dubu_plugin.store.tables import haendelser, journalnotater
from dubu_plugin.testing.fake_journal import FakeJournal
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.town import Town
from dubu_plugin.usecases.journal.write_note import write_note

CHILD = "Alma Testvad"


class House:
    """What happens on the case."""

    def __init__(self, town: Town) -> None:
        self.town = town
        journal = town.product.ports.journal
        assert isinstance(journal, FakeJournal)
        self.journal = journal
        journal.clock = lambda: town.now
        self.case = self.opened(CHILD)
        self.child = town.person(CHILD, born=date(2016, 12, 3))
        self.sag = town.sag(self.child, host_key=self.case.ref.key, opened_at=town.now)

    def opened(self, title: str) -> Case:
        """Open a case in the journal alone."""
        party = Party(PartyKind.PERSON, title)
        wanted = NewCase(title, "anne", party, subject_code="27.24.00")
        return self.journal.create_case(wanted, Op(uuid4(), "anne"))

    def noted(self, title: str, body: str = "Skrevet i journalen.", *, case: Case | None = None,
              at: datetime | None = None) -> str:  # fmt: skip
        """Let a colleague write a note in the journal's own client; return its key there."""
        new = NewNote(title, body, at or self.town.now)
        made = self.journal.add_note((case or self.case).ref, new, Op(uuid4(), "anne"))
        return made.ref.key

    def filed(self, title: str, direction: Direction = Direction.IN) -> str:
        """Let a colleague file a document in the journal's own client; return its key there."""
        meta = DocumentMeta(title, direction, date(2026, 6, 9), str(uuid4()), party="Prøveskolen")
        file = NewFile("brev.txt", "text/plain", BytesIO(b"Kort"))
        made = self.journal.file_document(self.case.ref, meta, [file], Op(uuid4(), "anne"))
        return made.ref.key

    def act(self, who: str = KAREN) -> dict[str, Any]:
        return {"product": self.town.product, "asker": self.asker(who), "now": self.town.now}

    def asker(self, key: str = KAREN) -> Asker:
        with self.town.product.store.read() as connection:
            found = access.asker(connection, key)
        assert found is not None
        return found

    def write(self, who: str = KAREN, *, number: UUID | None = None, **said: Any) -> UUID:
        """Write a note here."""
        note = Note("telefon", "Aftale med mor", "Mor ringer torsdag.", self.town.now)
        return write_note(self.sag, number or uuid4(), replace(note, **said), **self.act(who))

    def deliver(self) -> None:
        deliver_once(self.town.product, self.town.now)

    def later(self, **time: float) -> None:
        self.town.now += timedelta(**time)

    def page(self, seen_by: str = KAREN, *, after: Place | None = None, **wanted: Any) -> Stream:
        with self.town.product.store.read() as connection:
            return journalstroem.page(
                connection, self.asker(seen_by), self.sag, Wanted(**wanted), after=after
            )

    def said(self, stream: Stream) -> Said:
        with self.town.product.store.read() as connection:
            return journallinjer.said(connection, stream.entries)

    def titles(self, seen_by: str = KAREN, **wanted: Any) -> list[str]:
        """Return what the lines are called: a note's or a document's title, a hændelse's type."""
        stream = self.page(seen_by, **wanted)
        said = self.said(stream)
        return [
            said.notes[one.id].title if one.source == journalstroem.NOTE
            else said.documents[one.id].title if one.source == journalstroem.DOCUMENT
            else said.events[one.id].what.value
            for one in stream.entries
        ]  # fmt: skip

    def notes(self) -> list[Any]:
        with self.town.product.store.read() as connection:
            return list(connection.execute(sa.select(journalnotater)).all())

    def types(self) -> list[str]:
        with self.town.product.store.read() as connection:
            return list(connection.scalars(sa.select(haendelser.c.type).order_by(haendelser.c.seq)))

    def in_the_journal(self) -> list[tuple[str, str]]:
        """Return what the journal's own notes say, the oldest first."""
        return [(one.title, one.body) for one in self.journal.folders[self.case.ref.key].notes]
