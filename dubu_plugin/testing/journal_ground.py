"""What a contract test of a journal stands on: who works there, and things to file."""

import hashlib
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import BinaryIO, Final, cast
from uuid import uuid4

import pytest

from dubu_plugin.ports.journal import Capability, Journal
from dubu_plugin.ports.journal_objects import (
    Case,
    Direction,
    DocumentMeta,
    NewCase,
    NewFile,
    NewNote,
    NewReminder,
    Op,
    Party,
    PartyKind,
    Phase,
)
from dubu_plugin.testing.citizens import Citizens

NOON: Final = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)

AWKWARD: Final = (
    "Ærø Prøveåen-Östergård",
    "👩‍👧 Testfamilien 🏠",
    "<script>alert('Test')</script>",
    'Test "Kalle" O\'Prøve & Søn',
    "Robert'); DROP TABLE cases;-- Demo",
    "مرحبا Test 测试 Ünïcødé",
)
"""Names and titles that break what was not made for people."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the host has before the tests begin."""

    actor: str
    """The key of somebody who works there."""
    colleague: str
    """The key of somebody else in the same unit."""
    stranger: str
    """The key of somebody in another unit."""
    login: str
    """The actor's login."""
    subject_code: str
    """A KLE subject the host knows."""
    template: str | None = None
    """A template, where the host requires one."""


class JournalGround:
    """The fixtures of the contract. An adapter's test gives `journal` and `ground`."""

    @pytest.fixture
    def journal(self) -> Journal:
        """Return the adapter under test, against a host with no cases on the people made up here.

        Where the size of its pages can be chosen, choose a small one.
        """
        raise NotImplementedError("give a `journal` fixture that returns your adapter")

    @pytest.fixture
    def ground(self) -> Ground:
        """Return what the host has."""
        raise NotImplementedError("give a `ground` fixture that says what the host has")

    @pytest.fixture
    def citizens(self) -> Citizens:
        """Return people whom no host knows."""
        return Citizens(seed=26)

    @pytest.fixture
    def child(self, citizens: Citizens) -> Party:
        """Return somebody to open a case on."""
        return person(citizens)

    @pytest.fixture
    def case(self, journal: Journal, ground: Ground, child: Party) -> Case:
        """Return an open case on the child."""
        return journal.create_case(new_case(ground, child), op(ground))


def op(ground: Ground, actor: str | None = None) -> Op:
    """Return a write that was never done before."""
    return Op(uuid4(), actor or ground.actor)


def person(citizens: Citizens, name: str | None = None) -> Party:
    """Return a made-up person."""
    made = citizens.citizen(date(2014, 6, 12))
    return Party(PartyKind.PERSON, name or made.name, cpr=made.cpr, address=made.address)


def new_case(ground: Ground, primary: Party, title: str = "Test: en sag") -> NewCase:
    """Return a case to open."""
    return NewCase(
        title=title,
        responsible=ground.actor,
        primary_party=primary,
        template=ground.template,
        subject_code=ground.subject_code,
        facet="G01",
    )


def meta(title: str = "Test: et brev", direction: Direction = Direction.IN) -> DocumentMeta:
    """Return what is known of a document nobody has filed."""
    return DocumentMeta(title, direction, date(2026, 3, 2), external_id=uuid4().hex)


def text_file(content: bytes = b"Hej", name: str = "brev.txt") -> NewFile:
    """Return a small file."""
    return NewFile(name, "text/plain", io.BytesIO(content))


def stream(size: int) -> BinaryIO:
    """Return as many bytes, the same every time, that are not held in memory."""
    return cast(BinaryIO, _Bytes(size))


def digest(content: BinaryIO) -> str:
    """Return the SHA-256 of what is left of a file, read in pieces."""
    found = hashlib.sha256()
    while piece := content.read(1024 * 1024):
        found.update(piece)
    return found.hexdigest()


def note(title: str = "Test: et notat", body: str = "Vi talte sammen.") -> NewNote:
    """Return a note to add."""
    return NewNote(title, body, NOON)


def reminder(ground: Ground, key: str = "frist-1", due: datetime = NOON) -> NewReminder:
    """Return a reminder to set."""
    return NewReminder(key, "Test: husk det", due, ground.actor, text="En tekst")


def has(journal: Journal, flag: Capability) -> bool:
    """Tell whether the host says it can."""
    return flag in journal.capabilities().flags


def needs(journal: Journal, flag: Capability) -> None:
    """End the test where the host says it cannot; `HonestyContract` holds it to its word."""
    if not has(journal, flag):
        pytest.skip(f"the host has no {flag}, and says so")


def closed_status(journal: Journal) -> str:
    """Return the key of a status that closes a case."""
    return next(s.key for s in journal.statuses() if s.phase is Phase.CLOSED)


def open_status(journal: Journal) -> str:
    """Return the key of a status in which a case is worked on."""
    return next(s.key for s in journal.statuses() if s.phase is Phase.ACTIVE)


class _Bytes:
    """As much of a file as whoever stores it reads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._at = 0

    def read(self, size: int = -1, /) -> bytes:
        left = self._size - self._at
        count = min(left if size < 0 else size, left)
        start = self._at % _PERIOD
        self._at += count
        pattern = _PATTERN * (count // len(_PATTERN) + 2)
        return pattern[start : start + count]


_PERIOD: Final = 251
_PATTERN: Final = bytes(range(_PERIOD)) * 4096
