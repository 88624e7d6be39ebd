"""Copy what the journal has on a case, so that no page waits for it."""

from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.ports.journal import Journal
from dubu_plugin.ports.journal_objects import Document, Kind, Note, Ref
from dubu_plugin.store import outbox
from dubu_plugin.store.database import Store
from dubu_plugin.store.journal import journalkopi
from dubu_plugin.store.journal.journalkopi import CopiedDocument
from dubu_plugin.store.keys import op_key
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import SYSTEM, Work

KIND: Final = "copy_journal"
MOST_PAGES: Final = 500
"""Of notes, or of documents, of one case. More than that is a host that goes round in circles."""


class Hosts(Protocol):
    """The part of the ports that is asked."""

    @property
    def journal(self) -> Journal:
        """The journal system."""


class Copying(Protocol):
    """What is needed to copy a case."""

    @property
    def store(self) -> Store:
        """What is remembered."""

    @property
    def ports(self) -> Hosts:
        """The other systems."""


def copy_case(sag: UUID, *, product: Copying, now: datetime) -> None:
    """Copy the notes that are new since the last time, and the documents as they are now.

    :raises AdapterError: the host does not answer, or does not show the case.
    """
    journal = product.ports.journal
    with product.store.read() as connection:
        ours = sager.by_id(connection, sag)
        seen = journalkopi.newest_note(connection, sag)
    if ours is None or ours.host_key is None:
        return
    case = Ref(journal.name, Kind.CASE, ours.host_key, ours.number)
    notes = _notes(journal, case, seen)
    documents = _documents(journal, case)
    with product.store.write(actor=SYSTEM, now=now) as work:
        journalkopi.keep(
            work.connection,
            sag,
            notes,
            [_document(one) for one in documents],
            newest=notes[0].ref.key if notes else seen,
            now=now,
        )


def ask_for_copy(work: Work, sag: UUID, *, turn: str = "") -> None:
    """Have a case copied as soon as the journal answers, beside whatever else waits for it.

    :param turn: another word asks once more; the same has been asked already.
    """
    key = op_key(sag, f"{KIND}:{turn}")
    work.tell(KIND, lane=f"journal:{sag}", key=key, payload={"sag": str(sag)})


def is_asked(connection: sa.Connection, sag: UUID, *, turn: str = "") -> bool:
    """Tell whether it has been asked for; see `ask_for_copy`."""
    return outbox.is_told(connection, op_key(sag, f"{KIND}:{turn}"))


def _notes(journal: Journal, case: Ref, seen: str | None) -> list[Note]:
    """Return the notes added after the one with this key, the newest first."""
    found: list[Note] = []
    after: str | None = None
    for _ in range(MOST_PAGES):
        page = journal.notes(case, after=after)
        for note in page.items:
            if note.ref.key == seen:
                return found
            found.append(note)
        if page.next is None:
            break
        after = page.next
    return found


def _documents(journal: Journal, case: Ref) -> list[Document]:
    found: list[Document] = []
    after: str | None = None
    for _ in range(MOST_PAGES):
        page = journal.documents(case, after=after)
        found += page.items
        if page.next is None:
            break
        after = page.next
    return found


def _document(one: Document) -> CopiedDocument:
    meta = one.meta
    return CopiedDocument(
        one.ref.key, meta.title, meta.direction, meta.document_date, one.created,
        filed=one.filed, party=meta.party,
    )  # fmt: skip
