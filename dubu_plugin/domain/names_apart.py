"""Names in parts: a form with a line for each, and siblings with one surname.

They are looked up as any other full name in a text is, and never more.
"""

import re
from collections.abc import Iterator
from typing import Final

_PART: Final = r"[A-ZÆØÅÉÖÄÜÁÓÍ](?:[^\W\d_]|['’-](?=[^\W\d_])){1,40}"
_AFTER_LABEL: Final = rf"(?:[ ]?\(e\))?[ \t]{{0,9}}:?\s{{0,6}}({_PART}(?:[ ]{_PART}){{0,2}})"
_FIRST: Final = re.compile(
    rf"\b(?i:fornavne?|(?:barnets|elevens|den unges) navn|barn|barnet|elev){_AFTER_LABEL}"
)
_LAST: Final = re.compile(rf"\b(?i:efternavne?){_AFTER_LABEL}")
_LABEL: Final = re.compile(r"(?i)(?:for|efter|mellem)?navn\w{0,3}|barn\w{0,5}|elev\w{0,5}|cpr")
_SIBLINGS: Final = re.compile(rf"\b({_PART})((?:,[ ]{_PART}){{0,4}})[ ]og[ ]{_PART}[ ]({_PART})")
_OF_FAMILY: Final = re.compile(
    rf"\b({_PART})(?:[ ]{_PART}\.?)?[ ](?:fra[ ]familien|\(?efternavn:?)[ ]({_PART})"
    rf"|\b({_PART})[ ][A-ZÆØÅ]\.[ ]?\(({_PART})\)"
)


def names_apart(text: str) -> Iterator[str]:
    """Yield the names a text gives in parts, each with its surname."""
    firsts, lasts = list(_labelled(_FIRST, text)), list(_labelled(_LAST, text))
    for first, last in zip(firsts, lasts, strict=False):
        yield f"{first} {last}"
    for one in _SIBLINGS.finditer(text):
        first, others, last = one.groups()
        yield f"{first} {last}"
        yield from (f"{name.strip()} {last}" for name in others.split(",") if name.strip())
    for one in _OF_FAMILY.finditer(text):
        yield " ".join(filter(None, one.groups()))


def _labelled(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for found in pattern.finditer(text):
        words = found.group(1).split()
        # »Fornavn: Anton Efternavn: …«: the next label is no part of the name.
        kept = next((n for n, word in enumerate(words) if _LABEL.fullmatch(word)), len(words))
        if kept:
            yield " ".join(words[:kept])
