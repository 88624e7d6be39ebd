"""The gate of what a decision presupposes: a child that is not placed does not go home.

Source: see `dubu_plugin.domain.forudsat`.
"""

from typing import Final

from dubu_plugin.domain.forudsat import WORDS
from dubu_plugin.domain.gates.standing import No, Standing, no

NO_PERIOD: Final = "uden_periode"
"""The section that says why there is no time of going home."""


def forudsat(s: Standing) -> No | None:
    """Tell whether what the decision presupposes is there, or it is written why it is all the same.

    Where nothing is given nothing is presupposed: what is applied for can be refused for that.
    """
    if not s.gives:
        return None
    for one in s.matter.lacks(s.there):
        words = WORDS[one]
        if words.instead and s.has(words.instead):
            continue
        law = s.matter.presupposes[one]
        return no(words.instead, law, words.sentence.format(law=law))
    return None


def hjemgivelsesperiode(s: Standing) -> No | None:
    """Tell whether the last day of the time of going home is said, or why there is none (§ 100)."""
    law = s.matter.period
    if not s.gives or not law:
        return None
    if s.ends_on is None and not s.has(NO_PERIOD):
        return no(
            "til",
            law,
            f"Afgørelsen er også om, hvor længe hjemgivelsesperioden varer ({law}). Skriv den "
            f"sidste dag. Er der i særlige tilfælde ingen periode, så skriv hvorfor.",
        )
    if s.ends_on is not None and s.has(NO_PERIOD):
        return no(
            NO_PERIOD,
            law,
            f"Der står både en sidste dag i hjemgivelsesperioden, og at der ingen periode er "
            f"({law}). Slet det ene.",
        )
    return None
