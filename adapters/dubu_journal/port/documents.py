"""Documents, their files, and drafts."""

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

import sqlalchemy as sa

from dubu_journal import documents, drafts
from dubu_journal.ledger import Made
from dubu_journal.port import answers
from dubu_journal.port.operations import Operations
from dubu_journal.port.translated import translated
from dubu_plugin.ports.journal_objects import (
    Checkout,
    Document,
    DocumentMeta,
    File,
    Kind,
    NewFile,
    Op,
    Page,
    Ref,
)

EITHER = (Kind.DOCUMENT, Kind.DRAFT)
"""A draft that has been filed is found by both of its refs."""


class DocumentOperations(Operations):
    """See `dubu_plugin.ports.journal.Journal` for each operation."""

    def documents(self, case: Ref, *, after: str | None = None) -> Page[Document]:
        """Return the documents and drafts of a case, newest first."""
        with self._reading("documents") as connection:
            case_id = answers.id_of(case, Kind.CASE)
            before = answers.id_of_cursor(after)
            limit = self.page_size + 1
            rows = documents.of_case(connection, case_id, before=before, limit=limit)
        shown = [answers.document(row) for row in rows[: self.page_size]]
        return Page(shown, shown[-1].ref.key if len(rows) > len(shown) else None)

    def files(self, document: Ref) -> Sequence[File]:
        """Return the files of a document or draft, newest version of each."""
        with self._reading("files") as connection:
            rows = documents.files(connection, answers.id_of(document, *EITHER))
        return [answers.file(row) for row in rows]

    def open_file(self, file: Ref) -> BinaryIO:
        """Return a file's content; the caller closes it."""
        with self._reading("open_file") as connection:
            row = documents.get_file(connection, answers.id_of(file, Kind.FILE))
            return self.host.files.open(row.sha256)

    def file_document(
        self, case: Ref, meta: DocumentMeta, files: Sequence[NewFile], op: Op
    ) -> Document:
        """Journalise a document with its files."""
        stored = self._stored("file_document", op, files)

        def work(connection: sa.Connection, now: datetime) -> Made:
            case_id = answers.id_of(case, Kind.CASE)
            known = answers.meta(meta)
            document_id = documents.file(connection, case_id, known, stored, by=op.actor, now=now)
            return Made(Kind.DOCUMENT, document_id)

        return self._once("file_document", op, work, _answer)

    def create_draft(self, case: Ref, meta: DocumentMeta, file: NewFile, op: Op) -> Document:
        """Put an unfinished document on the case."""
        stored = self._stored("create_draft", op, [file])

        def work(connection: sa.Connection, now: datetime) -> Made:
            case_id = answers.id_of(case, Kind.CASE)
            known = answers.meta(meta)
            draft_id = drafts.create(connection, case_id, known, stored[0], by=op.actor, now=now)
            return Made(Kind.DRAFT, draft_id)

        return self._once("create_draft", op, work, _answer)

    def checkout(self, draft: Ref, op: Op) -> Checkout:
        """Take the draft out to change it. The lock is the op's own key."""
        lock = str(op.key)

        def work(connection: sa.Connection, now: datetime) -> Made:
            draft_id = answers.id_of(draft, *EITHER)
            taken = drafts.check_out(connection, draft_id, lock, by=op.actor, now=now)
            return Made(Kind.DRAFT, draft_id, str(taken.id))

        def answer(connection: sa.Connection, made: Made) -> documents.File:
            assert made.detail is not None
            return documents.get_file(connection, int(made.detail))

        taken = self._once("checkout", op, work, answer)
        with translated("checkout"), self.host.files.open(taken.sha256) as content:
            out = answers.ref(Kind.DRAFT, taken.document_id)
            return Checkout(out, lock, content.read(), taken.version)

    def checkin(self, draft: Ref, lock: str, file: NewFile, op: Op) -> File:
        """Bring a changed draft back as its next version, and let go of it."""
        stored = self._stored("checkin", op, [file])

        def work(connection: sa.Connection, now: datetime) -> Made:
            draft_id = answers.id_of(draft, *EITHER)
            file_id = drafts.check_in(connection, draft_id, lock, stored[0], by=op.actor, now=now)
            return Made(Kind.FILE, file_id)

        def answer(connection: sa.Connection, made: Made) -> File:
            return answers.file(documents.get_file(connection, made.object_id))

        return self._once("checkin", op, work, answer)

    def release(self, draft: Ref, lock: str, op: Op) -> None:
        """Let go of a draft without changing it."""

        def work(connection: sa.Connection, now: datetime) -> Made:
            draft_id = answers.id_of(draft, *EITHER)
            drafts.release(connection, draft_id, lock)
            return Made(Kind.DRAFT, draft_id)

        self._once("release", op, work, lambda connection, made: None)

    def finalise(self, draft: Ref, op: Op) -> Document:
        """Journalise the draft; nothing happens where it is filed already."""

        def work(connection: sa.Connection, now: datetime) -> Made:
            draft_id = answers.id_of(draft, *EITHER)
            drafts.finalise(connection, draft_id, now)
            return Made(Kind.DOCUMENT, draft_id)

        return self._once("finalise", op, work, _answer)


def _answer(connection: sa.Connection, made: Made) -> Document:
    return answers.document(documents.get(connection, made.object_id))
