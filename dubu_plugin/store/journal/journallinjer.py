"""What the lines of a page of the stream say."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.journal.journalstroem import DOCUMENT, EVENT, NOTE, Entry
from dubu_plugin.store.outbox import State
from dubu_plugin.store.sag.rettelser import is_taken_back
from dubu_plugin.store.sag.sag_events import Event, never_missed
from dubu_plugin.store.tables import (
    boernesamtale_udgaver,
    boernesamtaler,
    employees,
    foldninger,
    haendelser,
    journaldokumenter,
    journalnotater,
    outbox,
)


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note."""

    id: UUID
    title: str = field(repr=False)
    body: str = field(repr=False)
    present: str = field(repr=False)
    own_words: str = field(repr=False)
    occurred_at: datetime
    written_at: datetime
    author_name: str | None
    automatic: bool
    host_key: str | None
    on_its_way: State | None
    """Where what tells the journal of it has got to; None where it is there, or was copied."""


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document, with the note that says that it was filed."""

    id: UUID
    host_key: str
    title: str = field(repr=False)
    direction: str
    date: date
    party: str | None = field(repr=False)
    filed: bool
    author_name: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """Everything the lines of a page say, by their keys."""

    events: Mapping[UUID, Event]
    notes: Mapping[UUID, KeptNote]
    documents: Mapping[UUID, KeptDocument]
    folded: Mapping[UUID, Sequence[Event]]
    """What happened that stands on a note's or a document's line, in its order."""
    note_of: Mapping[UUID, KeptNote]
    """The note that says that a document was filed, by the document's key."""
    own_words: Mapping[UUID, str]
    """What the child said in each talk that is named, as it stands now. Nothing locked."""


def said(connection: sa.Connection, entries: Sequence[Entry]) -> Said:
    """Return what the lines of a page say."""
    by_source: dict[str, list[UUID]] = defaultdict(list)
    for one in entries:
        by_source[one.source].append(one.id)
    events, folded = _events(connection, by_source[EVENT], [*by_source[NOTE], *by_source[DOCUMENT]])
    notes, note_of = _notes(connection, by_source[NOTE], by_source[DOCUMENT])
    named = [*events.values(), *(one for some in folded.values() for one in some)]
    return Said(
        events,
        notes,
        _documents(connection, by_source[DOCUMENT]),
        folded,
        note_of,
        _own_words(connection, named),
    )


def notes_of(connection: sa.Connection, sag: UUID) -> Sequence[KeptNote]:
    """Return the notes of a case, the newest first; none that only says a document was filed."""
    n = journalnotater.c
    mine = _kept_notes().where(n.sag_id == sag, n.document_id.is_(None))
    return [_note(row) for row in connection.execute(mine.order_by(n.occurred_at.desc(), n.id))]


def _events(
    connection: sa.Connection, alone: Sequence[UUID], entries: Sequence[UUID]
) -> tuple[dict[UUID, Event], dict[UUID, list[Event]]]:
    h, f = haendelser, foldninger
    # Of both kinds by their keys: one condition over both would read all that ever happened.
    told = sa.union_all(
        sa.select(h.c.id).where(h.c.id.in_(alone)),
        sa.select(f.c.haendelse_id).where(f.c.entry_id.in_(entries)),
    )
    rows = connection.execute(
        sa.select(
            h, employees.c.name, is_taken_back().label("taken_back"),
            never_missed().label("never_missed"), f.c.entry_id,
        )
        .select_from(
            h.outerjoin(f, f.c.haendelse_id == h.c.id).outerjoin(
                employees, employees.c.key == h.c.actor
            )
        )
        .where(h.c.id.in_(told))
        .order_by(h.c.seq)
    ).all() if alone or entries else ()  # fmt: skip
    events: dict[UUID, Event] = {}
    folded: dict[UUID, list[Event]] = defaultdict(list)
    for row in rows:
        if row.entry_id in entries:
            folded[row.entry_id].append(_event(row))
        else:
            events[row.id] = _event(row)
    return events, folded


def _event(row: sa.Row[Any]) -> Event:
    put_right = row.type == Haendelse.FRIST_RETTET
    return Event(
        Haendelse(row.type),
        row.recorded_at if put_right else row.occurred_at,
        row.name,
        row.underretning_id,
        json.loads(row.data),
        bool(row.taken_back or row.never_missed),
        row.occurred_at if put_right else None,
    )


def _notes(
    connection: sa.Connection, alone: Sequence[UUID], documents: Sequence[UUID]
) -> tuple[dict[UUID, KeptNote], dict[UUID, KeptNote]]:
    if not alone and not documents:
        return {}, {}
    n = journalnotater.c
    rows = connection.execute(
        _kept_notes()
        .where(sa.or_(n.id.in_(alone), n.document_id.in_(documents)))
        .order_by(n.written_at, n.id)
    )
    notes: dict[UUID, KeptNote] = {}
    note_of: dict[UUID, KeptNote] = {}
    for row in rows:
        note = _note(row)
        if row.document_id is None:
            notes[row.id] = note
        else:
            note_of[row.document_id] = note
    return notes, note_of


def _kept_notes() -> sa.Select[Any]:
    n, o = journalnotater, outbox
    return sa.select(n, employees.c.name.label("author_name"), o.c.state).select_from(
        n.outerjoin(employees, employees.c.key == n.c.author).outerjoin(o, o.c.key == n.c.id)
    )


def _note(row: sa.Row[Any]) -> KeptNote:
    state = None if row.host_key or row.state is None else State(row.state)
    return KeptNote(
        row.id, row.title, row.body, row.present, row.own_words, row.occurred_at,
        row.written_at, row.author_name, row.automatic, row.host_key, state,
    )  # fmt: skip


def _documents(connection: sa.Connection, some: Sequence[UUID]) -> dict[UUID, KeptDocument]:
    if not some:
        return {}
    d = journaldokumenter
    rows = connection.execute(
        sa.select(d, employees.c.name.label("author_name"))
        .select_from(d.outerjoin(employees, employees.c.key == d.c.author))
        .where(d.c.id.in_(some))
    )
    return {
        row.id: KeptDocument(
            row.id, row.host_key, row.title, row.direction, row.document_date, row.party,
            row.filed, row.author_name,
        )
        for row in rows
    }  # fmt: skip


def _own_words(connection: sa.Connection, events: Sequence[Event]) -> dict[UUID, str]:
    talks = [
        UUID(str(one.data["samtale"]))
        for one in events
        if one.what is Haendelse.BOERNESAMTALE_HOLDT and "samtale" in one.data
    ]
    if not talks:
        return {}
    u, b = boernesamtale_udgaver.c, boernesamtaler.c
    rows = connection.execute(
        sa.select(u.samtale_id, u.own_words)
        .join(boernesamtaler, sa.and_(b.id == u.samtale_id, b.version == u.number))
        .where(u.samtale_id.in_(talks))
    )
    return {row.samtale_id: row.own_words for row in rows if row.own_words}
