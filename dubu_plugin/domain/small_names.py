"""Names written in small letters, as people write them in a hurry.

They are read only after words that say a name comes, and as a whole line or clause, since small
words are what all other text is made of.
"""

import re
from typing import Final

NO_NAMES: Final = re.compile(
    r"(?i)skole|børnehave|vuggestue|institution|kommune|forvaltning|afdeling|familie|sygehus"
    r"|hospital|underret|ansøg|barnet|^(?:fravær|trivsel|han|hun|de|vi|jeg|cpr|en|et|den|det|ny)$"
)
"""A word that shows that what was taken for a name is none."""

_COMMON: Final = (
    "i på om for til af og med der som er har hun han de vi jeg et en den det at fra ved hos uden "
    "min mit vores deres hendes hans barn barnet dreng pige søn datter elev bror søster mor far "
    "stort højt bekymrende manglende fravær bekymring trivsel vold misbrug ikke meget denne dette"
)
_COMMON_WORDS: Final = frozenset(_COMMON.split())
_NAME: Final = r"[a-zæøåéöäü][a-zæøåéöäü'’-]{1,40}(?:[ ][a-zæøåéöäü][a-zæøåéöäü'’-]{1,40}){1,3}"
_ENDS: Final = (
    r"(?=[ \t]{0,9}(?:$|[,.;:!?()]|\d|(?:cpr|født|f\.)"
    r"|[ ](?:som|der|er|har|bliver|blev|på|fra|og|går|bor|får|kommer|ikke|kan|skal|vil|i|hos"
    r"|med)\b))"
)
_LABELLED: Final = re.compile(
    r"^[ \t]{0,9}(?i:(?:barnets|den unges|elevens|den gravides|den kommende mors) navn"
    r"|navn på (?:barnet|den unge))"
    rf"[ \t]{{0,9}}[:\t][ \t]{{0,9}}({_NAME}?){_ENDS}",
    re.MULTILINE,
)
_SPOKEN_OF: Final = re.compile(
    r"(?i:\bvedrørende|\bvedr\.?|\bang\.?|\bangående|\b(?:barnet|drengen|pigen|eleven)[ ]hedder"
    r"|\bunderret\w{0,12}[ ]om|\bbekymrede?[ ]for|\bbekymring[ ]for|\bnabo[ ]til|\bved[ ]navn"
    r"|\b(?:eleven|barnet|drengen|pigen)):?[ ]"
    rf"({_NAME}?){_ENDS}",
    re.MULTILINE,
)


def labelled(text: str) -> tuple[str, ...]:
    """Return the names after a label such as ``barnets navn:``, with the capitals they lack."""
    return _names(_LABELLED, text)


def spoken_of(text: str) -> tuple[str, ...]:
    """Return what may be names after ``vedr.`` and the like, with the capitals they lack."""
    return _names(_SPOKEN_OF, text)


def _names(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    found = (match.group(1) for match in pattern.finditer(text))
    return tuple(
        dict.fromkeys(
            name.title()
            for name in found
            if not any(word in _COMMON_WORDS or NO_NAMES.search(word) for word in name.split())
        )
    )
