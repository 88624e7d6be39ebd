"""The goals of a plan: what is written of each, which way it points, how far it has come.

Source: barnets lov §§ 92 and 109: concrete goals for the child's wellbeing and development.
The three ways are those of Fælles Faglige Begreber.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.danish import long_date, span
from dubu_plugin.domain.skrift import SkriftKind

PLANS: Final = frozenset(
    {SkriftKind.BARNETS_PLAN, SkriftKind.UNGEPLAN, SkriftKind.FORAELDREHANDLEPLAN}
)
"""The kinds of skrift that have goals."""

BOTH: Final = "Begge forældre"
"""Whose a goal of theirs is, where it is no single parent's."""

PARENTS: Final = SkriftKind.FORAELDREHANDLEPLAN
"""The parents' own plan (§ 77). A goal of the child's person is both parents'; no child reads it.
"""


class Aim(StrEnum):
    """Which way a goal points. The value is stored."""

    UDVIKLE = "udvikle"
    FASTHOLDE = "fastholde"
    BEGRAENSE = "begraense"
    """A loss is slowed down."""


class MaalStatus(StrEnum):
    """How far a goal had come at an opfølgning. The value is stored."""

    OPNAAET = "opnaaet"
    DELVIST = "delvist"
    IKKE = "ikke"
    IKKE_RELEVANT = "ikke_relevant"


AIMS: Final[Mapping[Aim, str]] = {
    Aim.UDVIKLE: "Udvikle",
    Aim.FASTHOLDE: "Fastholde",
    Aim.BEGRAENSE: "Begrænse tab",
}
STATUSES: Final[Mapping[MaalStatus, str]] = {
    MaalStatus.OPNAAET: "Nået",
    MaalStatus.DELVIST: "Delvist nået",
    MaalStatus.IKKE: "Ikke nået",
    MaalStatus.IKKE_RELEVANT: "Ikke relevant mere",
}

SERVES: Final[Mapping[str, str]] = {
    "planlagt": "planlagt",
    "i_gang": "i gang",
    "ophoert": "ophørt",
}
"""Where an indsats that serves a goal stands, by the state that is stored."""


def served_when(state: str, first: date, last: date | None) -> str:
    """Return where an indsats that serves a goal stands, and since when.

    :param last: its last day; None where it has not ended. What has ended says both days.
    """
    if last is not None:
        return f"fra {span(first, last)}"
    return f"{SERVES.get(state, state)} fra {long_date(first)}"


def whose_words(plan: SkriftKind) -> str:
    """Return whose words stand in a plan, as ``barnets`` or, in an ungeplan, ``den unges``."""
    return "den unges" if plan is SkriftKind.UNGEPLAN else "barnets"


AENDRING: Final = "aendring"
"""The field of the change itself. A goal without it in a version is not in that version."""

FIELDS: Final[Mapping[str, str]] = {
    AENDRING: "Mål",
    "barnets_ord": "Med barnets egne ord",
    "hvem_goer_hvad": "Hvem gør hvad",
    "indikator": "Tegn på, at det virker",
    "start": "Ved start",
    "oensket": "Ønsket",
    "ansvarlig": "Ansvarlig",
    "mit_maal": "Min plan: Det her vil jeg",
    "de_voksne": "Min plan: Det gør de voksne",
    "saa_ved_vi": "Min plan: Sådan ved vi, det virker",
}
"""What is written of a goal, by the field it stands in, and what it is called."""

OWN_WORDS: Final = frozenset({"barnets_ord", "mit_maal", "start"})
"""The fields that say what one child said, or where it stands: a sibling has its own."""
