"""The gate a child's placement ends through: where the child lives from now is known and decided.

Source: barnets lov §§ 98-100: an end of a placement is a way home, which is decided (§ 100),
another placement, the age of eighteen (§ 99), or what an authority above has decided.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.gates.elsewhere import ADOPT, RULE, Elsewhere, decided_elsewhere
from dubu_plugin.domain.gates.indsats import paragraf_100
from dubu_plugin.domain.gates.standing import No, no
from dubu_plugin.domain.indsatser import ADULT, IndsatsGroup

HOME: Final = "ophoer_hjemgivet"
"""The reason of the catalogue that says that the child lives at home again."""
OTHER: Final = "ophoer_anden_indsats"
ADOPTED: Final = "ophoer_adopteret"
RULED: Final = "ophoer_afgjort_anderledes"
OF_AGE: Final = frozenset({"ophoer_fyldt_18", "ophoer_ungestoette"})
DEAD: Final = "ophoer_doed"
ENDS: Final = frozenset({HOME, OTHER, ADOPTED, RULED, DEAD}) | OF_AGE
"""The reasons a child's placement can end with, as the catalogue codes them."""
NOWHERE: Final = Elsewhere()
"""Nothing is decided elsewhere."""


@dataclass(frozen=True, slots=True)
class Ending:
    """An end of a placement that is asked for."""

    on: date
    """The last Danish day of it."""
    reason: str
    """A code of the catalogue."""
    words: str = ""
    elsewhere: Elsewhere = NOWHERE
    home_decided: bool = False
    """A decision that the child goes home stands on the case."""
    placed_besides: bool = False
    """Another placement runs, or is planned from tomorrow at the latest."""
    planned_later: str = ""
    """What one is called that is planned from later, with its first day; empty where none is."""


def is_asked(group: IndsatsGroup) -> bool:
    """Tell whether a placement ends only so: one after a sanction ends with that."""
    return group is IndsatsGroup.ANBRINGELSE


def is_adult(born: date | None, on: date) -> bool:
    """Tell whether a young person is eighteen when the last day is over (§ 99)."""
    return born is not None and age_on(born, on + timedelta(days=1)) >= ADULT


def paragraf_100_end(its: Ending, born: date | None) -> No | None:
    """Tell whether a placement can end so.

    :param born: when the child was; None is not known.
    """
    if its.reason == HOME:
        return paragraf_100(its.on, its.home_decided, its.elsewhere)
    if is_adult(born, its.on) or its.reason == DEAD:
        return None
    if its.reason in OF_AGE:
        return no(
            "grund",
            "§ 99",
            "Barnet er ikke fyldt 18 år den dag, så anbringelsen slutter ikke af den grund "
            "(§ 99). Vælg det, der er sket, eller ret dagen.",
        )
    if its.reason == OTHER:
        return None if its.placed_besides else _no_other(its.planned_later)
    if its.reason in {ADOPTED, RULED}:
        may = ADOPT if its.reason == ADOPTED else RULE
        return decided_elsewhere(its.on, its.elsewhere, "§ 99", may) or _what(its)
    return no(
        "grund",
        "§ 100",
        "En anbringelse slutter ikke af den grund alene. Flytter barnet hjem, så træf afgørelse "
        "om hjemgivelse og om perioden, også når et samtykke er trukket tilbage (§ 100), og vælg "
        "»Barnet er flyttet hjem«. Flytter det et andet sted hen, så brug »Flyt barnet« (§ 98).",
    )


def _no_other(planned_later: str) -> No:
    if planned_later:
        return no(
            "grund",
            "§ 98",
            f"{planned_later} er planlagt, men begynder først senere end i morgen, og barnet kan "
            "ikke være uden et sted imens. Vent med at afslutte denne til dagen før. Begynder den "
            "nye før, så opgiv den, og planlæg den igen fra i morgen (§ 98).",
        )
    return no(
        "grund",
        "§ 98",
        "Der er ingen anden anbringelse at gå over til. Gem først den nye som planlagt fra i "
        "morgen, og sæt den i gang, når denne er afsluttet. Er det kun stedet, der er nyt, så "
        "brug »Flyt barnet« (§ 98).",
    )


def _what(its: Ending) -> No | None:
    if its.reason != RULED or its.words.strip():
        return None
    return no("ord", "§ 99", "Skriv, hvad der er bestemt, og hvor barnet bor fra nu.")
