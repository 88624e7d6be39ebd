"""Names as they are looked for: without accents and capitals, and with room for one wrong letter.

Two words are one letter apart if leaving out one letter of each, or of one of them, can make them
equal. So every word is kept with its shortenings, and a search is for equal words only.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

_DANISH: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ß": "ss"})
_SHORT: Final = 4
"""Words shorter than this must be spelt right."""
_LONG: Final = 40
"""What follows in a word is not looked at; nobody's name is that long."""


def words(text: str) -> list[str]:
    """Return the words of a text, folded: ``Søren Test-Åby`` is soeren, test, aaby."""
    folded = unicodedata.normalize("NFC", text.casefold()).translate(_DANISH)
    plain = unicodedata.normalize("NFKD", folded)
    found = re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return [word[:_LONG] for word in found]


def street(address: str | None) -> str | None:
    """Return street and number as they are looked for: ``Åvej 22 A, 2. th`` is ``aavej 22 a``.

    None where there is none.
    """
    return " ".join(words((address or "").split(",")[0])) or None


def indexed(name: str) -> tuple[str, str]:
    """Return the words of a name as they are kept: spelt right, and shortened."""
    spelt = words(name)
    return " ".join(spelt), " ".join(short for word in spelt for short in _shortenings(word))


def sought(name: str) -> str | None:
    """Return the full-text question for names like this one, or None where it has no words.

    Of two words both must fit; of more, any two.
    """
    asked = [_any_of(word) for word in dict.fromkeys(words(name))]
    if len(asked) < 2:
        return asked[0] if asked else None
    return " OR ".join(f"({one} AND {other})" for one, other in combinations(asked[:6], 2))


def likeness(one: str, other: str) -> float:
    """Return how alike two names are: 1 for the same words, 0 for nothing in common."""
    asked, there = words(one), words(other)
    if not asked or not there:
        return 0.0
    best = [max(_ratio(word, candidate) for candidate in there) for word in asked]
    whole = _ratio(" ".join(asked), " ".join(there))
    return min(1.0, 0.8 * sum(best) / len(best) + 0.2 * whole)


def _shortenings(word: str) -> list[str]:
    if len(word) < _SHORT:
        return []
    return sorted({word[:at] + word[at + 1 :] for at in range(len(word))})


def _any_of(word: str) -> str:
    return "(" + " OR ".join(f'"{form}"' for form in [word, *_shortenings(word)]) + ")"


def _ratio(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()
