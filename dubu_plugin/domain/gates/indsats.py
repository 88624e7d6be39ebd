"""The gates an indsats passes before it begins, the child moves, or it ends.

Source: barnets lov §§ 97-100, 105 and 143; lov om retssikkerhed og administration § 72.
"""

from collections.abc import Collection
from datetime import date
from typing import Final

from dubu_plugin.domain.gates.committee import LEAST
from dubu_plugin.domain.gates.elsewhere import (
    MOVE,
    SEND_HOME,
    Elsewhere,
    decided_elsewhere,
    paragraf_100_period,
)
from dubu_plugin.domain.gates.standing import No, no
from dubu_plugin.domain.indsatser import ADULT, Indsats, IndsatsGroup, Skift

HOME: Final = frozenset({"hjemgivelse"})
PLACES: Final = frozenset({"anbringelsessted"})
MOVES: Final = frozenset({"aendret_sted", "aendret_sted_uden", "foreloebig_sted"})
ENDS: Final = frozenset({"hjemgivelse", "ophoer", "ung_ophoer", "ung_ophoer_120"})
HIDES: Final = frozenset({"samvaer_afbrudt", "foreloebig_samvaer"})
"""The matters of the catalogue of decisions that also hold a placement back, or hide its place."""

HOLDS_BACK: Final = {Skift.START: PLACES, Skift.FLYTNING: PLACES | MOVES, Skift.OPHOER: ENDS}
WORDS: Final = {
    Skift.START: "sættes i gang",
    Skift.FLYTNING: "flyttes",
    Skift.OPHOER: "afsluttes",
}


def rsl_72(what: Skift, *, rests: bool, locked: Collection[str], has_place: bool) -> No | None:
    """Tell whether nothing keeps it back: a complaint with opsættende virkning does.

    :param rests: it rests on a decision that is locked.
    :param locked: what the locked decisions of the case are about.
    :param has_place: the child lives somewhere by it, so a complaint about that counts too.
    """
    if not rests and not (has_place and HOLDS_BACK[what] & set(locked)):
        return None
    return no(
        "",
        "retssikkerhedsloven § 72",
        f"Indsatsen kan ikke {WORDS[what]} endnu. Der er klaget over afgørelsen, og klagen har "
        f"opsættende virkning (retssikkerhedsloven § 72). Vent, til klagen er afgjort eller "
        f"trukket tilbage.",
    )


def paragraf_143_stk_4(lapsed: bool) -> No | None:
    """Tell whether what the chair decided for the time being can still carry it on.

    :param lapsed: the committee did not approve it.
    """
    if not lapsed:
        return None
    return no(
        "",
        "§ 143",
        "Indsatsen kan ikke fortsætte: Børne- og ungeudvalget har ikke godkendt den foreløbige "
        "afgørelse, den hviler på (§ 143, stk. 4). Afslut den, når barnet er kommet hjem.",
    )


def rsl_68(lifted: bool) -> No | None:
    """Tell whether the decision it rests on can still carry it on.

    :param lifted: Ankestyrelsen has lifted that decision, or sent it back.
    """
    if not lifted:
        return None
    return no(
        "",
        "retssikkerhedsloven § 68",
        "Indsatsen kan ikke fortsætte: Ankestyrelsen har ophævet afgørelsen, den hviler på, eller "
        "sendt den tilbage (retssikkerhedsloven § 68). Afslut den, eller begynd en ny på en ny "
        "afgørelse.",
    )


def paragraf_46(placed: str, *, planned: str, noted: bool) -> No | None:
    """Tell whether the child lives nowhere else by a placement (§§ 46 and 47).

    :param placed: what another placement that runs on the case is called; empty where none does.
    :param planned: the same of one that is planned there.
    :param noted: the child is placed by what is noted, on this or another of its cases.
    """
    if not placed and not noted:
        return None
    if not placed:
        return no(
            "hvad",
            "§ 46",
            "Det er noteret, at barnet allerede er anbragt, og et barn bor ét sted. Er det den "
            "anbringelse, du skriver ind, så vælg den under »Er den noteret i forvejen?« på »Ny "
            "indsats«. Står den på en anden af barnets sager, så skriv den ind dér. "
            f"{_from_tomorrow(planned, 'Når den sættes i gang, slutter den noterede')} (§§ 46, 47 "
            "og 98).",
        )
    return no(
        "hvad",
        "§ 46",
        f"Barnet er allerede anbragt ved {placed}, og et barn bor ét sted. Flyt barnet på den. "
        f"{_from_tomorrow(planned, 'Afslut så den gamle, og sæt den nye i gang')} (§§ 46, 47 og "
        "98).",
    )


def _from_tomorrow(planned: str, then: str) -> str:
    """Return what to do where another placement is to take over."""
    if planned:
        return f"{planned} er planlagt: Er det den, der skal tage over, så brug den. {then}"
    return f"Skal en anden tage over, så gem den som planlagt fra i morgen. {then}"


def paragraf_99(its: Indsats, age: int | None) -> No | None:
    """Tell whether it can still begin at the age the child has that day."""
    if its.is_placement and age is None:
        return no(
            "fra",
            "§ 49",
            "Barnet er ikke født endnu. En anbringelse kan først begynde lige efter fødslen "
            "(§ 49). Skriv den dag, den ventes at begynde, og gem den som planlagt.",
        )
    if age is None or age < ADULT or its.ages is None or its.ages[1] >= ADULT:
        return None
    return no(
        "fra",
        "§ 99",
        "Den unge er fyldt 18 år den dag, så indsatsen kan ikke begynde (§ 99). Se, om der skal "
        "være ungestøtte (§§ 114-116).",
    )


def paragraf_113(its: Indsats, age: int | None) -> No | None:
    """Tell whether the young person has the age what is for after eighteen begins at."""
    if its.group is not IndsatsGroup.UNGESTOETTE or age is None or age >= ADULT:
        return None
    return no(
        "fra",
        "§ 113",
        "Ungestøtte begynder tidligst den dag, den unge fylder 18 år (§ 113). Skriv den dag, og "
        "gem indsatsen som planlagt.",
    )


def paragraf_98(day: date, statement_on: date | None, statement: str) -> No | None:
    """Tell whether the place has given its statement before a move (§ 98, stk. 2)."""
    if statement_on is None or statement_on > day:
        return no(
            "udtalelse_dag",
            "§ 98",
            "Stedet, hvor barnet bor, skal have givet en udtalelse, før barnet flytter (§ 98, stk. "
            "2). Skriv dagen, den kom; den kan ikke ligge efter flytningen.",
        )
    if not statement:
        return no("udtalelse", "§ 98", "Skriv, hvad stedet udtalte (§ 98, stk. 2).")
    return None


def paragraf_98_decided(day: date, decided: bool, elsewhere: Elsewhere) -> No | None:
    """Tell whether the change of place is decided (§ 97, stk. 2, and § 98, stk. 1 and 4).

    What cannot wait is decided by the committee's chairman for the time being (§ 143).

    :param decided: a decision of that, made since the child last moved, stands on the case.
    """
    if decided:
        return None
    if not elsewhere.is_said:
        return no(
            "sted",
            "§ 98",
            "Et barn flytter først, når der er truffet afgørelse om at ændre anbringelsesstedet "
            "(§ 97, stk. 2, og § 98). Den står ikke på sagen efter den seneste flytning. Træf "
            "den, eller skriv nedenfor, hvem der har truffet den, og hvornår. Haster det, kan "
            "udvalgets formand træffe den foreløbigt (§ 143).",
        )
    return decided_elsewhere(day, elsewhere, "§ 98", MOVE, votes=LEAST)


def paragraf_105(hidden: bool, in_force: Collection[str]) -> No | None:
    """Tell whether it is decided that the place is not told to the parents.

    :param in_force: what the decisions in force are about.
    """
    if not hidden or HIDES & set(in_force):
        return None
    return no(
        "skjult",
        "§ 105",
        "Stedet kan kun holdes skjult for forældrene, når børne- og ungeudvalget har truffet "
        "afgørelse om det (§ 105). Den afgørelse står ikke på sagen. Haster det, kan udvalgets "
        "formand træffe den foreløbigt (§ 143).",
    )


def paragraf_100(day: date, decided: bool, elsewhere: Elsewhere) -> No | None:
    """Tell whether it is decided that the child goes home, before it does (§ 100, stk. 1).

    :param decided: a decision of that stands on the case.
    """
    if decided:
        return None
    if not elsewhere.is_said:
        return no(
            "grund",
            "§ 100",
            "Der skal være truffet afgørelse om hjemgivelse og om perioden, før barnet flytter "
            "hjem (§ 100). Den står ikke på sagen. Træf den, eller skriv nedenfor, hvem der har "
            "truffet den, og hvornår.",
        )
    return decided_elsewhere(day, elsewhere, "§ 100", SEND_HOME) or paragraf_100_period(
        day, elsewhere
    )
