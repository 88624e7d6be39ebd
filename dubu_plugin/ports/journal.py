"""What we need of the municipality's journal system (ESDH): the operations on what it holds.

Three promises outrank the others. A write is named by an `Op`, and the same `Op` again has no
second effect and returns the first result. A write whose answer never came raises `Unanswered`,
and `probe` then tells whether it took effect. What the host cannot do it says in `capabilities`,
instead of pretending.

The objects spoken of are those of `dubu_plugin.ports.journal_objects`.
`dubu_plugin.testing.journal` holds this contract as tests; an adapter is done when it passes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Protocol
from uuid import UUID

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.ports.journal_objects import (
    Case,
    CaseChange,
    CaseRead,
    CaseTemplate,
    Changed,
    Checkout,
    Direction,
    Document,
    DocumentMeta,
    File,
    NewCase,
    NewFile,
    NewNote,
    NewReminder,
    Note,
    Op,
    Page,
    Party,
    Phase,
    Ref,
    Reminder,
    Section,
    Status,
    User,
)


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
