"""What stands above a form that was refused: each thing once, however many places say it.

A sentence of a refusal is read alone too, so it may say that nothing is saved and that the text is
kept. Above a form the heading and the last line say that already.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

KEPT: Final = re.compile(r"\b(?:står|ligger) (?:her|der) endnu\b")
"""How a sentence says that what was typed is there."""


def said_once(found: Mapping[str, str], heading: str) -> Sequence[tuple[str, str]]:
    """Return what is wrong, field by field, without what the heading says and without repeats.

    :param found: a sentence for each field; an empty name is the whole form.
    """
    told: dict[str, str] = {}
    for field, sentence in found.items():
        told.setdefault(_without(sentence, heading), field)
    return [(field, sentence) for sentence, field in told.items()]


def says_kept(found: Mapping[str, str]) -> bool:
    """Tell whether one of the sentences says that what was typed is there."""
    return any(KEPT.search(sentence) for sentence in found.values())


def _without(sentence: str, heading: str) -> str:
    """Return a sentence without the heading it begins with, unless that is all of it."""
    first, dot, rest = sentence.partition(". ")
    same = first.casefold().removesuffix(" endnu") == heading.casefold().removesuffix(" endnu")
    return rest.strip() if dot and same else sentence
