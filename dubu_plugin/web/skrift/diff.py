"""What is different between two texts, word by word: what was taken out, and what was put in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

_WORDS: Final = re.compile(r"\n|[^\S\n]+|\S+[^\S\n]*")
"""A word has the space after it with it: what stands between words is no word."""
_SENTENCES: Final = re.compile(r"\n|[^\n]*?[.!?:](?=\s|$)[^\S\n]*|[^\n]+")
FINE: Final = 60
"""Words. What is longer than this is compared by whole sentences first."""
MOST: Final = 6_000
"""Characters. What was written so much anew in one place is shown as taken out and put in."""


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
    if max(len(before.split()), len(after.split())) <= FINE:
        yield from _matched(_WORDS.findall(before), _WORDS.findall(after), fine=False)
        return
    yield from _matched(_SENTENCES.findall(before), _SENTENCES.findall(after), fine=True)


def _matched(old: Sequence[str], new: Sequence[str], *, fine: bool) -> Iterator[Piece]:
    """Compare two rows of words; what both begin and end with is put aside first."""
    were, are = _keys(old), _keys(new)
    first = 0
    while first < min(len(were), len(are)) and were[first] == are[first]:
        first += 1
    last = 0
    most = min(len(were), len(are)) - first
    while last < most and were[-1 - last] == are[-1 - last]:
        last += 1
    yield Piece("same", _wider(old[:first], new[:first]))
    ends = _wider(old[len(old) - last :], new[len(new) - last :])
    between, here = slice(first, len(old) - last), slice(first, len(new) - last)
    old, middle = old[between], new[here]
    for tag, a, b, c, d in _opcodes(were[between], are[here]):
        taken, put = "".join(old[a:b]), "".join(middle[c:d])
        if tag == "equal":
            yield Piece("same", _wider(old[a:b], middle[c:d]))
        elif tag == "replace" and fine and b - a == d - c:
            # As many sentences as before: each has most likely become the one in its place.
            for old_one, new_one in zip(old[a:b], middle[c:d], strict=True):
                yield from _matched(_WORDS.findall(old_one), _WORDS.findall(new_one), fine=False)
        elif tag == "replace" and fine and len(taken) + len(put) < MOST:
            yield from _matched(_WORDS.findall(taken), _WORDS.findall(put), fine=False)
        else:
            yield Piece("out", taken)
            yield Piece("in", put)
    yield Piece("same", ends)


def _wider(old: Sequence[str], new: Sequence[str]) -> str:
    """Return the words that are in both, each with the space that keeps it from the next."""
    if old == new:
        return "".join(new)
    return "".join(max(pair, key=len) for pair in zip(old, new, strict=True))


def _keys(words: Sequence[str]) -> Sequence[str]:
    """Return the words as they are compared: another space after one is no other word."""
    return [word if word == "\n" else word.strip() for word in words]


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield how one row becomes the other, as difflib says it.

    Where most words stand where they stood, they are compared place by place, which is much faster.
    """
    same = [a == b for a, b in zip(old, new, strict=False)]
    if len(old) == len(new) and 2 * sum(same) > len(same):
        at = 0
        for is_same, run in groupby(same):
            past = at + sum(1 for _ in run)
            yield ("equal" if is_same else "replace"), at, past, at, past
            at = past
        return
    yield from SequenceMatcher(None, old, new, False).get_opcodes()


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Put neighbours of one kind together, what was taken out before what was put in."""
    same, out, put = "", "", ""
    for piece in pieces:
        if not piece.text:
            continue
        if piece.kind == "same":
            yield from _pieces(("out", out), ("in", put))
            same, out, put = same + piece.text, "", ""
            continue
        yield from _pieces(("same", same))
        same = ""
        out += piece.text if piece.kind == "out" else ""
        put += piece.text if piece.kind == "in" else ""
    yield from _pieces(("same", same), ("out", out), ("in", put))


def _pieces(*found: tuple[str, str]) -> Iterator[Piece]:
    return (Piece(kind, text) for kind, text in found if text)
