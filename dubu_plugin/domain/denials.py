"""Whether something stands in a text as said, or as denied: »ikke bekymret for vold eller misbrug«.

It is asked of each sentence. Where it is in doubt the thing counts as said: a suggestion too many
is seen and unticked by a person, one too few is not seen at all.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dubu_plugin.domain.folding import folded

_COMMON: Final = "ikke ingen intet uden aldrig hverken afviser benaegter afkraefter naegter"
DENIALS: Final = frozenset(_COMMON.split())
_VERBS: Final = frozenset({"afviser", "benaegter", "afkraefter", "naegter", "hverken"})
_BEGINS: Final = (
    "naar hvis mens da han hun mor far de fordi siden saa men vi jeg det hans hendes moderen "
    "faderen foraeldrene stedfar stedmor"
)
_CLAUSE: Final = frozenset(_BEGINS.split())
"""Words that begin something new to be said."""
_DOUBTS: Final = (
    "mistanke tegn tyder kendskab bekendt indtryk tror mener set noget bekymret bekymrede anledning"
)
_BELIEF: Final = frozenset(_DOUBTS.split())
"""What is not believed is what follows: »ikke mistanke om, at far slår ham«."""
_TELLS_ON: Final = frozenset({"at", "der", "som"})
_WHOM: Final = frozenset({"ham", "hende", "dem", "barnet", "boernene", "ham/hende", "sig"})
_REACH: Final = 8
"""How many words a denial reaches forward."""
_NOT_ONLY: Final = re.compile(
    r"(?i)\bikke (?=(?:kun|bare|alene|blot|mindst)\b)|\bikke i tvivl|\bingen tvivl"
    r"|\b(?:kan|vil) ikke (?:udelukke|afvise)"
)
_NO: Final = re.compile(r"(?i)\? ?(?:nej|aldrig)\b")
_ENDS: Final = re.compile(r"[.;:!?\n]|\b(?:men|dog|derimod)\b")


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text, folded, with their commas between spaces."""
    plain = _NO.sub(" ikke.", _NOT_ONLY.sub("", text))
    for sentence in _ENDS.split(plain):
        yield " , ".join(folded(part) for part in sentence.split(","))


def is_said(found: re.Match[str]) -> bool:
    """Tell whether what was found in a sentence of `sentences` is not denied there."""
    before = found.string[: found.start()].split()
    inside = found.group().split()
    after = found.string[found.end() :].split(" ")[1:]  # the first ends the word that was found
    return not (DENIALS & set(inside) or _before(before) or _after(after))


def _before(words: Sequence[str]) -> bool:
    """Tell whether a denial in front reaches as far as here."""
    something_new = believed = told_on = False
    right = ""
    for word in reversed(words[-_REACH:]):
        if word in DENIALS:
            if word in _VERBS or believed:
                return True
            return not something_new and not told_on
        if word == ",":
            if right in _CLAUSE:
                return False
            told_on |= right in _TELLS_ON
        something_new |= word in _CLAUSE
        believed |= word in _BELIEF
        right = word
    return False


def _after(words: Sequence[str]) -> bool:
    """Tell whether it is denied right behind: »drikker ikke«, »slår ham ikke«."""
    behind = words[1:] if words and words[0] in _WHOM else words
    return bool(behind) and behind[0] in DENIALS - _VERBS
