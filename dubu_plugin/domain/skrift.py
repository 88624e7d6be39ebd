"""A skrift: what is written on a case in one of its steps, from the screening to the opfølgning.

A skrift has versions. What is approved stands; a new version begins with everything it said.
"""

import re
import unicodedata
from enum import StrEnum
from typing import Final

LONGEST: Final = 200_000
"""In characters, of one field: some eighty pages. What is longer is a document."""

WHOLE: Final = ""
"""The place of what is written once in a skrift, and not in a dimension, a need or a goal."""

FORHOLD: Final = "forhold"
"""The field that names the dimensions that are looked at, joined by commas (§ 19)."""

_BEHOV: Final = "behov:"
_MAAL: Final = "maal:"

# What XML, and so a Word document, cannot hold; the rest of what a paste brings is text.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


class SkriftKind(StrEnum):
    """What a skrift is. The value is stored."""

    SCREENING = "screening"
    """Barnets lov § 18; § 24 for kommende forældre."""
    AFDAEKNING = "afdaekning"
    """§ 19; § 25."""
    BOERNEFAGLIG_UNDERSOEGELSE = "boernefaglig_undersoegelse"
    """§§ 20-22; § 26."""
    FORELOEBIG_VURDERING = "foreloebig_vurdering"
    """§ 20, stk. 3, where an undersøgelse is not finished after four months."""
    HANDICAPUDREDNING = "handicapudredning"
    AFGOERELSE = "afgoerelse"
    BARNETS_PLAN = "barnets_plan"
    """§ 91."""
    UNGEPLAN = "ungeplan"
    """§ 108."""
    FORAELDREHANDLEPLAN = "foraeldrehandleplan"
    """§ 77."""
    OPFOELGNING = "opfoelgning"
    """§ 95."""
    TILSYN = "tilsyn"
    """§ 156: a visit where the child is placed."""


class SkriftState(StrEnum):
    """Where a version of a skrift stands. The value is stored."""

    UDKAST = "udkast"
    FREMLAGT = "fremlagt"
    """A leader is asked to look; it is still written in."""
    SENDT_TILBAGE = "sendt_tilbage"
    """A leader wants something changed; it is written in, and waits for its writer."""
    GODKENDT = "godkendt"
    """It stands as it is. What comes after is a new version."""
    OPGIVET = "opgivet"
    """Not finished and not going to be: moved, withdrawn, no need."""
    VIDEREFOERT = "viderefoert"
    """Not finished for itself: what grew from it says all it said, and is written in instead."""


OPEN: Final = frozenset({SkriftState.UDKAST, SkriftState.FREMLAGT, SkriftState.SENDT_TILBAGE})
"""The states in which a version is written in."""
DRAFTS: Final = OPEN - {SkriftState.FREMLAGT}
"""Those of them in which it can be presented."""


OF_THEIR_OWN: Final = frozenset({SkriftKind.AFGOERELSE, SkriftKind.OPFOELGNING})
"""The kinds that are written, made to stand and read on pages and by acts of their own."""


EARLY: Final = frozenset({SkriftKind.SCREENING, SkriftKind.AFDAEKNING})
"""The kinds that end where what they lead to grows from them before they are finished."""


def place_of_behov(number: object) -> str:
    """Return the place a need's texts stand at."""
    return f"{_BEHOV}{number}"


def place_of_maal(number: object) -> str:
    """Return the place a goal's texts stand at."""
    return f"{_MAAL}{number}"


def cleaned(text: str) -> str:
    """Return what somebody typed or pasted as it is kept.

    Letters and their accents are one sign each, lines end in one way, and signs that no document
    can hold are gone. What looks like HTML or a script is text like any other.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    kept = _UNWRITABLE.sub("", unicodedata.normalize("NFC", lines))
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip("\n")
