"""The words a case or an underretning is found by. Digits stay out, CPR numbers with them."""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Final, Literal
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.folding import folded
from dubu_plugin.store.tables import search_words

Kind = Literal["sag", "underretning"]

LONGEST_WORD: Final = 40
MOST_WORDS: Final = 400
"""Of one text. A long underretning has said what it is about by then."""
SHORTEST: Final = 2


class Weight(IntEnum):
    """Where a word stands: the heavier, the further up the answer."""

    TEXT = 1
    TITLE = 2
    NAME = 3


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text as they are stored and searched for, each once."""
    seen: set[str] = set()
    for word in folded(text).split():
        plain = word.strip("'")[:LONGEST_WORD]
        if len(plain) < SHORTEST or plain in seen or any(c.isdigit() for c in plain):
            continue
        seen.add(plain)
        yield plain
        if len(seen) == MOST_WORDS:
            return


def index(
    connection: sa.Connection, kind: Kind, subject: UUID, texts: Mapping[Weight, str]
) -> None:
    """Add words to what something is found by; a word that is known keeps the heavier weight."""
    wanted: dict[str, int] = {}
    for weight in sorted(texts):
        wanted |= dict.fromkeys(words_of(texts[weight]), int(weight))
    if not wanted:
        return
    mine = sa.and_(search_words.c.kind == kind, search_words.c.subject_id == subject)
    known = {
        row.word: row.weight
        for row in connection.execute(
            sa.select(search_words.c.word, search_words.c.weight).where(mine)
        )
    }
    lighter = [word for word, weight in wanted.items() if known.get(word, weight) < weight]
    if lighter:
        connection.execute(sa.delete(search_words).where(mine, search_words.c.word.in_(lighter)))
    rows = [
        {"word": word, "kind": kind, "subject_id": subject, "weight": weight}
        for word, weight in wanted.items()
        if word not in known or word in lighter
    ]
    if rows:
        connection.execute(sa.insert(search_words), rows)


def forget(connection: sa.Connection, kind: Kind, subject: UUID, text: str) -> None:
    """Have something no longer found by the words of a text."""
    mine = sa.and_(search_words.c.kind == kind, search_words.c.subject_id == subject)
    words = list(words_of(text))
    connection.execute(sa.delete(search_words).where(mine, search_words.c.word.in_(words)))
