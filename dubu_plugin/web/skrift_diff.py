"""What is different between two texts, word by word: what was taken out, and what was put in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

_WORDS: Final = re.compile(r"\n|[^\S\n]+|[^\s]+")
_SENTENCES: Final = re.compile(r"\n|[^\n]*?[.!?:](?=\s|$)[^\S\n]*|[^\n]+")
FINE: Final = 400
"""Words. What differs over more than this is compared by whole sentences first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text: the same in both, taken out, or put in."""

    kind: str
    """``same``, ``out`` or ``in``."""
    text: str = field(repr=False)


def differences(before: str, after: str) -> Sequence[Piece]:
    """Return both texts as one, in pieces."""
    return list(_joined(_compared(before, after)))


def _compared(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) <= FINE and len(new) <= FINE:
        yield from _matched(old, new, fine=False)
        return
    yield from _matched(_SENTENCES.findall(before), _SENTENCES.findall(after), fine=True)


def _matched(old: Sequence[str], new: Sequence[str], *, fine: bool) -> Iterator[Piece]:
    """Compare two rows of words; what both begin and end with is put aside first."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    most = min(len(old), len(new)) - first
    while last < most and old[-1 - last] == new[-1 - last]:
        last += 1
    yield Piece("same", "".join(old[:first]))
    middle_old, middle_new = old[first : len(old) - last], new[first : len(new) - last]
    for tag, a, b, c, d in SequenceMatcher(None, middle_old, middle_new, False).get_opcodes():
        taken, put = "".join(middle_old[a:b]), "".join(middle_new[c:d])
        if tag == "equal":
            yield Piece("same", taken)
        elif tag == "replace" and fine and len(taken) + len(put) < FINE * 12:
            yield from _matched(_WORDS.findall(taken), _WORDS.findall(put), fine=False)
        else:
            yield Piece("out", taken)
            yield Piece("in", put)
    yield Piece("same", "".join(old[len(old) - last :]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Put neighbours of one kind together; between two changes a lone space is part of both."""
    out, put, same = "", "", ""
    for piece in pieces:
        if not piece.text:
            continue
        if (
            piece.kind == "same"
            and (out or put)
            and piece.text.isspace()
            and "\n" not in piece.text
        ):
            out, put = out + piece.text, put + piece.text
            continue
        if piece.kind == "same":
            if out or put:
                yield from _changed(out, put)
                out, put = "", ""
            same += piece.text
            continue
        if same:
            yield Piece("same", same)
            same = ""
        out += piece.text if piece.kind == "out" else ""
        put += piece.text if piece.kind == "in" else ""
    if same:
        yield Piece("same", same)
    yield from _changed(out, put)


def _changed(out: str, put: str) -> Iterator[Piece]:
    if out.strip() or (out and not put):
        yield Piece("out", out)
    if put.strip() or (put and not out):
        yield Piece("in", put)
