"""The words a case or an underretning is found by.

Of numbers there are a street with its number, as one word, and a telephone number. Others stay out,
CPR numbers with them.
"""

import re
from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Final, Literal
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.folding import folded
from dubu_plugin.domain.sought import STREETS
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
    for word in (*_numbered(text), *folded(text).split()):
        plain = word.strip("'")[:LONGEST_WORD]
        bare = any(c.isdigit() for c in plain) and not _KEPT.fullmatch(plain)
        if len(plain) < SHORTEST or plain in seen or bare:
            continue
        seen.add(plain)
        yield plain
        if len(seen) == MOST_WORDS:
            return


_CPR: Final = re.compile(r"(?<!\d)\d{6}\s?[-–]?\s?\d{4}(?!\d)")
_PHONE: Final = re.compile(r"(?<![\d-])(?:\+45 ?)?(\d\d) ?(\d\d) ?(\d\d) ?(\d\d)(?![\d-])")
_STREET: Final = re.compile(rf"(?i)\b([^\W\d_]{{1,30}}(?:{STREETS})) (\d{{1,3}} ?[a-zæøå]?)\b")
_KEPT: Final = re.compile(r"\d{8}|[^\W\d_]+\d{1,3}[a-z]{0,2}")


def _numbered(text: str) -> Iterator[str]:
    """Yield the streets with their number, and the telephone numbers: ``proevegade7``, 99991210."""
    plain = _CPR.sub(" ", text)
    for street, number in _STREET.findall(plain):
        yield folded(f"{street}{number.replace(' ', '')}").replace(" ", "")
    for parts in _PHONE.findall(plain):
        yield "".join(parts)


_ADD: Final = sa.insert(search_words)


def weighed(texts: Mapping[Weight, str]) -> Mapping[str, int]:
    """Return the words of some texts, each with the heaviest weight it has."""
    wanted: dict[str, int] = {}
    for weight in sorted(texts):
        wanted |= dict.fromkeys(words_of(texts[weight]), int(weight))
    return wanted


def index_new(
    connection: sa.Connection, kind: Kind, subject: UUID, words: Mapping[str, int]
) -> None:
    """Have something found by these words, none of which it is found by already.

    :param words: as `weighed` returns them.
    """
    rows = [
        {"word": word, "kind": kind, "subject_id": subject, "weight": weight}
        for word, weight in words.items()
    ]
    if rows:
        connection.execute(_ADD, rows)


def index(
    connection: sa.Connection, kind: Kind, subject: UUID, texts: Mapping[Weight, str]
) -> None:
    """Add words to what something is found by; a word that is known keeps the heavier weight."""
    wanted = weighed(texts)
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
    new = {word: weight for word, weight in wanted.items() if word not in known or word in lighter}
    index_new(connection, kind, subject, new)


def forget(connection: sa.Connection, kind: Kind, subject: UUID, text: str) -> None:
    """Have something no longer found by the words of a text."""
    mine = sa.and_(search_words.c.kind == kind, search_words.c.subject_id == subject)
    words = list(words_of(text))
    connection.execute(sa.delete(search_words).where(mine, search_words.c.word.in_(words)))
