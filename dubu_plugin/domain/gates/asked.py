"""The gates of what else is written in a decision, and of what is there beside it.

Source: barnets lov §§ 50-52, 67, 69, 77, 98, 104, 111, 140-142; forvaltningsloven § 9 b.
"""

from collections.abc import Callable, Mapping
from typing import Final

from dubu_plugin.domain.gates.content import WITHOUT_CONSENT, revised
from dubu_plugin.domain.gates.standing import No, Standing, no
from dubu_plugin.domain.indsatser import ADULT

YOUNGER: Final = 15
"""Siblings below this age are considered where a child is placed (§ 51, stk. 3)."""

ASKED: Final[Mapping[str, str]] = {
    "betingelser": "Beskriv, hvordan betingelserne er opfyldt, og hvad barnet, familien og "
    "netværket kan bidrage med under anbringelsen",
    "kompetencer": "Vurdér, hvad den, der har forældremyndigheden, selv kan klare, også med støtte",
    "paataenkt": "Beskriv den støtte, der er påtænkt til barnet og familien under anbringelsen og "
    "bagefter, og formålet med den",
    "adoption": "Skriv, at adoption er overvejet, og hvad I er kommet frem til",
    "permanent_overvejet": "Skriv, om en permanent anbringelse er overvejet. Er barnet anbragt i "
    "mindre end 3 år, så skriv det",
    "psykolog": "Skriv, hvad psykologens helhedsvurdering af tilknytningen til stedet siger",
    "stoette_paa_stedet": "Beskriv, om støtte på stedet, hvor barnet bor, kan være nok",
    "nyt_sted": "Beskriv, hvordan det nye sted kan give barnet støtte og stabile voksne",
    "skolegang": "Tag stilling til barnets skolegang. Anbringes barnet på et børne- og ungehjem i "
    "en anden kommune, så vurdér også behovet for specialundervisning",
    "anden_kommune": "Skriv, hvornår kommunen, hvor stedet ligger, er orienteret, eller at stedet "
    "ligger i vores egen kommune",
    "hyppighed": "Svar på, om de ses eller taler sammen sjældnere end en gang hver fjerde uge",
    "advokat": "Skriv, hvornår parterne fik tilbud om gratis advokat og fik at vide, at de må se "
    "sagens akter og udtale sig",
    "udtalt_sig": "Skriv, hvem der har kunnet udtale sig til udvalget, og er det ikke barnet, så "
    "hvorfor ikke",
}
"""What a row of the catalogue may ask for, by section, and how it is asked for."""

ALSO_REFUSED: Final = frozenset({"advokat", "udtalt_sig"})
"""What is asked for too where nothing is given."""


def written(section: str) -> Callable[[Standing], No | None]:
    """Return the gate of a section: it is written where the decision asks for it."""

    def gate(s: Standing) -> No | None:
        law = s.matter.asks.get(section)
        if law is None or s.has(section) or not (s.gives or section in ALSO_REFUSED):
            return None
        return no(section, law, f"{ASKED[section]} ({law}).")

    return gate


def paragraf_104(s: Standing) -> No | None:
    """Tell whether the contact is no rarer than every fourth week: then the committee decides.

    Rarer than that is to break it off (§ 104, stk. 6), with or without somebody present.
    """
    law = s.matter.asks.get("hyppighed")
    if not s.gives or law is None or not s.has("hyppighed") or s.said["hyppighed"] == "nej":
        return None
    return no(
        "hyppighed",
        law,
        "Sjældnere end en gang hver fjerde uge er en afbrydelse, og den afgør børne- og "
        f"ungeudvalget for en bestemt periode ({law}, og § 105). Forbered »Afbrydelse af "
        "forbindelsen« under »Afgørelser«, og opgiv denne her.",
        instead="samvaer_afbrudt",
    )


def paragraf_51_soeskende(s: Standing) -> No | None:
    """Tell whether it says why siblings under fifteen are not placed too (§ 51, stk. 3)."""
    if not s.gives or s.matter.basis != WITHOUT_CONSENT or s.has("soeskende"):
        return None
    if not any(age < YOUNGER for age in s.siblings):
        return None
    return no(
        "soeskende",
        "§ 51, stk. 3",
        "Barnet har søskende under 15 år. Skriv, hvorfor de ikke også indstilles til anbringelse, "
        "og hvilken støtte de og familien får. Bor de ikke i hjemmet, eller er omsorgen ikke "
        "grunden, så skriv det (§ 51, stk. 3).",
    )


def paragraf_77(s: Standing) -> No | None:
    """Tell whether the parents' plan is there where siblings are at home (§ 77, stk. 2 and 3)."""
    law = s.matter.parents_plan
    if not s.gives or not law or not s.siblings or s.parents_plan_ready:
        return None
    if s.has("uden_foraeldreplan"):
        return None
    return no(
        "uden_foraeldreplan",
        law,
        f"Barnet har søskende under 18 år, så forældrehandleplanen skal være godkendt og vedlægges "
        f"({law}). Lav den under »Barnets plan«, eller skriv, hvorfor den ikke skal laves (§ 77, "
        f"stk. 3).",
    )


def paragraf_111(s: Standing) -> No | None:
    """Tell whether the ungeplan is there before help after eighteen is decided (§ 111, stk. 2)."""
    law = s.matter.youth_plan
    if not s.gives or not law or not s.placed or (s.age is not None and s.age >= ADULT):
        return None
    if s.planned_on is None:
        return no(
            "",
            law,
            f"Ungeplanen skal være lavet eller revideret sammen med den unge, før der træffes "
            f"afgørelse ({law}).",
        )
    return revised(s, law)


def fvl_9_b(s: Standing) -> No | None:
    """Tell whether no party waits to see the files (forvaltningsloven § 9 b)."""
    if not s.insight_waits or s.has("uden_aktindsigt"):
        return None
    return no(
        "uden_aktindsigt",
        "forvaltningsloven § 9 b",
        "En part har bedt om aktindsigt og har ikke fået svar. Vent med afgørelsen, til parten har "
        "set akterne, eller skriv, hvilken frist eller hvilket hensyn der gør, at den ikke kan "
        "vente (forvaltningsloven § 9 b).",
    )
