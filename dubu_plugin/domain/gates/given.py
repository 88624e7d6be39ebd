"""The gates of the indsatser a decision gives: each is allowed, and has a purpose and an end.

The first is what the decision's own purpose and period are about; the others have theirs beside.
Source: barnets lov §§ 32, 46 and 47.
"""

from dubu_plugin.domain.danish import long_date
from dubu_plugin.domain.gates.standing import No, Standing, no
from dubu_plugin.domain.indsatser import ADULT


def field_of(name: str, number: int) -> str:
    """Return what a field of an indsats is called in the form: the first has the decision's own."""
    return name if number == 1 else f"{name}-{number}"


def indsats(s: Standing) -> No | None:
    """Tell whether the catalogue allows each indsats at its place, by the law of the day."""
    if not s.gives or not s.matter.indsatser:
        return None
    law = s.matter.paragraph
    if not s.given:
        return no("indsats", law, f"Vælg, hvad der besluttes ({law}).")
    seen: set[str] = set()
    for number, one in enumerate(s.given, 1):
        at = field_of("indsats", number)
        if number in s.not_allowed and _begins_too_soon(s):
            return no(
                field_of("fra", number),
                law,
                f"Hjælpen begynder tidligst den dag, den unge fylder 18 år ({law}). Skriv den dag "
                f"i »Fra«, eller en senere.",
            )
        if one.code not in s.matter.indsatser or number in s.not_allowed:
            return no(
                at,
                law,
                f"Det kan ikke besluttes efter {law} for et barn på den alder, eller ikke på det "
                f"sted. Vælg en anden, eller et andet sted.",
            )
        if one.code in seen:
            return no(at, law, f"Indsatsen står der allerede. Vælg en anden ({law}).")
        seen.add(one.code)
    return None


def _begins_too_soon(s: Standing) -> bool:
    """Tell whether it is help from eighteen, and the young person is younger (§§ 111 and 113)."""
    ages = s.matter.ages
    young = s.age is not None and s.age < ADULT
    return young and ages is not None and ages[1] >= ADULT


def paragraf_32_formaal(s: Standing) -> No | None:
    """Tell whether the purpose of each indsats is written (§ 32, stk. 3)."""
    law = s.matter.purpose
    if not s.gives or not law:
        return None
    for number, one in enumerate(s.given, 1):
        if number > 1 and not one.purpose.strip():
            return no(
                field_of("formaal", number),
                law,
                f"Skriv også, hvad formålet er med indsats nr. {number} ({law}).",
            )
    return None


def paragraf_32_varighed(s: Standing) -> No | None:
    """Tell whether it is said how long each indsats is expected to last (§ 32, stk. 3).

    None lasts longer than the decision, or begins before it does.
    """
    law = s.matter.duration or s.matter.paragraph
    if not s.gives:
        return None
    for number, one in enumerate(s.given, 1):
        if number == 1:
            continue
        at = field_of("til", number)
        first, last = one.starts_on or s.starts_on, one.ends_on or s.ends_on
        if s.matter.duration and last is None:
            return no(at, law, f"Skriv, til hvornår indsats nr. {number} ventes at vare ({law}).")
        if s.starts_on and one.starts_on and one.starts_on < s.starts_on:
            return no(
                field_of("fra", number),
                law,
                f"Indsats nr. {number} begynder før afgørelsens første dag, "
                f"{long_date(s.starts_on)} ({law}). Ret en af dem.",
            )
        if s.ends_on and one.ends_on and one.ends_on > s.ends_on:
            return no(
                at,
                law,
                f"Indsats nr. {number} varer længere end afgørelsen, der gælder til og med "
                f"{long_date(s.ends_on)} ({law}). Ret en af dem.",
            )
        if first and last and last < first:
            return no(at, law, f"Den sidste dag ligger før den første ({law}).")
    return None
