"""Drafts: taken out under a lock by one person, brought back as the next version, then filed."""

from datetime import datetime

import sqlalchemy as sa

from dubu_journal import documents
from dubu_journal import tables as t
from dubu_journal.cases import open_case
from dubu_journal.documents import Document, File, Meta, NewFile
from dubu_journal.refusals import AlreadyFiled, Held, NotHeld


def create(
    connection: sa.Connection, case_id: int, meta: Meta, file: NewFile, *, by: str, now: datetime
) -> int:
    """Put an unfinished document on an open case and return its id."""
    draft_id = documents.put(connection, case_id, meta, by=by, now=now)
    documents.add_version(connection, draft_id, file, position=1, version=1, by=by, now=now)
    return draft_id


def check_out(
    connection: sa.Connection, draft_id: int, lock: str, *, by: str, now: datetime
) -> File:
    """Give the draft to somebody under a lock of theirs, and return what they get.

    Whoever has it out may take it out again; the lock they had before then holds nothing.

    :raises Held: somebody else has it out.
    :raises AlreadyFiled: it is no draft any more.
    """
    draft = _open_draft(connection, draft_id)
    if draft.lock is not None and draft.locked_by != by:
        raise _held(draft)
    _set_lock(connection, draft_id, lock, by, now)
    return documents.files(connection, draft_id)[0]


def check_in(
    connection: sa.Connection, draft_id: int, lock: str, file: NewFile, *, by: str, now: datetime
) -> int:
    """Keep what comes back as the next version, free the draft, and return the version's id.

    :raises NotHeld: the lock does not hold the draft.
    """
    _held_draft(connection, draft_id, lock)
    before = documents.files(connection, draft_id)[0]
    file_id = documents.add_version(
        connection, draft_id, file, position=1, version=before.version + 1, by=by, now=now
    )
    _set_lock(connection, draft_id, None, None, None)
    return file_id


def release(connection: sa.Connection, draft_id: int, lock: str) -> None:
    """Free the draft as it is; nothing happens where nobody has it.

    :raises NotHeld: it is out under another lock.
    """
    draft = documents.get(connection, draft_id)
    if draft.lock is None:
        return
    _held_draft(connection, draft_id, lock)
    _set_lock(connection, draft_id, None, None, None)


def break_lock(connection: sa.Connection, draft_id: int) -> None:
    """Free the draft without the lock, for a leader whose employee has gone home with it."""
    if documents.get(connection, draft_id).lock is not None:
        _set_lock(connection, draft_id, None, None, None)


def finalise(connection: sa.Connection, draft_id: int, now: datetime) -> None:
    """Journalise the draft; nothing happens where it is filed.

    :raises Held: somebody has it out.
    """
    draft = documents.get(connection, draft_id)
    if draft.filed:
        return
    open_case(connection, draft.case_id)
    if draft.lock is not None:
        raise _held(draft)
    documents.mark_filed(connection, draft_id, now)


def rename(connection: sa.Connection, draft_id: int, title: str) -> None:
    """Give a draft another title."""
    _open_draft(connection, draft_id)
    connection.execute(t.documents.update().where(t.documents.c.id == draft_id).values(title=title))


def discard(connection: sa.Connection, draft_id: int) -> None:
    """Throw a draft away.

    :raises Held: somebody has it out.
    """
    draft = _open_draft(connection, draft_id)
    if draft.lock is not None:
        raise _held(draft)
    connection.execute(t.document_files.delete().where(t.document_files.c.document_id == draft_id))
    connection.execute(t.documents.delete().where(t.documents.c.id == draft_id))


def _open_draft(connection: sa.Connection, draft_id: int) -> Document:
    draft = documents.get(connection, draft_id)
    if draft.filed:
        raise AlreadyFiled(str(draft_id))
    open_case(connection, draft.case_id)
    return draft


def _held_draft(connection: sa.Connection, draft_id: int, lock: str) -> Document:
    draft = _open_draft(connection, draft_id)
    if draft.lock != lock:
        raise NotHeld(str(draft_id))
    return draft


def _set_lock(
    connection: sa.Connection,
    draft_id: int,
    lock: str | None,
    by: str | None,
    at: datetime | None,
) -> None:
    one = t.documents.c.id == draft_id
    values = {"lock": lock, "locked_by": by, "locked_at": at}
    connection.execute(t.documents.update().where(one).values(values))


def _held(draft: Document) -> Held:
    assert draft.locked_by is not None
    assert draft.locked_at is not None
    return Held(draft.locked_by, draft.locked_at)
