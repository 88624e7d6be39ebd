"""The case numbers a case is found by, and the parts of one that people type.

Nobody types ``27.24.00-G01-382-26``: they type ``382-26``, or begin with the number and stop. What
tells one case from another is the end, so that is kept among the words, marked as a number; what
all cases have in common finds none.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.search.words import LONGEST_WORD
from dubu_plugin.store.tables import search_words

MARK: Final = "#"
"""Begins what is kept of a number, so that it is no word of a text."""
WEIGHT: Final = 3
SHORTEST: Final = 2
"""In characters, where the number is all that is typed."""
SHORTEST_BESIDE: Final = 3
"""And where it stands among words, of which many hold an age or a house number."""

_SUBJECT: Final = re.compile(r"(?:\d[\d.]*-)?[a-zæøå]\d{2}(?:-|$)")
"""What numbers begin with that say what a case is about: KLE's number and facet."""
_KLE: Final = re.compile(r"\d\d?(?:\.\d{0,2}){1,2}-?")
_SEPARATORS: Final = re.compile(r"[-/. ]+")


def words_of_number(number: str) -> frozenset[str]:
    """Return what a case is found by of its number: the end of it, from each of its parts on."""
    plain = _own_part(number.strip().lower())
    ends = [plain, *(plain[found.end() :] for found in _SEPARATORS.finditer(plain))]
    return frozenset(f"{MARK}{end}"[:LONGEST_WORD] for end in ends if len(end) >= SHORTEST_BESIDE)


def kept_of_number(words: Iterable[str]) -> frozenset[str]:
    """Return those of the words something is found by that are of its number."""
    return frozenset(word for word in words if word.startswith(MARK))


def numbers_asked(text: str) -> Iterator[str]:
    """Yield what a text asks for of case numbers, as the beginning of a kept word."""
    tokens = text.lower().split()
    shortest = SHORTEST if len(tokens) == 1 else SHORTEST_BESIDE
    for token in tokens:
        own = _own_part(token.strip(".,;:#"))
        if len(own) >= shortest and any(character.isdigit() for character in own):
            yield f"{MARK}{own}"[:LONGEST_WORD]


def index_number(connection: sa.Connection, sag: UUID, number: str | None) -> bool:
    """Have a case found by its number and by no other; tell whether anything changed."""
    w = search_words.c
    mine = sa.and_(w.kind == "sag", w.subject_id == sag, w.word.like(f"{MARK}%"))
    before = set(connection.scalars(sa.select(w.word).where(mine)))
    wanted = words_of_number(number) if number else frozenset()
    if before == wanted:
        return False
    connection.execute(sa.delete(search_words).where(mine))
    if wanted:
        connection.execute(
            sa.insert(search_words),
            [
                {"word": word, "kind": "sag", "subject_id": sag, "weight": WEIGHT}
                for word in sorted(wanted)
            ],
        )
    return True


def _own_part(number: str) -> str:
    """Return a number without what it says of the case's subject; empty where it says no more."""
    if _KLE.fullmatch(number):
        return ""
    return _SUBJECT.sub("", number, count=1) if _SUBJECT.match(number) else number
