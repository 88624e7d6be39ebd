"""The gate of what a decision presupposes: a child that is not placed does not go home.

Source: see `dubu_plugin.domain.forudsat`.
"""

from collections.abc import Mapping
from typing import Final

from dubu_plugin.domain.forudsat import WORDS, Forudsat
from dubu_plugin.domain.gates.standing import No, Standing, no

NO_PERIOD: Final = "uden_periode"
"""The section that says why there is no time of going home."""
CONSENTS_STILL: Final = "fortsat_samtykke"
"""The section that says who consents still, where a child does not go home."""
TOLD: Final = "udvalget_orienteres"
"""The section that says how the committee is told that a child it placed goes home."""

COMMITTEES: Final[Mapping[Forudsat, tuple[str, str, str]]] = {
    Forudsat.PERMANENT: ("permanent", "Permanent anbringelse", "permanent"),
    Forudsat.UDEN_SAMTYKKE: (
        "uden samtykke", "Anbringelse uden samtykke opretholdes", "opretholdelse",
    ),
}  # fmt: skip
"""How the committee has placed a child (§§ 47 and 67), and what it decides where it stays."""


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


def paragraf_102_besked(s: Standing) -> No | None:
    """Tell whether it says how the committee is told, where it placed who goes home (stk. 5)."""
    if not s.gives or not s.matter.period or not _committee_placed(s) or s.has(TOLD):
        return None
    return no(
        TOLD,
        "§ 102, stk. 5",
        "Udvalget har anbragt barnet og skal straks have besked om hjemgivelsen. Skriv, hvem der "
        "giver den, og hvornår (§ 102, stk. 5).",
    )


def _committee_placed(s: Standing) -> Forudsat | None:
    return next((one for one in COMMITTEES if one in s.there), None)


def paragraf_102(s: Standing) -> No | None:
    """Tell whether it can be decided here that a child does not go home.

    Placed by the committee, it is the committee that decides (§ 102, stk. 4). Placed with consent,
    a parent or a young person who asks draws it back: it stays only where somebody consents still.
    """
    if s.gives or not s.matter.period:
        return None
    if by := _committee_placed(s):
        how, title, code = COMMITTEES[by]
        return no(
            "udfald",
            "§ 102, stk. 4",
            f"Barnet er anbragt {how}, så kommunen kan ikke selv afgøre, at det ikke skal "
            f"hjem: Det afgør børne- og ungeudvalget (§ 102, stk. 4). Forbered »{title}« under "
            f"»Afgørelser«, og opgiv denne her.",
            instead=code,
        )
    if Forudsat.ANBRAGT not in s.there or s.has(CONSENTS_STILL):
        return None
    return no(
        CONSENTS_STILL,
        "§ 102",
        "Barnet er anbragt med samtykke. Den, der har forældremyndigheden, eller en ung på 15 år, "
        "der beder om, at barnet kommer hjem, trækker samtykket tilbage, og så kan barnet kun "
        "blive, hvis udvalget afgør det (§ 47) eller formanden foreløbigt (§ 143): Forbered det "
        "under »Afgørelser«, og opgiv denne her. Har en anden bedt om det, så skriv, hvem der "
        "stadig samtykker.",
    )
