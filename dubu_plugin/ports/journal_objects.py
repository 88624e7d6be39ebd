"""What a journal system (ESDH) holds: cases, parties, documents, notes, reminders.

Refs are opaque: a key means something to its own host only and is never parsed. What the host does
not know is None, not a guess. Moments are aware datetimes; hosts that keep local times convert.
Source: what is common to SBSYS, KMD Nova, GetOrganized, Acadre, F2, 360 and OIO Sag/Dokument.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import BinaryIO, Generic, TypeVar
from uuid import UUID

from dubu_plugin.domain.cpr import Cpr

T = TypeVar("T")


class Kind(StrEnum):
    """What a ref points at."""

    CASE = "case"
    DOCUMENT = "document"
    FILE = "file"
    DRAFT = "draft"
    NOTE = "note"
    REMINDER = "reminder"
    SECTION = "section"
    PARTY = "party"


@dataclass(frozen=True, slots=True)
class Ref:
    """The host's own name for one of its objects."""

    host: str
    kind: Kind
    key: str
    number: str | None = field(default=None, compare=False)
    """What people call it, for example a case number. For display, never parsed."""


@dataclass(frozen=True, slots=True)
class Op:
    """One write: a key that never changes, and the person it is done for."""

    key: UUID
    actor: str
    """The host's key of the user who acts, as `User.key`."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of the answers, and where to go on."""

    items: Sequence[T]
    next: str | None = None
    """Hand this back to get the next page. None after the last."""


class Phase(StrEnum):
    """A case's status, reduced to what all hosts have."""

    ACTIVE = "active"
    RESTING = "resting"
    CLOSED = "closed"


class PartyKind(StrEnum):
    """What sort of party it is."""

    PERSON = "person"
    COMPANY = "company"
    OTHER = "other"


class Direction(StrEnum):
    """Which way a document went."""

    IN = "in"
    OUT = "out"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class User:
    """A person who works in the host."""

    key: str
    login: str
    name: str
    unit: str | None = None
    """The key of the unit the person belongs to."""


@dataclass(frozen=True, slots=True)
class CaseTemplate:
    """A kind of case the host can open."""

    key: str
    title: str
    subject_code: str | None = None
    """KLE subject, for example ``27.24.00``."""
    facet: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A status the host's cases can have, and the phase it counts as."""

    key: str
    title: str
    phase: Phase


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody a case is about or concerns."""

    kind: PartyKind
    name: str = field(repr=False)
    cpr: Cpr | None = None
    cvr: str | None = None
    address: str | None = field(default=None, repr=False)
    protected_address: bool | None = None
    role: str | None = None
    """The host's word for the part played, where it has `PARTY_ROLES`."""
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A case as the host holds it."""

    ref: Ref
    title: str = field(repr=False)
    status_key: str
    phase: Phase
    created: datetime
    changed: datetime
    version: str | None
    """Changes whenever the case does; hand it back to `change_case`."""
    subject_code: str | None = None
    facet: str | None = None
    responsible: str | None = None
    unit: str | None = None
    primary_party: Party | None = None
    protected: bool = False


@dataclass(frozen=True, slots=True)
class CaseChange:
    """New values; None leaves the old one."""

    title: str | None = field(default=None, repr=False)
    responsible: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to open. Either the template decides the classification, or `subject_code` does."""

    title: str = field(repr=False)
    responsible: str
    primary_party: Party
    template: str | None = None
    subject_code: str | None = None
    facet: str | None = None
    unit: str | None = None
    parties: Sequence[Party] = ()
    protected: bool = False


@dataclass(frozen=True, slots=True)
class DocumentMeta:
    """What is known of a document."""

    title: str = field(repr=False)
    direction: Direction
    document_date: date
    external_id: str
    """Our own key, at most 50 characters: the marker a probe looks for."""
    description: str | None = field(default=None, repr=False)
    party: str | None = field(default=None, repr=False)
    """Sender or recipient, in words."""
    disclosure: bool | None = None
    """Whether it is open to aktindsigt."""
    section: Ref | None = None


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to store. The host reads `content` once, from where it stands to its end."""

    name: str = field(repr=False)
    media_type: str
    content: BinaryIO = field(repr=False)


@dataclass(frozen=True, slots=True)
class File:
    """A file the host holds."""

    ref: Ref
    name: str = field(repr=False)
    media_type: str
    size: int
    """In bytes."""
    sha256: str | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A document the host holds. Once `filed` it cannot change."""

    ref: Ref
    meta: DocumentMeta
    filed: bool
    created: datetime


@dataclass(frozen=True, slots=True)
class Checkout:
    """A draft somebody holds, to change and bring back."""

    draft: Ref
    lock: str
    content: bytes = field(repr=False)
    version: int


@dataclass(frozen=True, slots=True)
class NewNote:
    """A journal note to add. The body is plain text; the host escapes it."""

    title: str = field(repr=False)
    body: str = field(repr=False)
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A journal note. Notes are only ever added: a correction is a new note."""

    ref: Ref
    title: str = field(repr=False)
    body: str = field(repr=False)
    occurred_at: datetime
    created: datetime
    author: str | None


@dataclass(frozen=True, slots=True)
class NewReminder:
    """A reminder to set, or to set again: the same key gives the same reminder, changed."""

    key: str
    title: str = field(repr=False)
    due: datetime
    responsible: str
    text: str = field(default="", repr=False)
    visible_from: date | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder the host holds."""

    ref: Ref
    key: str | None
    title: str = field(repr=False)
    due: datetime
    responsible: str | None
    completed: bool
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Changed:
    """That something in the host was made or changed."""

    ref: Ref
    case: Ref | None
    """The case it lies on, itself where it is one; None where it lies on none."""


@dataclass(frozen=True, slots=True)
class CaseRead:
    """That somebody looked at a case in the host's own client, or at what lies on it."""

    at: datetime
    user: str
    """The host's key of who it was."""
    name: str = field(repr=False)
    what: str
    """What was done, in the host's words for people."""
    thing: str | None = field(default=None, repr=False)
    """What the document or the file is called; None for the case itself."""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a case (delforløb)."""

    ref: Ref
    title: str
