"""The gate help that is given ends through: it is taken from a family by a decision.

What was granted in somebody's favour is taken back by a decision, on which the family is heard
first, and some of it with a notice. Who gave it up themselves needs none, and neither does what has
come to the end it was granted to, or ends by itself.

Source: barnets lov §§ 11, 85, 86, 89, 90 and 99; forvaltningsloven §§ 19 and 22.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.danish import long_date
from dubu_plugin.domain.gates.handicap import notice_over
from dubu_plugin.domain.gates.standing import No, no
from dubu_plugin.domain.indsatser import Indsats, IndsatsGroup

BY_ITSELF: Final = frozenset(
    {"ophoer_fyldt_18", "ophoer_fyldt_23", "ophoer_doed", "ophoer_flyttet", "ophoer_adopteret",
     "ophoer_afgjort_anderledes"}
)  # fmt: skip
"""The reasons of the catalogue nobody here decides."""
INSTEAD: Final = "ophoer_anden_indsats"
"""The reason that says that other help was decided in its place."""
LESS: Final = "aendring_mindre"
"""The reason of a change that says that there is need of less."""


class How(StrEnum):
    """How help is said to end. The value is what the form says."""

    AFGJORT = "afgjort"
    BEDT_OM = "bedt_om"
    AF_SIG_SELV = "af_sig_selv"
    SKREVET_FORKERT = "skrevet_forkert"
    """It was less from the beginning, and is put right: nothing is taken from anybody."""


HOW: Final[Mapping[How, str]] = {
    How.AFGJORT: "Det er afgjort, eller den slutter den dag, den er bevilget til",
    How.BEDT_OM: "Familien har selv bedt om det",
    How.AF_SIG_SELV: "Den er faldet bort af sig selv",
}
HOW_LESS: Final[Mapping[How, str]] = {
    How.AFGJORT: "Det er afgjort, og familien har fået afgørelsen",
    How.BEDT_OM: "Familien har selv bedt om det",
    How.AF_SIG_SELV: "Der er af sig selv mindre at hjælpe med",
    How.SKREVET_FORKERT: "Det var skrevet forkert her; familien har ikke fået mere bevilget",
}
ASKS: Final = {
    How.BEDT_OM: "Skriv, hvem i familien der har bedt om, at hjælpen hører op, og hvornår.",
    How.AF_SIG_SELV: "Skriv, hvad der er sket, så hjælpen er faldet bort af sig selv.",
}
ASKS_LESS: Final = {
    How.BEDT_OM: "Skriv, hvem i familien der har bedt om mindre hjælp, og hvornår.",
    How.AF_SIG_SELV: "Skriv, hvad der er sket, så der af sig selv er mindre at hjælpe med.",
    How.SKREVET_FORKERT: "Skriv, hvad familien har fået bevilget, og hvor afgørelsen ligger.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Help that is to end."""

    on: date
    """The last Danish day of it."""
    reason: str
    """A code of the catalogue."""
    how: How = How.AFGJORT
    words: str = ""
    decided_on: date | None = None
    """The day it was decided since it began that it ends, or that other help takes its place."""
    told_on: date | None = None
    """The day the last party had its letter of that; not known while one of them is not sent."""
    granted_to: date | None = None
    """The last day it was granted for, where that was said."""
    notice: bool = False
    """It is taken with a notice (§ 11)."""


def taken_away(its: Indsats, it: Taken) -> No | None:
    """Tell whether help can end so."""
    if not its.taken_by or it.reason in BY_ITSELF:
        return None
    law = _law(its, it)
    if it.how in ASKS:
        return None if it.words.strip() else no("ord", law, ASKS[it.how])
    if not it.notice and it.granted_to is not None and it.on >= it.granted_to:
        return None
    if it.decided_on is None:
        return no("hvordan", law, _undecided(it, law))
    if it.notice and it.told_on is None:
        return no(
            "dag",
            law,
            "Varslet på mindst 14 uger løber fra den dag, familien har fået afgørelsen (§ 11), og "
            "et af brevene er ikke noteret sendt. Send det, eller notér under »Breve, der skal "
            "printes og sendes«, hvilken dag det er sendt. Har familien selv bedt om, at hjælpen "
            "hører op, så vælg det nedenfor, og skriv, hvornår.",
        )
    first = notice_over(it.told_on) if it.notice and it.told_on else it.decided_on
    if it.on >= first:
        return None
    if not it.notice:
        return no(
            "dag",
            law,
            f"Det er afgjort {long_date(first)}, at hjælpen hører op, så den sidste dag kan ikke "
            "ligge før. Ret dagen.",
        )
    return no(
        "dag",
        law,
        f"Varslet er mindst 14 uger fra den dag, familien fik afgørelsen (§ 11), så hjælpen gives "
        f"tidligst til og med {long_date(first)}. Ret dagen. Har familien selv bedt om, at den "
        "hører op før, så vælg det nedenfor, og skriv, hvornår.",
    )


def taken_in_part(its: Indsats, it: Taken) -> No | None:
    """Tell whether help can become less than was granted, or be expected to end sooner.

    What is decided is the same: what is taken from a family takes a decision, and where there is a
    notice it becomes less no sooner than that.
    """
    if not its.taken_by:
        return None
    law = _law(its, it)
    if it.how in ASKS_LESS:
        return None if it.words.strip() else no("ord", law, ASKS_LESS[it.how])
    if it.decided_on is None:
        heard = "med 14 ugers varsel (§ 11)" if it.notice else f"({law})"
        return no(
            "hvordan",
            law,
            "Det er mindre, end familien har fået bevilget, eller det slutter før. Hjælp tages kun "
            f"fra familien ved en afgørelse {heard}, som de er hørt om (forvaltningsloven § 19). "
            "Træf den under »Afgørelser«, eller vælg, at familien selv har bedt om det, og skriv "
            "hvornår.",
        )
    if it.notice and (it.told_on is None or it.on < notice_over(it.told_on)):
        return no(
            "dag",
            law,
            "Varslet er mindst 14 uger fra den dag, familien fik afgørelsen (§ 11). Ret dagen, "
            "eller notér først, hvilken dag brevene er sendt.",
        )
    return None


def _law(its: Indsats, it: Taken) -> str:
    """Return the paragraph it is taken away by: help by chapter 8 by its own."""
    if it.notice:
        return "§ 11"
    if its.group is IndsatsGroup.HANDICAP:
        return " ".join(its.law.split()[1:3])
    return "§ 99"


def _undecided(it: Taken, law: str) -> str:
    or_else = (
        "Træf den under »Afgørelser«, hvor der er sat kryds ved hjælpen, eller vælg, at familien "
        "selv har bedt om det, eller at hjælpen er faldet bort af sig selv, og skriv hvornår."
    )
    if it.notice:
        return (
            f"Hjælpen tages kun fra familien ved en afgørelse med 14 ugers varsel (§ 11). {or_else}"
        )
    day = f" til og med {long_date(it.granted_to)}" if it.granted_to else ""
    return (
        f"Hjælpen er bevilget{day} og tages kun fra familien ved en afgørelse, som de er hørt om "
        f"({law} og forvaltningsloven § 19). {or_else}"
    )
