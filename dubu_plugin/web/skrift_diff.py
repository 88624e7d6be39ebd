"""What is different between two texts, word by word: what was taken out, and what was put in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

_WORDS: Final = re.compile(r"\n|[^\S\n]+|[^\s]+")
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
    for tag, a, b, c, d in _opcodes(middle_old, middle_new):
        taken, put = "".join(middle_old[a:b]), "".join(middle_new[c:d])
        if tag == "equal":
            yield Piece("same", taken)
        elif tag == "replace" and fine and b - a == d - c:
            # As many sentences as before: each has most likely become the one in its place.
            for old_one, new_one in zip(middle_old[a:b], middle_new[c:d], strict=True):
                yield from _matched(_WORDS.findall(old_one), _WORDS.findall(new_one), fine=False)
        elif tag == "replace" and fine and len(taken) + len(put) < MOST:
            yield from _matched(_WORDS.findall(taken), _WORDS.findall(put), fine=False)
        else:
            yield Piece("out", taken)
            yield Piece("in", put)
    yield Piece("same", "".join(old[len(old) - last :]))


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield how one row becomes the other, as difflib says it.

    Where most words stand where they stood, they are compared place by place, which is much faster.
    """
    same = [a == b for a, b in zip(old, new, strict=False)]
    if len(old) == len(new) and 2 * sum(same) > len(same):
        for at, is_same in enumerate(same):
            yield ("equal" if is_same else "replace"), at, at + 1, at, at + 1
        return
    yield from SequenceMatcher(None, old, new, False).get_opcodes()


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
