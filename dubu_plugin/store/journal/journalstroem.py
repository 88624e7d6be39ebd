"""The stream of a case: notes, documents and what has happened, the newest first, a page at a time.

Which lines a page has is one question over all three; what they say is asked for those alone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.folding import folded
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.journal import KINDS, Line
from dubu_plugin.store.access import visible_underretninger
from dubu_plugin.store.sag.sag_events import SHOWN_AT
from dubu_plugin.store.tables import (
    boernesamtale_udgaver,
    boernesamtaler,
    employees,
    foldninger,
    haendelser,
    journaldokumenter,
    journalnotater,
    skrifter,
    tekster,
    underretninger,
)
from dubu_plugin.store.transaction import SYSTEM

PER_PAGE: Final = 25
EVENT, NOTE, DOCUMENT = "h", "n", "d"
_ABOVE: Final = sa.literal(2**40, sa.BigInteger)
"""The rank of a note and of a document: above what happened at the same moment."""
_OUTSIDE: Final = ""
"""Who wrote what nobody who works here is named for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines somebody asks for; nothing said is everything."""

    line: Line | None = None
    who: str | None = None
    """The key of an employee, or empty for what nobody here is named for."""
    since: datetime | None = None
    until: datetime | None = None
    """Not with it."""
    own_words: bool = False
    automatic: bool | None = None
    """Only what came by itself, or only what did not."""
    text: str = field(default="", repr=False)
    event_types: Sequence[Haendelse] = ()
    """The hændelser whose words in Danish have the text in them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line's place in the stream: the next page begins after it."""

    at: datetime
    rank: int
    id: UUID


@dataclass(frozen=True, slots=True)
class Entry(Place):
    """A line: what it is of, and where it stands."""

    source: str
    """`EVENT`, `NOTE` or `DOCUMENT`."""
    line: Line


@dataclass(frozen=True, slots=True)
class Stream:
    """A page of it, and how much there is."""

    entries: Sequence[Entry]
    more: bool
    by_line: Mapping[Line, int]
    """How many of each kind there are, whatever kind is asked for."""
    by_who: Mapping[str, tuple[str, int]]
    """Who wrote how many, by their key: the name, or the key where nobody knows a name."""
    total: int
    """How many there are of what is asked for."""


def page(
    connection: sa.Connection,
    who: Asker,
    sag: UUID,
    wanted: Wanted,
    *,
    after: Place | None = None,
    per_page: int = PER_PAGE,
) -> Stream:
    """Return a page of a case's stream. What is not for this asker is not in it, nor counted.

    :param after: the last line of the page before; None for the newest.
    """
    lines = _lines(connection, who, sag, wanted).subquery()
    counted = _counted(connection, lines)
    line, actor = wanted.line, wanted.who
    chosen = _chosen(lines, wanted)
    asked = sa.select(lines).where(*chosen)
    if after is not None:
        asked = asked.where(
            sa.or_(
                lines.c.at < after.at,
                sa.and_(lines.c.at == after.at, lines.c.rank < after.rank),
                sa.and_(lines.c.at == after.at, lines.c.rank == after.rank, lines.c.id < after.id),
            )
        )
    rows = connection.execute(
        asked.order_by(lines.c.at.desc(), lines.c.rank.desc(), lines.c.id.desc()).limit(
            per_page + 1
        )
    ).all()
    by_line: Counter[Line] = Counter()
    by_who: dict[str, tuple[str, int]] = {}
    total = 0
    for row in counted:
        mine, theirs = row.line == line or line is None, row.actor == actor or actor is None
        total += row.number if mine and theirs else 0
        if theirs:
            by_line[Line(row.line)] += row.number
        if mine:
            before = by_who.get(row.actor, ("", 0))[1]
            by_who[row.actor] = (row.name or row.actor, before + row.number)
    entries = [
        Entry(row.at, row.rank, row.id, row.source, Line(row.line)) for row in rows[:per_page]
    ]
    return Stream(entries, len(rows) > per_page, by_line, by_who, total)


def _counted(connection: sa.Connection, lines: sa.Subquery) -> Sequence[sa.Row[Any]]:
    """Count the lines by what they are about and by who wrote them."""
    by = lines.c.line, lines.c.actor, employees.c.name
    return connection.execute(
        sa.select(*by, sa.func.count().label("number"))
        .select_from(lines.outerjoin(employees, employees.c.key == lines.c.actor))
        .group_by(*by)
    ).all()


def _chosen(lines: sa.Subquery, wanted: Wanted) -> Sequence[sa.ColumnElement[bool]]:
    found = []
    if wanted.line is not None:
        found.append(lines.c.line == wanted.line)
    if wanted.who is not None:
        found.append(lines.c.actor == wanted.who)
    return found


def _lines(
    connection: sa.Connection, who: Asker, sag: UUID, wanted: Wanted
) -> sa.CompoundSelect[*tuple[Any, ...]]:
    return sa.union_all(
        _events(connection, who, sag, wanted), _notes(sag, wanted), _documents(sag, wanted)
    )


def _events(
    connection: sa.Connection, who: Asker, sag: UUID, wanted: Wanted
) -> sa.Select[*tuple[Any, ...]]:
    h = haendelser.c
    line = sa.case(
        *((h.type.in_(sorted(kinds)), line.value) for line, kinds in KINDS.items()),
        else_=Line.ANDET.value,
    )
    told_elsewhere = sa.exists().where(foldninger.c.haendelse_id == h.id)
    readable = sa.exists(
        sa.select(underretninger.c.id).where(
            underretninger.c.id == h.underretning_id, visible_underretninger(who, Act.SEARCH)
        )
    )
    asked = [h.sag_id == sag, ~told_elsewhere, sa.or_(h.underretning_id.is_(None), readable)]
    asked += _period(SHOWN_AT, wanted)
    if wanted.own_words:
        asked.append(h.type == Haendelse.BOERNESAMTALE_HOLDT)
    if wanted.automatic is not None:
        asked.append((h.actor == SYSTEM) if wanted.automatic else (h.actor != SYSTEM))
    if wanted.text:
        asked.append(_says(connection, sag, wanted))
    return sa.select(
        _text(EVENT).label("source"), h.id.label("id"), SHOWN_AT.label("at"), h.seq.label("rank"),
        line.label("line"), h.actor.label("actor"),
    ).where(*asked)  # fmt: skip


def _notes(sag: UUID, wanted: Wanted) -> sa.Select[*tuple[Any, ...]]:
    n = journalnotater.c
    asked = [n.sag_id == sag, n.document_id.is_(None), *_period(n.occurred_at, wanted)]
    if wanted.own_words:
        talk = sa.exists().where(
            foldninger.c.entry_id == n.id,
            foldninger.c.haendelse_id == haendelser.c.id,
            haendelser.c.type == Haendelse.BOERNESAMTALE_HOLDT,
        )
        asked.append(sa.or_(n.own_words != "", talk))
    if wanted.automatic is not None:
        asked.append(n.automatic if wanted.automatic else sa.not_(n.automatic))
    if wanted.text:
        asked.append(_has(n.sought, wanted.text))
    return sa.select(
        _text(NOTE), n.id, n.occurred_at, _ABOVE, n.line,
        sa.func.coalesce(n.author, _text(_OUTSIDE)),
    ).where(*asked)  # fmt: skip


def _documents(sag: UUID, wanted: Wanted) -> sa.Select[*tuple[Any, ...]]:
    d = journaldokumenter.c
    line = sa.case((d.direction == "out", Line.BREV.value), else_=Line.DOKUMENT.value)
    asked = [d.sag_id == sag, *_period(d.occurred_at, wanted)]
    if wanted.own_words:
        asked.append(sa.false())
    told = sa.exists().where(journalnotater.c.document_id == d.id)
    if wanted.automatic:
        asked.append(sa.or_(d.author == SYSTEM, told))
    elif wanted.automatic is False:
        asked.append(sa.or_(d.author.is_(None), d.author != SYSTEM))
    if wanted.text:
        in_note = sa.exists().where(
            journalnotater.c.document_id == d.id, _has(journalnotater.c.sought, wanted.text)
        )
        asked.append(sa.or_(_has(d.sought, wanted.text), in_note))
    return sa.select(
        _text(DOCUMENT), d.id, d.occurred_at, _ABOVE, line,
        sa.func.coalesce(d.author, _text(_OUTSIDE)),
    ).where(*asked)  # fmt: skip


def _text(value: str) -> sa.ColumnElement[str]:
    """Return a text of ours as a column; PostgreSQL would else not know what it is."""
    return sa.cast(sa.literal(value), sa.Unicode(64))


def _period(at: sa.ColumnElement[Any], wanted: Wanted) -> Sequence[sa.ColumnElement[bool]]:
    found = []
    if wanted.since is not None:
        found.append(at >= wanted.since)
    if wanted.until is not None:
        found.append(at < wanted.until)
    return found


def _has(sought: sa.ColumnElement[str], text: str) -> sa.ColumnElement[bool]:
    words = folded(text).split()
    return sa.and_(sa.true(), *(sought.contains(word, autoescape=True) for word in words))


def _says(connection: sa.Connection, sag: UUID, wanted: Wanted) -> sa.ColumnElement[bool]:
    """Return the condition that a hændelse is called so, or is of a talk or a skrift that says it.

    What is locked in a talk is not looked in.
    """
    words = wanted.text.split()
    u, t = boernesamtale_udgaver.c, tekster.c
    told = (u.own_words, u.wishes, u.topics, u.told, u.agreed, u.others, u.place)
    talks = (
        sa.select(u.samtale_id)
        .join(boernesamtaler, boernesamtaler.c.id == u.samtale_id)
        .where(
            boernesamtaler.c.sag_id == sag,
            boernesamtaler.c.version == u.number,
            *(sa.or_(*(_like(column, word) for column in told)) for word in words),
        )
    )
    written = (
        sa.select(t.skrift_id)
        .join(skrifter, skrifter.c.id == t.skrift_id)
        .where(skrifter.c.sag_id == sag, *(_like(t.text, word) for word in words))
    )
    found = set(connection.scalars(sa.union(talks, written)))
    h = haendelser.c
    return sa.or_(
        h.type.in_(sorted(wanted.event_types)),
        *(h.data.contains(f'":"{one}"', autoescape=True) for one in sorted(found)),
    )


def _like(column: sa.ColumnElement[Any], word: str) -> sa.ColumnElement[bool]:
    """Return the condition that a text has a word: no database folds æ, ø and å as Danes do."""
    ways = {word, word.lower(), word.capitalize(), word.upper()}
    return sa.or_(*(column.contains(one, autoescape=True) for one in sorted(ways)))
