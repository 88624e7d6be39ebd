"""What we need of the municipality's journal system (ESDH): cases, documents, notes, reminders.

Three promises outrank the others. A write is named by an `Op`, and the same `Op` again has no
second effect and returns the first result. A write whose answer never came raises `Unanswered`,
and `probe` then tells whether it took effect. What the host cannot do it says in `capabilities`,
instead of pretending.

Refs are opaque: a key means something to its own host only and is never parsed. What the host does
not know is None, not a guess. Moments are aware datetimes; hosts that keep local times convert.

`dubu_plugin.testing.journal` holds this contract as tests; an adapter is done when it passes.
Source: what is common to SBSYS, KMD Nova, GetOrganized, Acadre, F2, 360 and OIO Sag/Dokument.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import BinaryIO, Generic, Protocol, TypeVar
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


class Capability(StrEnum):
    """Something a host may or may not be able to do."""

    TEMPLATES_REQUIRED = "templates_required"
    DRAFTS = "drafts"
    REMINDERS = "reminders"
    SECTIONS = "sections"
    ACCESS_CHECK = "access_check"
    ACTS_AS_USER = "acts_as_user"
    EXTERNAL_ID_DOCUMENT = "external_id_document"
    CHANGES = "changes"
    NOTES_HTML = "notes_html"
    PARTY_ROLES = "party_roles"
    READS = "reads"


class Guarantee(StrEnum):
    """How sure a host is that two writers do not overwrite each other."""

    STRONG = "strong"
    LOCKED = "locked"
    BEST_EFFORT = "best_effort"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a host can do. An operation behind a flag that is off raises `NotConfigured`."""

    flags: frozenset[Capability]
    concurrency: Guarantee
    largest_file: int | None = None
    """In bytes; None where the host has no limit of its own."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the host answers, and what it calls itself."""

    ok: bool
    version: str | None = None
    detail: str | None = None
    """A Danish sentence for operations, without personal data."""


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


class Journal(Protocol):
    """A journal system. Every operation may raise `Unavailable`, `Throttled` and `AuthFailed`."""

    @property
    def name(self) -> str:
        """The host's short name, for logs and for people."""

    # -- base --------------------------------------------------------------------------------

    def capabilities(self) -> Capabilities:
        """Return what the host can do. Does not call the host."""

    def health(self) -> Health:
        """Return whether the host answers. Never raises."""

    def whoami(self, actor: str) -> User | None:
        """Return the user the host sees when we act for `actor`."""

    # -- lookups -----------------------------------------------------------------------------

    def templates(self) -> Sequence[CaseTemplate]:
        """Return the kinds of case that can be opened."""

    def statuses(self) -> Sequence[Status]:
        """Return the statuses a case can have."""

    def reminder_types(self) -> Sequence[str]:
        """Return the kinds of reminder, by name; none where the host has only one."""

    def document_kinds(self) -> Mapping[Direction, str]:
        """Return the host's word for each direction."""

    def find_user(self, login: str) -> User | None:
        """Return the user with this login, or None."""

    # -- parties -----------------------------------------------------------------------------

    def find_party(self, *, cpr: Cpr | None = None, cvr: str | None = None) -> Sequence[Party]:
        """Return the parties with this number; none where there are none."""

    def ensure_party(self, party: Party, op: Op) -> Party:
        """Return the party, created where no party has its CPR or CVR number.

        :raises Rejected: the party has neither number, or the host refuses a value.
        """

    # -- cases -------------------------------------------------------------------------------

    def get_case(self, ref: Ref) -> Case:
        """Return a case.

        :raises NotFound: there is none.
        """

    def find_cases(
        self,
        cpr: Cpr,
        *,
        primary_only: bool = True,
        subject_codes: Sequence[str] = (),
        phase: Phase | None = None,
        after: str | None = None,
    ) -> Page[Case]:
        """Return the cases a person is a party to, oldest first.

        :param after: `Page.next` of the page before.
        """

    def create_case(self, case: NewCase, op: Op) -> Case:
        """Open a case.

        :raises Rejected: the template or subject code is unknown, or a value is refused.
        :raises Unanswered: it may have been opened; `probe` with the same key.
        """

    def change_case(self, ref: Ref, change: CaseChange, *, expected: str | None, op: Op) -> Case:
        """Change the named values and nothing else.

        :param expected: the `version` that was read, or None to write over whatever is there.
        :raises Conflict: the case has changed since.
        :raises CaseClosed: the case takes no more changes.
        """

    def set_phase(self, ref: Ref, status_key: str, comment: str, op: Op) -> Case:
        """Give the case this status; nothing happens where it has it already."""

    def parties(self, case: Ref) -> Sequence[Party]:
        """Return everybody who is a party to the case."""

    def add_party(self, case: Ref, party: Party, op: Op) -> None:
        """Make somebody a party; nothing happens where they are one already."""

    # -- sections (capability SECTIONS) ------------------------------------------------------

    def sections(self, case: Ref) -> Sequence[Section]:
        """Return the parts of the case."""

    def ensure_section(self, case: Ref, title: str, op: Op) -> Section:
        """Return the part with this title, made where there is none. White space is folded."""

    # -- documents ---------------------------------------------------------------------------

    def documents(self, case: Ref, *, after: str | None = None) -> Page[Document]:
        """Return the documents of a case, newest first."""

    def files(self, document: Ref) -> Sequence[File]:
        """Return the files of a document or draft, newest version of each."""

    def open_file(self, file: Ref) -> BinaryIO:
        """Return a file's content; the caller closes it.

        :raises NotFound: there is no such file.
        """

    def file_document(
        self, case: Ref, meta: DocumentMeta, files: Sequence[NewFile], op: Op
    ) -> Document:
        """Journalise a document with at least one file. It can never be changed afterwards.

        :raises CaseClosed: the case takes no more documents.
        :raises TooLarge: a file is larger than the host takes.
        :raises Unanswered: it may have been filed; `probe` with the same key.
        """

    # -- drafts (capability DRAFTS) ----------------------------------------------------------

    def create_draft(self, case: Ref, meta: DocumentMeta, file: NewFile, op: Op) -> Document:
        """Put an unfinished document on the case."""

    def checkout(self, draft: Ref, op: Op) -> Checkout:
        """Take the draft out to change it; nobody else can until it is back.

        :raises Locked: somebody else has it.
        """

    def checkin(self, draft: Ref, lock: str, file: NewFile, op: Op) -> File:
        """Bring a changed draft back as its next version, and let go of it.

        :raises Conflict: the lock is not the one that holds the draft.
        """

    def release(self, draft: Ref, lock: str, op: Op) -> None:
        """Let go of a draft without changing it."""

    def finalise(self, draft: Ref, op: Op) -> Document:
        """Journalise the draft; nothing happens where it is filed already.

        :raises Locked: somebody has it out.
        """

    # -- notes -------------------------------------------------------------------------------

    def notes(self, case: Ref, *, after: str | None = None) -> Page[Note]:
        """Return the journal notes of a case, newest first."""

    def add_note(self, case: Ref, note: NewNote, op: Op) -> Note:
        """Add a journal note.

        :raises CaseClosed: the case takes no more notes.
        :raises Unanswered: it may have been added; `probe` with the same key.
        """

    # -- reminders (capability REMINDERS) ----------------------------------------------------

    def reminders(self, case: Ref) -> Sequence[Reminder]:
        """Return the reminders of a case, the soonest first."""

    def set_reminder(self, case: Ref, reminder: NewReminder, op: Op) -> Reminder:
        """Set the reminder with this key, or change the one that has it."""

    def complete_reminder(self, case: Ref, key: str, op: Op) -> None:
        """Tick the reminder off; nothing happens where it is done or was never set."""

    # -- the rest ----------------------------------------------------------------------------

    def probe(self, op_key: UUID) -> Ref | None:
        """Return what a write with this key made, or None where it had no effect."""

    def url_for(self, ref: Ref) -> str | None:
        """Return an address that opens the object in the host's client. Does not call the host."""

    def changed_since(self, cursor: str | None) -> Page[Changed]:
        """Return what changed after the cursor, in order (capability CHANGES).

        Here `Page.next` is always there: keep it, and ask from it next time. No items means that
        nothing more has changed yet.
        """

    def may_read(self, actor: str, case: Ref) -> bool | None:
        """Return whether the host lets this user see the case (capability ACCESS_CHECK).

        None where the host cannot tell; the caller then decides by its own rules, denying first.
        """

    def reads(self, case: Ref, actor: str, *, limit: int) -> Sequence[CaseRead] | None:
        """Return who has looked at the case in the host, newest first (capability READS).

        None where who has looked is not for `actor` to see. What they did through us is not there.

        :raises NotFound: there is no such case.
        """
