"""The embedded host as `dubu_plugin.ports.journal.Journal`.

It has no network to lose an answer on, but its caller has a process to lose: a write is in the
ledger if and only if it took effect, and `probe` reads the ledger.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from dubu_journal import (
    access,
    case_reads,
    cases,
    changes,
    documents,
    ledger,
    reminders,
    schema,
    users,
)
from dubu_journal.port import answers
from dubu_journal.port.cases import CaseOperations
from dubu_journal.port.documents import DocumentOperations
from dubu_journal.port.notes import NoteOperations
from dubu_journal.refusals import DatabaseMissing, DiskFull
from dubu_plugin.errors import AdapterError
from dubu_plugin.ports.journal import Capabilities, Capability, Guarantee, Health
from dubu_plugin.ports.journal_objects import (
    CaseRead,
    CaseTemplate,
    Changed,
    Direction,
    Kind,
    Page,
    Ref,
    Status,
    User,
)

FLAGS: Final = frozenset(Capability) - {Capability.TEMPLATES_REQUIRED, Capability.NOTES_HTML}

UNHEALTHY: Final = {
    "": "Journalens database kan ikke åbnes. Se, om den er hel, og om disken virker.",
    "database_missing": DatabaseMissing.danish,
    "version": "Journalens database har en anden form. Kør »dubu db upgrade«.",
    "disk_full": DiskFull.danish,
}
"""What people are told, by the error's code."""

PATHS: Final[Mapping[Kind, str]] = {
    Kind.CASE: "sager",
    Kind.DOCUMENT: "dokumenter",
    Kind.DRAFT: "dokumenter",
    Kind.FILE: "filer",
    Kind.PARTY: "adressebog",
}
"""Where the web client shows an object: ``<address>/sager/<key>``."""


class EmbeddedJournal(CaseOperations, DocumentOperations, NoteOperations):
    """The embedded journal host."""

    def capabilities(self) -> Capabilities:
        """Return what the host can do."""
        return Capabilities(FLAGS, Guarantee.STRONG, self.largest_file)

    def health(self) -> Health:
        """Return whether the database answers, and is whole."""
        try:
            with self._reading("health") as connection:
                version, missing = str(schema.version(connection)), schema.missing(connection)
        except AdapterError as no:
            return Health(False, detail=UNHEALTHY.get(no.code, UNHEALTHY[""]))
        if missing:
            return Health(False, version, f"Journalens database mangler {', '.join(missing)}.")
        return Health(True, version)

    def whoami(self, actor: str) -> User | None:
        """Return the user with this key who works here, or None."""
        with self._reading("whoami") as connection:
            return _working(users.user(connection, actor))

    def find_user(self, login: str) -> User | None:
        """Return the user with this login who works here, or None."""
        with self._reading("find_user") as connection:
            return _working(users.by_login(connection, login))

    def templates(self) -> Sequence[CaseTemplate]:
        """Return the kinds of case that can be opened by name."""
        with self._reading("templates") as connection:
            rows = cases.templates(connection)
        return [CaseTemplate(row.key, row.title, row.subject_code, row.facet) for row in rows]

    def statuses(self) -> Sequence[Status]:
        """Return the statuses a case can have."""
        return [Status(key, title, answers.PHASES[key]) for key, title in cases.STATUSES.items()]

    def reminder_types(self) -> Sequence[str]:
        """Return the kinds of reminder."""
        return reminders.TYPES

    def document_kinds(self) -> Mapping[Direction, str]:
        """Return the host's word for each direction."""
        return {Direction(key): word for key, word in documents.DIRECTIONS.items()}

    def probe(self, op_key: UUID) -> Ref | None:
        """Return what a write with this key made, or None where it had no effect."""
        with self._reading("probe") as connection:
            made = ledger.probe(connection, op_key)
        return None if made is None else answers.ref(Kind(made.kind), made.object_id)

    def url_for(self, ref: Ref) -> str | None:
        """Return an address that opens the object in the web client."""
        path = PATHS.get(ref.kind)
        return None if path is None or ref.host != self.name else f"{self.address}/{path}/{ref.key}"

    def changed_since(self, cursor: str | None) -> Page[Changed]:
        """Return what changed after the cursor, and the cursor to ask from next time."""
        with self._reading("changed_since") as connection:
            after = answers.id_of_cursor(cursor) or 0
            rows = changes.since(connection, after, limit=self.page_size)
        told = dict.fromkeys(
            Changed(
                answers.ref(Kind(row.kind), row.object_id),
                None if row.case_id is None else answers.ref(Kind.CASE, row.case_id),
            )
            for row in rows
        )
        return Page(list(told), str(rows[-1].id if rows else after))

    def may_read(self, actor: str, case: Ref) -> bool | None:
        """Return whether the host lets this user see the case."""
        with self._reading("may_read") as connection:
            case_id = answers.id_of(case, Kind.CASE)
            viewer = access.viewer(connection, actor)
            return viewer is not None and access.may_see(connection, viewer, case_id)

    def reads(self, case: Ref, actor: str, *, limit: int) -> Sequence[CaseRead] | None:
        """Return who has looked in the client, or None where that is not theirs to see."""
        with self._reading("reads") as connection:
            there = cases.get(connection, answers.id_of(case, Kind.CASE))
            viewer = access.viewer(connection, actor)
            if (
                viewer is None
                or not access.may_see(connection, viewer, there.id)
                or not access.sees_reads(viewer, responsible=there.responsible, unit=there.unit)
            ):
                return None
            found = case_reads.of_case(connection, there.id, limit=limit)
        return [
            CaseRead(row.at, row.user, row.who, row.what, row.name, row.refused) for row in found
        ]


def _working(user: users.User | None) -> User | None:
    return answers.user(user) if user is not None and user.active else None
