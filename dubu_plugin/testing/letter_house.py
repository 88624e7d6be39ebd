"""A town with a child, a case and underretninger full of names, for tests of letters."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.documents.shelf import Converter, LetterShelf
from dubu_plugin.ports.journal_errors import Rejected, Unanswered, Unavailable
from dubu_plugin.ports.journal_objects import NewCase, Op, Party, PartyKind, Ref
from dubu_plugin.ports.post import Letter, Sending
from dubu_plugin.store.tables import letters
from dubu_plugin.testing import delivered
from dubu_plugin.testing.fake_journal import FakeJournal
from dubu_plugin.testing.fake_ports import FakePost
from dubu_plugin.testing.town import Town, build

RECEIVED: Final = datetime(2026, 3, 2, 8, 14, tzinfo=UTC)
TEXT: Final = "Alma Testvad passer på Viggo og mor. CPR 031216-4990. Mor hedder Sanne Testvad."
NUMBER: Final = "27.24.00-G01-42-26"


class Stamp:
    """Makes a PDF of anything in no time, for tests that are not about PDF."""

    def __init__(self) -> None:
        self.calls: list[int] = []
        """How many documents were in each call."""
        self.error: Exception | None = None
        """What is raised instead, also when there is only one document."""
        self.dislikes_company = False
        """Whether a call with more than one document fails."""

    def to_pdf(self, documents: Sequence[bytes]) -> list[bytes]:
        """See `Converter`."""
        self.calls.append(len(documents))
        if self.error is not None and (len(documents) > 1 or not self.dislikes_company):
            raise self.error
        return [b"%PDF " + document for document in documents]

    def version(self) -> str:
        """See `Converter`."""
        return "Stempel 1"


class Tray(FakePost):
    """Post that keeps the port's promises, and can be told to misbehave."""

    def __init__(self) -> None:
        super().__init__()
        self.ops: dict[UUID, Sending] = {}
        self.takes_paper = False
        self.answer = Sending.SENT
        self.lose_answers = 0
        self.down = False

    def send(self, letter: Letter, op: Op) -> Sending:
        """See the port."""
        if self.down:
            raise Unavailable("bakke", "send")
        if letter.address is None and not self.takes_paper:
            raise Rejected("bakke", "send", "address")
        if op.key not in self.ops:
            self.letters.append(letter)
            self.ops[op.key] = self.answer
        if self.lose_answers:
            self.lose_answers -= 1
            raise Unanswered("bakke", "send", str(op.key))
        return self.ops[op.key]

    def sent(self, op: Op) -> Sending | None:
        """See the port."""
        return self.ops.get(op.key)


@dataclass
class LetterHouse:
    """The town, and the one case in it."""

    town: Town
    stamp: Stamp
    tray: Tray
    journal: FakeJournal
    child: UUID
    sibling: UUID
    sag: UUID
    case: Ref
    """The case as the journal knows it."""

    @property
    def product(self) -> Product:
        """The installation."""
        return self.town.product

    def underretning(self, **more: Any) -> UUID:
        """Let an underretning about the child come in on its case."""
        known = {"child": self.child, "sag": self.sag, "received_at": RECEIVED}
        return self.town.underretning(TEXT, **{**known, **more})

    def letter(self, identity: UUID) -> Any:
        """Return the row of a letter."""
        with self.product.store.read() as connection:
            return connection.execute(sa.select(letters).where(letters.c.id == identity)).one()

    def rows(self, table: sa.Table) -> Sequence[Any]:
        """Return everything in a table."""
        with self.product.store.read() as connection:
            return connection.execute(sa.select(table)).all()

    def kept(self, letter: UUID) -> dict[str, Any]:
        """Return what was put in a letter, with an example of what is filled in late."""
        row = self.letter(letter)
        late = self.product.letters[row.code].late
        return {**dict.fromkeys(late, NUMBER), **json.loads(row.values)}


def build_letter_house(folder: Path, *, converter: Converter | None = None) -> LetterHouse:
    """Return a house in a folder. Close its store when the test is done.

    :param converter: makes the PDFs; the stamp where it is None.
    """
    town = build(folder, datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
    stamp, tray, journal = Stamp(), Tray(), FakeJournal()
    shelf = LetterShelf(delivered.letters(Path(str(files("dubu_templates")))), converter or stamp)
    ports = replace(town.product.ports, journal=journal, outgoing=tray)
    town.product = replace(town.product, letters=shelf, ports=ports)
    child = town.person("Alma Testvad", born=date(2016, 12, 3), cpr="031216-4990")
    sibling = town.person("Viggo Prøvesen", born=date(2021, 12, 2), cpr="021221-4991")
    town.tie(child, sibling, "soeskende", "soeskende")
    case = _case(journal)
    sag = town.sag(child, number=NUMBER, host_key=case.key)
    return LetterHouse(town, stamp, tray, journal, child, sibling, sag, case)


def _case(journal: FakeJournal) -> Ref:
    party = Party(PartyKind.OTHER, "Alma Testvad")
    new = NewCase("Særlig støtte", next(iter(journal.users)), party, subject_code="27.24.00")
    return journal.create_case(new, Op(uuid4(), "test")).ref
