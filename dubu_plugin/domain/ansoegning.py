"""What an application asks for, read out of its words. Whoever takes it on puts it right.

Source: barnets lov, kapitel 8; the codes are those of the catalogue of decisions.
"""

import re
from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, re.Pattern[str]]] = {
    "kompensation": re.compile(r"(?i)merudgift|kompensationsydelse|§ ?86\b"),
    "tabt": re.compile(r"(?i)tabt arbejdsfortj|gå ned i tid|§ ?87\b"),
    "saerlige_tilbud": re.compile(r"(?i)hjemmetræn|særligt? (?:dag|klub)tilbud|§ ?8[2-5]\b"),
    "ledsagelse": re.compile(r"(?i)ledsag|§ ?89\b"),
    "sel_90": re.compile(r"(?i)aflastning|afløsning|hjælpemid|forbrugsgode|bilstøtte|§ ?90\b"),
}
"""What an application says where it asks for each, in the order of the law."""

_DISABILITY: Final = re.compile(r"(?i)handicap|funktionsnedsæt")


def sought(text: str) -> tuple[str, ...]:
    """Return what an application seems to ask for: codes of decisions, in the law's order."""
    return tuple(code for code, words in WORDS.items() if words.search(text))


def is_about_disability(text: str) -> bool:
    """Tell whether an application is for those who work with children with a disability."""
    return bool(sought(text)) or _DISABILITY.search(text) is not None
