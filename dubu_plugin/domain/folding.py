"""Texts made alike, so that words are compared as Danes compare them."""

import re
import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "y"})


LONGEST_KEY: Final = 100


def name_key(name: str) -> str | None:
    """Return a name's first and last word as they are looked up, or None where it is one word."""
    words = folded(name).split()
    return f"{words[0]} {words[-1]}"[:LONGEST_KEY] if len(words) > 1 else None


def folded(text: str) -> str:
    """Return a text for comparing: lower case, no accents, Danish letters in two, hyphens apart."""
    lower = text.casefold().translate(_LETTERS).replace("-", " ").replace("’", "'")
    plain = unicodedata.normalize("NFKD", lower)
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w']", " ", kept).split())
