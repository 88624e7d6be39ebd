"""The fake journal's documents, files and drafts."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from dubu_plugin.ports.journal import Capability
from dubu_plugin.ports.journal_errors import Conflict, Locked, NotFound, Rejected, TooLarge
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
from dubu_plugin.testing.fake_host import NAME, FakeHost, Lock

DRAFTS = Capability.DRAFTS


class FakeDocuments(FakeHost):
    """See `dubu_plugin.ports.journal.Journal` for each operation."""

    def documents(self, case: Ref, *, after: str | None = None) -> Page[Document]:
        with self._asked("documents"):
            lying = self._folder(case, "documents").documents
            return self._page(list(lying.values())[::-1], after)

    def files(self, document: Ref) -> Sequence[File]:
        with self._asked("files"):
            self._holding(document, "files")
            files = self.versions[document.key]
            # Only a draft has more than one version, and a draft has one file.
            return files[-1:] if files[-1].version > 1 else list(files)

    def open_file(self, file: Ref) -> BinaryIO:
        with self._asked("open_file"):
            if file.host != NAME or file.key not in self.contents:
                raise NotFound(NAME, "open_file")
            return io.BytesIO(self.contents[file.key])

    def file_document(
        self, case: Ref, meta: DocumentMeta, files: Sequence[NewFile], op: Op
    ) -> Document:
        def work() -> tuple[Ref, Document]:
            if not files:
                raise Rejected(NAME, "file_document", "files")
            made = self._put(case, meta, Kind.DOCUMENT, files, "file_document")
            return made.ref, made

        return self._once("file_document", op, work)

    def create_draft(self, case: Ref, meta: DocumentMeta, file: NewFile, op: Op) -> Document:
        def work() -> tuple[Ref, Document]:
            made = self._put(case, meta, Kind.DRAFT, [file], "create_draft")
            return made.ref, made

        return self._once("create_draft", op, work, needs=DRAFTS)

    def checkout(self, draft: Ref, op: Op) -> Checkout:
        def work() -> tuple[Ref, Checkout]:
            self._draft(draft, "checkout")
            held = self.locks.get(draft.key)
            if held is not None and held.by != op.actor:
                raise Locked(NAME, "checkout", held.by)
            self.locks[draft.key] = Lock(str(op.key), op.actor, self.clock())
            file = self.versions[draft.key][-1]
            taken = Checkout(draft, str(op.key), self.contents[file.ref.key], file.version)
            return draft, taken

        return self._once("checkout", op, work, needs=DRAFTS)

    def checkin(self, draft: Ref, lock: str, file: NewFile, op: Op) -> File:
        def work() -> tuple[Ref, File]:
            self._draft(draft, "checkin")
            self._held(draft, lock, "checkin")
            version = self.versions[draft.key][-1].version + 1
            made = self._keep(file, version, "checkin")
            self.versions[draft.key].append(made)
            del self.locks[draft.key]
            return made.ref, made

        return self._once("checkin", op, work, needs=DRAFTS)

    def release(self, draft: Ref, lock: str, op: Op) -> None:
        def work() -> tuple[Ref, None]:
            self._holding(draft, "release")
            if draft.key in self.locks:
                self._held(draft, lock, "release")
                del self.locks[draft.key]
            return draft, None

        self._once("release", op, work, needs=DRAFTS)

    def finalise(self, draft: Ref, op: Op) -> Document:
        def work() -> tuple[Ref, Document]:
            folder = self._holding(draft, "finalise")
            there = folder.documents[draft.key]
            if there.filed:
                return there.ref, there
            self._open_folder(folder.case.ref, "finalise")
            if draft.key in self.locks:
                raise Locked(NAME, "finalise", self.locks[draft.key].by)
            ref = replace(there.ref, kind=Kind.DOCUMENT)
            filed = folder.documents[draft.key] = replace(there, ref=ref, filed=True)
            self.changes.append(ref)
            return ref, filed

        return self._once("finalise", op, work, needs=DRAFTS)

    def _put(
        self, case: Ref, meta: DocumentMeta, kind: Kind, files: Sequence[NewFile], operation: str
    ) -> Document:
        folder = self._open_folder(case, operation)
        self._check(operation, title=meta.title)
        if len(meta.external_id) > 50:
            raise Rejected(NAME, operation, "external_id")
        if meta.section is not None and meta.section not in [s.ref for s in folder.sections]:
            raise Rejected(NAME, operation, "section")
        kept = [self._keep(file, 1, operation) for file in files]
        ref = self._new_ref(kind)
        made = Document(ref, meta, kind is Kind.DOCUMENT, self.clock())
        folder.documents[ref.key] = made
        self.versions[ref.key] = kept
        return made

    def _keep(self, file: NewFile, version: int, operation: str) -> File:
        content = file.content.read()
        if self.largest_file is not None and len(content) > self.largest_file:
            raise TooLarge(NAME, operation, self.largest_file)
        ref = self._new_ref(Kind.FILE)
        self.contents[ref.key] = content
        name = file.name.replace("\\", "/").rsplit("/", 1)[-1] or "uden navn"
        sha256 = hashlib.sha256(content).hexdigest()
        return File(ref, name, file.media_type, len(content), sha256, version)

    def _draft(self, draft: Ref, operation: str) -> None:
        folder = self._holding(draft, operation)
        if folder.documents[draft.key].filed:
            raise Rejected(NAME, operation, "draft")
        self._open_folder(folder.case.ref, operation)

    def _held(self, draft: Ref, lock: str, operation: str) -> None:
        held = self.locks.get(draft.key)
        if held is None or held.token != lock:
            raise Conflict(NAME, operation)
