"""The gate of consent: everybody who must has said yes, each for themselves."""

from collections.abc import Mapping
from typing import Final

from dubu_plugin.domain.afgoerelser import Capacity, Consenter
from dubu_plugin.domain.gates.standing import No, Part, Standing, no, to_meeting

CAPACITY_OF: Final[Mapping[Consenter, Capacity]] = {
    Consenter.FORAELDREMYNDIGHED: Capacity.FORAELDREMYNDIGHED,
    Consenter.KOMMENDE_FORAELDRE: Capacity.KOMMENDE_FORAELDRE,
    Consenter.BARN_12: Capacity.BARN,
    Consenter.UNG_15: Capacity.BARN,
    Consenter.UNG: Capacity.BARN,
}
WHO: Final[Mapping[Consenter, str]] = {
    Consenter.FORAELDREMYNDIGHED: "den, der har forældremyndigheden",
    Consenter.KOMMENDE_FORAELDRE: "de kommende forældre",
    Consenter.BARN_12: "barnet, der er fyldt 12 år",
    Consenter.UNG_15: "den unge, der er fyldt 15 år",
    Consenter.UNG: "den unge",
}


def samtykke(s: Standing) -> No | None:
    """Tell whether everybody who must consent has (§§ 32, 33, 46, 67, 98, 104 and 114-116)."""
    if not s.gives:
        return None
    for whose in sorted(s.matter.consents_at(s.age)):
        asked = [one for one in s.parts if one.capacity is CAPACITY_OF[whose]]
        if not asked:
            return no(
                "parter",
                s.matter.paragraph,
                f"Det står ikke, hvem der skal samtykke: {WHO[whose]} ({s.matter.paragraph}).",
            )
        for one in asked:
            if (wrong := _consent_of(one, whose, s)) is not None:
                return wrong
    return None


def _consent_of(one: Part, whose: Consenter, s: Standing) -> No | None:
    at, law = f"samtykke-{one.person}", s.matter.paragraph
    if one.consent == "afslaaet":
        return no(
            at,
            law,
            f"{one.name} samtykker ikke. Uden samtykke kan der ikke træffes "
            f"afgørelse efter {law}; se, om en afgørelse uden samtykke er den rette.",
        )
    if one.consent != "givet" or one.consent_on is None or one.consent_on > s.decided_on:
        return no(
            at,
            law,
            f"Afgørelsen kræver samtykke fra {WHO[whose]} ({law}). Skriv, hvad "
            f"{one.name} svarede, og hvornår.{to_meeting(s)}",
        )
    if s.matter.consent_purpose and not one.consent_purpose:
        return no(
            at,
            s.matter.consent_purpose,
            f"Samtykket fra {one.name} skal også gælde formålet ({s.matter.consent_purpose}).",
        )
    return None
