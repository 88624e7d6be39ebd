"""Searching cases, documents and notes, for those who may see them.

Every entry of the word index carries the words of `access.words` and its case's own ``c<id>``, so
what somebody may not see is never looked at, and a common word costs no more than a rare one.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa

from dubu_journal import access, addresses, cases, documents, notes
from dubu_journal import tables as t
from dubu_journal.access import Viewer
from dubu_journal.cases import Case
from dubu_journal.documents import Document
from dubu_journal.notes import Note
from dubu_journal.rows import every

MOST_WORDS: Final = 8
"""How many words of what was typed are looked for."""

LONGEST_WORD: Final = 40
"""How many letters of each."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    cases: list[Case] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    of: Mapping[int, Case] = field(default_factory=dict)
    """The cases the documents and notes lie on, by id."""


def find(connection: sa.Connection, viewer: Viewer, typed: str, *, limit: int) -> Found:
    """Return what somebody may see of what they typed: a CPR number, a case number, or words.

    :param limit: the most of each kind.
    """
    digits = re.sub(r"[\s-]", "", typed)
    if re.fullmatch(r"[0-9]{10}", digits):
        return Found(cases=by_cpr(connection, viewer, digits, limit=limit))
    numbered = by_number(connection, viewer, typed.strip())
    if numbered:
        return Found(cases=numbered)
    return by_words(connection, viewer, typed, limit=limit)


def by_cpr(connection: sa.Connection, viewer: Viewer, cpr: str, *, limit: int) -> list[Case]:
    """Return the cases a person is a party to, the last changed first."""
    person = addresses.by_cpr(connection, cpr)
    if person is None:
        return []
    asked = (
        cases.select()
        .join(t.case_parties, t.case_parties.c.case_id == t.cases.c.id)
        .where(t.case_parties.c.contact_id == person.id, access.visible(viewer))
        .order_by(t.cases.c.changed.desc())
    )
    return every(connection, asked.limit(limit), Case)


def by_number(connection: sa.Connection, viewer: Viewer, number: str) -> list[Case]:
    """Return the case with this number, as a list of one or none."""
    asked = cases.select().where(t.cases.c.number == number.upper(), access.visible(viewer))
    return every(connection, asked, Case)


def by_words(connection: sa.Connection, viewer: Viewer, typed: str, *, limit: int) -> Found:
    """Return what has all the words, or words that begin so; the newest first."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", typed))[:MOST_WORDS]
    scope = _scope(connection, viewer)
    if not words or not scope:
        return Found()
    asked = " AND ".join(_beginning(word) for word in words)
    question = f"- scope : ({asked}) AND scope : ({scope})"
    found_cases = _hits(connection, "case_words", question, cases.select(), t.cases, limit)
    found_documents = _hits(
        connection, "document_words", question, documents.select(), t.documents, limit
    )
    found_notes = _hits(connection, "note_words", question, notes.select(), t.notes, limit)
    return _together(connection, viewer, found_cases, found_documents, found_notes)


def _together(
    connection: sa.Connection,
    viewer: Viewer,
    found_cases: list[Any],
    found_documents: list[Any],
    found_notes: list[Any],
) -> Found:
    """Leave out what the rule itself does not let through, should the index ever be behind it."""
    lying = [Document(*row) for row in found_documents], [Note(*row) for row in found_notes]
    ids = {row.case_id for rows in lying for row in rows}
    ids |= {row.id for row in found_cases}
    seen = cases.select().where(t.cases.c.id.in_(ids), access.visible(viewer))
    of = {case.id: case for case in every(connection, seen, Case)}
    return Found(
        [of[row.id] for row in found_cases if row.id in of],
        [document for document in lying[0] if document.case_id in of],
        [note for note in lying[1] if note.case_id in of],
        of,
    )


def _hits(
    connection: sa.Connection,
    words: str,
    question: str,
    select: sa.Select[Any],
    table: sa.Table,
    limit: int,
) -> list[Any]:
    newest = (
        sa.text(f"SELECT rowid FROM {words} WHERE {words} MATCH :q ORDER BY rowid DESC LIMIT :most")
        .bindparams(q=question, most=limit)
        .columns(sa.column("rowid", sa.Integer))
        .subquery()
    )
    asked = select.join(newest, newest.c.rowid == table.c.id).order_by(table.c.id.desc())
    return list(connection.execute(asked))


def _beginning(word: str) -> str:
    """Return the question for words that begin so; one letter is a word, not a beginning."""
    return f'"{word[:LONGEST_WORD]}"*' if len(word) > 1 else f'"{word}"'


def _scope(connection: sa.Connection, viewer: Viewer) -> str:
    """Return the words one of which an entry must carry for this viewer to see it."""
    own = connection.execute(access.beyond_units(viewer)).scalars()
    return " OR ".join([*sorted(viewer.words), *(f"c{case_id}" for case_id in own)])
