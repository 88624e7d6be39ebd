"""Documents: filed once and for all, or kept as drafts until they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa

from dubu_journal import rows, sections
from dubu_journal import tables as t
from dubu_journal.cases import get as get_case
from dubu_journal.cases import open_case
from dubu_journal.files import Stored
from dubu_journal.refusals import BadValue, NotThere
from dubu_journal.rows import columns, every, first

DIRECTIONS: Final = {"in": "Indgående", "out": "Udgående", "internal": "Internt"}
LONGEST_EXTERNAL_ID: Final = 50
"""In characters."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a document."""

    title: str = field(repr=False)
    direction: str
    document_date: date
    external_id: str
    """The key of whoever filed it, for finding it again."""
    description: str | None = field(default=None, repr=False)
    party: str | None = field(default=None, repr=False)
    disclosure: bool | None = None
    section_id: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document or a draft."""

    id: int
    case_id: int
    section_id: int | None
    title: str = field(repr=False)
    direction: str
    document_date: date
    external_id: str
    description: str | None = field(repr=False)
    party: str | None = field(repr=False)
    disclosure: bool | None
    filed: bool
    filed_at: datetime | None
    created: datetime
    created_by: str
    lock: str | None = field(repr=False)
    locked_by: str | None
    locked_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewFile:
    """Content already on the disk, to be put on a document."""

    name: str = field(repr=False)
    media_type: str
    content: Stored


@dataclass(frozen=True, slots=True)
class File:
    """A version of one of a document's files."""

    id: int
    document_id: int
    position: int
    version: int
    name: str = field(repr=False)
    media_type: str
    size: int
    """In bytes."""
    sha256: str
    created: datetime
    created_by: str


def file(
    connection: sa.Connection,
    case_id: int,
    meta: Meta,
    files: Sequence[NewFile],
    *,
    by: str,
    now: datetime,
) -> int:
    """Journalise a document with its files and return its id.

    :raises BadValue: there is no file, or a value cannot be used.
    """
    if not files:
        raise BadValue("files")
    document_id = put(connection, case_id, meta, by=by, now=now)
    for position, new in enumerate(files, start=1):
        add_version(connection, document_id, new, position=position, version=1, by=by, now=now)
    mark_filed(connection, document_id, now)
    return document_id


def put(connection: sa.Connection, case_id: int, meta: Meta, *, by: str, now: datetime) -> int:
    """Put a document that is not filed yet on an open case and return its id."""
    open_case(connection, case_id)
    if meta.direction not in DIRECTIONS:
        raise BadValue("direction")
    if not meta.title.strip():
        raise BadValue("title")
    if len(meta.external_id) > LONGEST_EXTERNAL_ID:
        raise BadValue("external_id")
    if meta.section_id is not None and not sections.belongs(connection, meta.section_id, case_id):
        raise BadValue("section")
    row = {column: getattr(meta, column) for column in Meta.__dataclass_fields__}
    row |= {"case_id": case_id, "created": now, "created_by": by}
    return rows.add(connection, t.documents, row)


def mark_filed(connection: sa.Connection, document_id: int, now: datetime) -> None:
    """Journalise a document: from here on the database itself refuses to change it."""
    one = t.documents.c.id == document_id
    connection.execute(t.documents.update().where(one).values(filed=True, filed_at=now))


def add_version(
    connection: sa.Connection,
    document_id: int,
    new: NewFile,
    *,
    position: int,
    version: int,
    by: str,
    now: datetime,
) -> int:
    """Put a version of a file on a document that is not filed, and return its id."""
    row = {
        "document_id": document_id,
        "position": position,
        "version": version,
        "name": file_name(new.name),
        "media_type": new.media_type,
        "size": new.content.size,
        "sha256": new.content.sha256,
        "created": now,
        "created_by": by,
    }
    return rows.add(connection, t.document_files, row)


def get(connection: sa.Connection, document_id: int) -> Document:
    """Return a document or a draft.

    :raises NotThere: there is none.
    """
    found = first(connection, select().where(t.documents.c.id == document_id), Document)
    if found is None:
        raise NotThere(str(document_id))
    return found


def of_case(
    connection: sa.Connection, case_id: int, *, before: int | None = None, limit: int
) -> list[Document]:
    """Return the documents and drafts of a case, newest first, with an id below `before`."""
    get_case(connection, case_id)
    asked = select().where(t.documents.c.case_id == case_id)
    if before is not None:
        asked = asked.where(t.documents.c.id < before)
    return every(connection, asked.order_by(t.documents.c.id.desc()).limit(limit), Document)


def files(connection: sa.Connection, document_id: int) -> list[File]:
    """Return the newest version of each of a document's files, in their order.

    :raises NotThere: there is no such document.
    """
    get(connection, document_id)
    newer = t.document_files.alias()
    superseded = sa.exists().where(
        newer.c.document_id == t.document_files.c.document_id,
        newer.c.position == t.document_files.c.position,
        newer.c.version > t.document_files.c.version,
    )
    asked = _files().where(t.document_files.c.document_id == document_id, ~superseded)
    return every(connection, asked.order_by(t.document_files.c.position), File)


def versions(connection: sa.Connection, document_id: int) -> list[File]:
    """Return every version of every file of a document, newest first."""
    asked = _files().where(t.document_files.c.document_id == document_id)
    return every(connection, asked.order_by(t.document_files.c.id.desc()), File)


def get_file(connection: sa.Connection, file_id: int) -> File:
    """Return a version of a file.

    :raises NotThere: there is none.
    """
    found = first(connection, _files().where(t.document_files.c.id == file_id), File)
    if found is None:
        raise NotThere(str(file_id))
    return found


def file_name(given: str) -> str:
    """Return what a file may be called here: no folders, nothing that cannot be seen."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(letter for letter in last if letter.isprintable()).strip()
    return seen if seen.strip(".") else "uden navn"


def select() -> sa.Select[Any]:
    """Return the question for all documents, to be narrowed."""
    return sa.select(*columns(Document, t.documents))


def _files() -> sa.Select[Any]:
    return sa.select(*columns(File, t.document_files))
