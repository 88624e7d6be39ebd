"""The gate of when the committee looks at a placement again (barnets lov § 50)."""

from datetime import date
from typing import Final

from dubu_plugin.domain.gates.standing import No, Standing, months_on, no

AGAIN: Final = "genbehandling"
OWN_DAY: Final = "genbehandling_senest"
WHY: Final = "genbehandling_hvorfor"
"""The sections that say when, and why it is not in a year."""
YEARS: Final = {"et_aar": 1, "to_aar": 2, "tre_aar": 3}


def own_day(said: str) -> date | None:
    """Return a day the committee has set itself; None where there is none.

    :raises ValueError: it is no day.
    """
    return date.fromisoformat(said.strip()) if said.strip() else None


def paragraf_50(s: Standing) -> No | None:
    """Tell whether it is looked at again when the law lets it be, with the reason where that is not
    in a year: sooner (stk. 4), in two years (stk. 2), or exceptionally later (stk. 5)."""
    if not s.matter.reviewed or not s.gives:
        return None
    chosen = s.said.get(AGAIN, "")
    try:
        own = own_day(s.said.get(OWN_DAY, ""))
    except ValueError:
        return no(
            OWN_DAY, "§ 50", "Skriv den dag, udvalget har fastsat, eller lad feltet være tomt."
        )
    met = s.committee_on or s.day
    if own is not None and own <= met:
        return no(OWN_DAY, "§ 50", "Udvalgets dag ligger før mødet. Ret den (§ 50, stk. 4).")
    youngest = s.age is None or s.age < 1
    if own is not None and youngest and own > months_on(met, 12) and own != months_on(met, 36):
        return no(
            OWN_DAY,
            "§ 50",
            "For ufødte og børn under 1 år kan en længere frist kun være tre år (§ 50, stk. 5). "
            "Slet dagen, og vælg »Om tre år«.",
        )
    if (own is None and chosen in ("", "et_aar")) or s.has(WHY):
        return None
    return no(
        WHY,
        "§ 50",
        "Skriv, hvorfor udvalget ikke skal se på det igen om et år: Barnet har været anbragt inden "
        "for det seneste år før (to år, stk. 2), grundlaget er måske væk før (stk. 4), eller "
        "undtagelsesvis skal fristen være længere (stk. 5).",
    )


def again_on(said: str, own: str, met: date) -> date:
    """Return the Danish day the committee looks at it again at the latest; see `look_again`."""
    return own_day(own) or months_on(met, 12 * YEARS[said or "et_aar"])


def look_again(said: str, own: str) -> dict[str, str]:
    """Return when it is looked at again, as the deadline rules ask it.

    :param said: what is chosen.
    :param own: the day the committee has set itself, or empty.
    """
    day = own_day(own)
    if day is None:
        return {"genbehandling": said or "et_aar"}
    return {"genbehandling": "et_aar", "genbehandling_senest": day.isoformat()}
