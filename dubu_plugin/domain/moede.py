"""Meetings held on a case: what they are, what was answered, and whose change counts.

A meeting stands with us and in its owner's calendar, and both can be changed. Where only one was,
that one counts. Where both were, the calendar's time and place count, since that is what people
look at before they leave; who takes part is always ours; and a person gets a line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final


class Moedeform(StrEnum):
    """What is met about. The value is stored."""

    BOERNESAMTALE = "boernesamtale"
    """A talk with the child (barnets lov § 5)."""
    OPFOELGNING = "opfoelgning"
    """Follow-up on help or a plan (§ 95)."""
    NETVAERKSMOEDE = "netvaerksmoede"
    MOEDE = "moede"


TITLES: Final[Mapping[Moedeform, str]] = {
    Moedeform.BOERNESAMTALE: "Børnesamtale",
    Moedeform.OPFOELGNING: "Opfølgning",
    Moedeform.NETVAERKSMOEDE: "Netværksmøde",
    Moedeform.MOEDE: "Møde",
}


class MoedeState(StrEnum):
    """Whether it is to be held. The value is stored."""

    PLANLAGT = "planlagt"
    AFLYST = "aflyst"


class Svar(StrEnum):
    """What somebody who is invited has answered. The value is stored."""

    INTET = "intet"
    JA = "ja"
    NEJ = "nej"
    MAASKE = "maaske"
    ANDET_TIDSPUNKT = "andet_tidspunkt"


class Invitationsstate(StrEnum):
    """How far somebody's invitation has got. The value is stored."""

    INGEN = "ingen"
    """There is no address or no mail server, so whoever books the meeting tells them."""
    VENTER = "venter"
    SENDT = "sendt"
    RETUR = "retur"
    USIKKER = "usikker"
    """It was handed over and no receipt came; it is not sent again."""


class Moedelinje(StrEnum):
    """Why a person must look at a meeting. The value is stored."""

    BEGGE_AENDRET = "begge_aendret"
    SLETTET = "slettet"
    ULAESELIG = "ulaeselig"
    KALENDER_NEJ = "kalender_nej"
    MAIL_RETUR = "mail_retur"
    MAIL_USIKKER = "mail_usikker"
    ANDET_TIDSPUNKT = "andet_tidspunkt"
    SVAR_FRA_ANDEN = "svar_fra_anden"


LINES: Final[Mapping[Moedelinje, str]] = {
    Moedelinje.BEGGE_AENDRET: (
        "Mødet blev ændret både her og i kalenderen. Kalenderens tid og sted gælder nu. "
        "Se efter, at det passer."
    ),
    Moedelinje.SLETTET: (
        "Mødet er slettet i kalenderen og derfor aflyst her. Giv deltagerne besked, "
        "eller sæt det ind igen."
    ),
    Moedelinje.ULAESELIG: (
        "Mødets tid kan ikke læses i kalenderen. Ret det dér, eller flyt mødet her."
    ),
    Moedelinje.KALENDER_NEJ: (
        "Kalenderen tog ikke imod mødet. Skriv det selv i kalenderen, eller prøv igen."
    ),
    Moedelinje.MAIL_RETUR: "En invitation kom retur. Ret adressen, eller ring.",
    Moedelinje.MAIL_USIKKER: (
        "Vi ved ikke, om en invitation nåede frem, og den sendes ikke igen. Ring, og spørg."
    ),
    Moedelinje.ANDET_TIDSPUNKT: "En deltager foreslår et andet tidspunkt. Se posten, og svar.",
    Moedelinje.SVAR_FRA_ANDEN: (
        "Der er kommet et svar på indkaldelsen fra en adresse, der ikke er inviteret. Spørg "
        "deltagerne, om de kommer."
    ),
}
"""What a person is told, and what they can do."""


@dataclass(frozen=True, slots=True)
class Hvornaar:
    """When and where."""

    starts: datetime
    ends: datetime
    place: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Forlig:
    """What counts after both sides have been looked at."""

    when: Hvornaar
    both: bool
    """Both had changed, and differently."""


def settled(base: Hvornaar | None, ours: Hvornaar, theirs: Hvornaar) -> Forlig:
    """Return when and where the meeting is.

    :param base: what both agreed on last; None where they never have.
    """
    if theirs in (base, ours):
        return Forlig(ours, both=False)
    return Forlig(theirs, both=ours != base)


def initials(name: str) -> str:
    """Return ``A.T.`` of »Alma Testvad«; a question mark of nothing. A remark in brackets is no
    part of a name."""
    said = name.partition("(")[0].replace("-", " ")
    letters = [part[0].upper() for part in said.split() if part[0].isalpha()]
    return "".join(f"{letter}." for letter in letters) or "?"
