"""Filling an empty journal host with very much at once: for the demo, and to measure on.

Everything is named by a number that the one who fills counts up from 1. The host says beforehand
which keys it will give, so that both databases can be filled side by side. Nothing is checked and
nobody is told: this is for a host that nobody uses yet.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from dubu_plugin.ports.identity import Unit
from dubu_plugin.ports.journal_objects import CaseTemplate, Direction
from dubu_plugin.ports.persons import Tie


@dataclass(frozen=True, slots=True)
class BulkUser:
    """Somebody who works here."""

    key: str
    login: str
    name: str
    unit: str
    roles: frozenset[str]
    title: str
    leads: tuple[str, ...] = ()
    """Units they lead, and with each all below it."""
    person: int | None = None
    """Their own number in the address book."""
    email: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class BulkPerson:
    """Somebody in the address book."""

    number: int
    name: str = field(repr=False)
    cpr: str = field(repr=False)
    """Ten digits, no hyphen."""
    born: date
    address: str = field(repr=False)
    protected_address: bool = False
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    ties: Sequence[tuple[Tie, int]] = ()
    """What others are to them: ``(MOTHER, 7)`` says that number 7 is their mother."""


@dataclass(frozen=True, slots=True)
class BulkDocument:
    """A filed document with one file."""

    title: str = field(repr=False)
    direction: Direction
    day: date
    external_id: str
    filename: str = field(repr=False)
    media_type: str
    file: int
    """Which of the files handed over, counted from 0."""
    author: str


@dataclass(frozen=True, slots=True)
class BulkNote:
    """A journal note."""

    title: str = field(repr=False)
    body: str = field(repr=False)
    occurred_at: datetime
    author: str


@dataclass(frozen=True, slots=True)
class BulkCase:
    """A case with what lies on it."""

    number: int
    display: str
    """What people call it, for example ``27.24.00-G01-17-26``."""
    title: str = field(repr=False)
    subject_code: str
    facet: str
    responsible: str
    unit: str
    protected: bool
    created: datetime
    closed: datetime | None
    parties: Sequence[tuple[int, str]]
    """Numbers of persons and the parts they play; the first is whom the case is about."""
    members: Sequence[str] = ()
    documents: Iterable[BulkDocument] = ()
    notes: Iterable[BulkNote] = ()


@dataclass(frozen=True, slots=True)
class BulkPost:
    """Something that came in, and nobody has looked at yet."""

    filename: str = field(repr=False)
    raw: bytes = field(repr=False)
    received_at: datetime


class BulkContent(Protocol):
    """What to fill a host with. Everything is asked for once, in this order."""

    def templates(self) -> Iterable[CaseTemplate]:
        """Return the kinds of case that can be opened by name."""

    def units(self) -> Iterable[Unit]:
        """Return the organisation, what is above before what is below."""

    def files(self) -> Sequence[bytes]:
        """Return the contents that documents share."""

    def persons(self) -> Iterable[BulkPerson]:
        """Return everybody, numbered from 1 without a gap."""

    def users(self) -> Iterable[BulkUser]:
        """Return those who work here."""

    def cases(self) -> Iterable[BulkCase]:
        """Return every case, numbered from 1 without a gap."""

    def post(self) -> Iterable[BulkPost]:
        """Return what lies in the inbox, oldest first."""


class BulkLoader(Protocol):
    """Fills a host that nobody uses yet."""

    def person_key(self, number: int) -> str:
        """Return the key the address book will give a person."""

    def case_key(self, number: int) -> str:
        """Return the key the host will give a case."""

    def load(self, content: BulkContent, progress: Callable[[int], None]) -> None:
        """Fill the host. Memory does not grow with what is loaded.

        :param progress: told how many more cases are in.
        :raises ConfigurationError: the host is not empty.
        """
