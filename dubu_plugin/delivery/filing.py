"""Filing a document in the host, with the journal note that follows by itself."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from dubu_plugin.delivery.casefile import case_ref, name_of
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import OutcomeUnknown, Unreachable
from dubu_plugin.ports.journal_objects import Direction, DocumentMeta, NewFile, NewNote, Op, Ref
from dubu_plugin.store.journal import journalkopi
from dubu_plugin.store.journal.journalkopi import CopiedDocument
from dubu_plugin.store.keys import op_key
from dubu_plugin.store.transaction import Work

DIRECTIONS: Mapping[Direction, str] = {
    Direction.IN: "indgående",
    Direction.OUT: "udgående",
    Direction.INTERNAL: "internt",
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of ours that goes into a document."""

    sha256: str
    name: str = field(repr=False)
    media_type: str


@dataclass(frozen=True, slots=True)
class Filing:
    """A document to file on a case."""

    sag: UUID
    title: str = field(repr=False)
    direction: Direction
    date: date
    files: Sequence[StoredFile]
    party: str | None = field(default=None, repr=False)
    note: tuple[str, str] | None = field(default=None, repr=False)
    """Title and body of the note; None has them made from the document."""
    letter: str | None = None
    """The letter's code, where the document is one of our letters."""

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> "Filing":
        """Return what a ``file_document`` row says."""
        note = payload.get("note")
        return cls(
            sag=UUID(payload["sag"]),
            title=payload["title"],
            direction=Direction(payload["direction"]),
            date=date.fromisoformat(payload["date"]),
            files=[
                StoredFile(file["sha256"], file["name"], file["media_type"])
                for file in payload["files"]
            ],
            party=payload.get("party"),
            note=(note["title"], note["body"]) if note else None,
        )


def file(d: Delivery, what: Filing) -> Ref:
    """File the document and its note, and return the document. The same row twice files once."""
    case = case_ref(d, what.sag)
    with ExitStack() as opened:
        files = [
            NewFile(one.name, one.media_type, opened.enter_context(d.blobs.open(one.sha256)))
            for one in what.files
        ]
        meta = DocumentMeta(
            title=what.title,
            direction=what.direction,
            document_date=what.date,
            external_id=str(d.key),
            party=what.party,
        )
        document = d.ports.journal.file_document(case, meta, files, d.op)
    try:
        _add_note(d, what, case)
    except Unreachable as silence:
        # The document is there and its note is not: `filed` sees to the rest.
        raise OutcomeUnknown(silence.system, silence.operation) from None
    return document.ref


def filed(d: Delivery, what: Filing) -> Ref | None:
    """Return the document an earlier try filed, and see to its note; None where there is none."""
    document = d.ports.journal.probe(d.key)
    if document is not None and d.ports.journal.probe(_note_key(d)) is None:
        _add_note(d, what, case_ref(d, what.sag))
    return document


def done(d: Delivery, what: Filing, document: Ref) -> Done:
    """Return what the row came to, with the hændelse that says so."""
    title, body = _note_of(d, what)

    def then(work: Work) -> None:
        told = work.happened(
            Haendelse.DOKUMENT_JOURNALISERET,
            sag=what.sag,
            data={
                "dokument": document.key,
                "filer": [one.sha256 for one in what.files],
                "retning": what.direction,
                "brev": what.letter,
            },
        )
        kept = CopiedDocument(
            document.key, what.title, what.direction, what.date, d.now,
            party=what.party, author=d.actor,
        )  # fmt: skip
        number = journalkopi.add_document(work.connection, what.sag, kept)
        journalkopi.fold(work.connection, told.id, number)
        journalkopi.add_told(
            work.connection, _note_key(d), author=d.actor, now=d.now,
            payload={"sag": str(what.sag), "title": title, "body": body,
                     "occurred_at": d.now.isoformat()},
        )  # fmt: skip
        journalkopi.follows_document(work.connection, _note_key(d), number)

    return Done(document.key, then)


def _add_note(d: Delivery, what: Filing, case: Ref) -> None:
    note = NewNote(*_note_of(d, what), d.now)
    d.ports.journal.add_note(case, note, Op(_note_key(d), d.actor))


def _note_of(d: Delivery, what: Filing) -> tuple[str, str]:
    return what.note or (what.title, _told(d, what))


def _note_key(d: Delivery) -> UUID:
    return op_key(d.key, "notat")


def _told(d: Delivery, what: Filing) -> str:
    """Return the note the system writes by itself: what was filed, and who did it."""
    names = ", ".join(one.name for one in what.files)
    return (
        f"Dokumentet »{what.title}« ({DIRECTIONS[what.direction]}) er lagt på sagen "
        f"af {name_of(d, d.actor)}.\nFiler: {names}"
    )
