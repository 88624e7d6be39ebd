"""The journal's notes and documents, kept so that a page need not wait for another system.

What we tell the journal stands here at once, under the key of the row that tells it; what others
write there is copied. A hændelse that says the same as a note or a document is folded into it.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.folding import folded
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.journal import FILED, Line, line_of
from dubu_plugin.ports.journal_objects import Note
from dubu_plugin.store.tables import (
    foldninger,
    haendelser,
    journaldokumenter,
    journalkopier,
    journalnotater,
    letters,
)

LONGEST_TITLE: Final = 300
WRITTEN: Final = "skrevet"
"""What the payload of a row says where a person wrote the text of the note."""
SAME_ACT: Final = timedelta(minutes=2)
"""A note with a document's title, added so soon after it, is the one that says it was filed."""


@dataclass(frozen=True, slots=True)
class CopiedDocument:
    """A document as the host has it."""

    key: str
    title: str = field(repr=False)
    direction: str
    date: date
    created: datetime
    filed: bool = True
    party: str | None = field(default=None, repr=False)
    author: str | None = None


def add_note(
    connection: sa.Connection,
    number: UUID,
    sag: UUID,
    *,
    title: str,
    body: str,
    occurred_at: datetime,
    author: str | None,
    now: datetime,
    line: Line = Line.NOTAT,
    present: str = "",
    own_words: str = "",
    automatic: bool = False,
    host_key: str | None = None,
) -> None:
    """Keep a note, under the key of the row that tells the journal of it."""
    connection.execute(
        sa.insert(journalnotater).values(
            id=number, sag_id=sag, host_key=host_key, line=line, title=title[:LONGEST_TITLE],
            body=body, present=present, own_words=own_words, occurred_at=occurred_at,
            written_at=now, author=author, automatic=automatic, document_id=None,
            sought=folded(f"{title} {body} {present} {own_words}"),
        )
    )  # fmt: skip


def is_whole(payload: Mapping[str, Any]) -> bool:
    """Tell whether a row says what a note needs; what does not is for its delivery to refuse."""
    try:
        datetime.fromisoformat(payload["occurred_at"])
        UUID(payload["sag"])
    except (KeyError, TypeError, ValueError):
        return False
    return {"title", "body"} <= payload.keys()


def add_told(
    connection: sa.Connection,
    number: UUID,
    payload: Mapping[str, Any],
    *,
    author: str,
    now: datetime,
    host_key: str | None = None,
) -> None:
    """Keep a note as the row that tells the journal of it has it; the same row twice is one note.

    :param payload: as `dubu_plugin.delivery.handlers.add_note` reads it.
    """
    if is_kept(connection, number):
        return
    add_note(
        connection, number, UUID(payload["sag"]), title=payload["title"], body=payload["body"],
        occurred_at=datetime.fromisoformat(payload["occurred_at"]), author=author, now=now,
        automatic=not payload.get(WRITTEN), host_key=host_key,
    )  # fmt: skip


def is_kept(connection: sa.Connection, number: UUID) -> bool:
    """Tell whether there is a note with this key."""
    mine = journalnotater.c.id == number
    return connection.scalar(sa.select(journalnotater.c.id).where(mine)) is not None


def arrived(connection: sa.Connection, number: UUID, host_key: str) -> bool:
    """Remember what the host calls a note of ours; tell whether there is such a note.

    The host's own may have been copied meanwhile: it is the same one, and gives way.
    """
    n = journalnotater
    copied = connection.scalar(sa.select(n.c.id).where(n.c.host_key == host_key, n.c.id != number))
    if not is_kept(connection, number):
        return False
    if copied is not None:
        move = sa.update(foldninger).where(foldninger.c.entry_id == copied)
        connection.execute(move.values(entry_id=number))
        connection.execute(sa.delete(n).where(n.c.id == copied))
    connection.execute(sa.update(n).where(n.c.id == number).values(host_key=host_key))
    return True


def add_document(connection: sa.Connection, sag: UUID, told: CopiedDocument) -> UUID:
    """Keep a document, or what has changed of one, and return its key."""
    d = journaldokumenter
    values: dict[str, Any] = {
        "sag_id": sag, "title": told.title[:LONGEST_TITLE], "direction": told.direction,
        "document_date": told.date, "party": told.party and told.party[:200],
        "filed": told.filed, "occurred_at": told.created,
        "sought": folded(f"{told.title} {told.party or ''}"),
    }  # fmt: skip
    if told.author is not None:
        values["author"] = told.author
    there: UUID | None = connection.scalar(sa.select(d.c.id).where(d.c.host_key == told.key))
    if there is not None:
        connection.execute(sa.update(d).where(d.c.id == there).values(**values))
        return there
    number = uuid4()
    connection.execute(sa.insert(d).values(id=number, host_key=told.key, **values))
    return number


def fold(connection: sa.Connection, haendelse: UUID, entry: UUID) -> None:
    """Have a hændelse stand on a note's or a document's line instead of on one of its own."""
    f = foldninger
    if connection.scalar(sa.select(f.c.entry_id).where(f.c.haendelse_id == haendelse)) is None:
        connection.execute(sa.insert(f).values(haendelse_id=haendelse, entry_id=entry))


def tells_of(connection: sa.Connection, note: UUID, haendelse: UUID, what: Haendelse) -> None:
    """Have a note stand for what it tells of."""
    fold(connection, haendelse, note)
    line = line_of(what)
    if line is not Line.ANDET:
        mine = journalnotater.c.id == note
        connection.execute(sa.update(journalnotater).where(mine).values(line=line))


def follows_document(connection: sa.Connection, note: UUID, document: UUID) -> None:
    """Have a note that only says that a document was filed stand on the document's line."""
    mine = journalnotater.c.id == note
    connection.execute(
        sa.update(journalnotater).where(mine).values(document_id=document, automatic=True)
    )


def sent_as(connection: sa.Connection, letter: UUID, haendelse: UUID) -> None:
    """Have what says that a letter was sent stand on the line of its document."""
    found = connection.scalar(
        sa.select(journaldokumenter.c.id)
        .join(letters, letters.c.document_key == journaldokumenter.c.host_key)
        .where(letters.c.id == letter)
    )
    if found is not None:
        fold(connection, haendelse, found)


def newest_note(connection: sa.Connection, sag: UUID) -> str | None:
    """Return the key of the newest note there was when the case was copied last, or None."""
    mine = journalkopier.c.sag_id == sag
    return connection.scalar(sa.select(journalkopier.c.newest_note).where(mine))


def copied_at(connection: sa.Connection, sag: UUID) -> datetime | None:
    """Return when a case was copied last, or None where it never was."""
    mine = journalkopier.c.sag_id == sag
    return connection.scalar(sa.select(journalkopier.c.copied_at).where(mine))


def keep(
    connection: sa.Connection,
    sag: UUID,
    notes: Sequence[Note],
    documents: Sequence[CopiedDocument],
    *,
    newest: str | None,
    now: datetime,
) -> None:
    """Keep what the host has on a case; what is known already is only kept as it is now there.

    :param newest: the key of the newest note there.
    """
    for document in documents:
        add_document(connection, sag, document)
    _keep_notes(connection, sag, notes)
    _fold_filed(connection, sag)
    _fold_documents(connection, sag)
    k, values = journalkopier, {"copied_at": now, "newest_note": newest}
    if connection.execute(sa.update(k).where(k.c.sag_id == sag).values(**values)).rowcount == 0:
        connection.execute(sa.insert(k).values(sag_id=sag, **values))


def _keep_notes(connection: sa.Connection, sag: UUID, notes: Sequence[Note]) -> None:
    n = journalnotater
    rows = connection.execute(
        sa.select(n.c.id, n.c.host_key, n.c.title, n.c.body)
        .where(n.c.sag_id == sag)
        .order_by(n.c.written_at)
    ).all()
    known = {row.host_key for row in rows}
    # Several may say the same, to each parent say: the host's newest is our newest.
    ours: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for row in rows:
        if row.host_key is None:
            ours[_same(row.title, row.body)].append(row.id)
    for note in notes:
        if note.ref.key in known:
            continue
        # Its answer is not here yet, but it is there: the same note, not one more.
        alike = ours[_same(note.title, note.body)]
        if alike:
            arrived(connection, alike.pop(), note.ref.key)
            continue
        add_note(
            connection, uuid4(), sag, title=note.title, body=note.body, author=note.author,
            occurred_at=note.occurred_at, now=note.created, host_key=note.ref.key,
        )  # fmt: skip


def _same(title: str, body: str) -> tuple[str, str]:
    """Return what a note is known by: hosts differ in what they make of spaces and line ends."""
    return " ".join(title[:LONGEST_TITLE].split()), " ".join(body.split())


def _fold_filed(connection: sa.Connection, sag: UUID) -> None:
    """Fold what says that a note or a document was filed into what was."""
    h = haendelser
    already = sa.exists().where(foldninger.c.haendelse_id == h.c.id)
    rows = connection.execute(
        sa.select(h.c.id, h.c.type, h.c.data).where(
            h.c.sag_id == sag, h.c.type.in_(sorted(FILED)), ~already
        )
    ).all()
    if not rows:
        return
    entries: Mapping[str, Mapping[str, UUID]] = {
        name: {row.host_key: row.id for row in connection.execute(
            sa.select(table.c.id, table.c.host_key).where(table.c.sag_id == sag))}
        for name, table in (("dokument", journaldokumenter), ("notat", journalnotater))
    }  # fmt: skip
    for row in rows:
        data = json.loads(row.data)
        for name, keys in entries.items():
            if (entry := keys.get(data.get(name, ""))) is not None:
                fold(connection, row.id, entry)


def _fold_documents(connection: sa.Connection, sag: UUID) -> None:
    """Fold the note that follows by itself when a document is filed into the document."""
    n, d = journalnotater, journaldokumenter
    filed = connection.execute(
        sa.select(d.c.id, d.c.title, d.c.occurred_at).where(d.c.sag_id == sag)
    ).all()
    loose = connection.execute(
        sa.select(n.c.id, n.c.title, n.c.written_at).where(
            n.c.sag_id == sag, n.c.document_id.is_(None), n.c.host_key.is_not(None),
            n.c.line == Line.NOTAT,
        )
    ).all()  # fmt: skip
    taken = set(connection.scalars(sa.select(n.c.document_id).where(n.c.sag_id == sag)))
    for note in loose:
        for document in filed:
            soon = timedelta() <= note.written_at - document.occurred_at <= SAME_ACT
            if document.id not in taken and soon and note.title == document.title:
                follows_document(connection, note.id, document.id)
                taken.add(document.id)
                break
