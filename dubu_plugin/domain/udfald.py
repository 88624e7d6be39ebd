"""What a decision comes to, in the words people read.

An answer to who applied gives all of it, some of it or none. What the municipality takes up of its
own accord is decided or not: nobody is given »medhold« in a placement they did not ask for.
"""

from collections.abc import Mapping
from typing import Final

from dubu_plugin.domain.afgoerelser import Matter, Outcome
from dubu_plugin.domain.svarfrister import ALSO_APPLIED_FOR

ANSWERED: Final[Mapping[Outcome, str]] = {
    Outcome.MEDHOLD: "Fuldt medhold",
    Outcome.DELVIST: "Delvist medhold",
    Outcome.AFSLAG: "Afslag",
}
TAKEN_UP: Final[Mapping[Outcome, str]] = {
    Outcome.MEDHOLD: "Besluttet",
    Outcome.AFSLAG: "Ikke besluttet",
}
HOME: Final = "hjemgivelse"
"""What the parents may ask for too, or the young person of fifteen (barnets lov § 102)."""


def may_be_applied_for(matter: Matter) -> bool:
    """Tell whether somebody may have asked for it."""
    return matter.applied_for or matter.code in ALSO_APPLIED_FOR or matter.code == HOME


def outcomes(matter: Matter, *, applied: bool) -> Mapping[Outcome, str]:
    """Return what can be chosen, and what each is called.

    :param applied: somebody has asked for it, and waits.
    """
    return ANSWERED if matter.applied_for or applied else TAKEN_UP


def outcome_words(matter: Matter | None, outcome: Outcome | None, *, applied: bool = False) -> str:
    """Return what a decision came to; empty where that is not chosen.

    :param matter: None where its row is not in the catalogue any more.
    :param applied: it answered who had asked for it.
    """
    if outcome is None:
        return ""
    said = outcomes(matter, applied=applied) if matter else ANSWERED
    return said.get(outcome, ANSWERED[outcome])
