"""The gate a letter passes where somebody in the family is held apart from the others.

Source: forvaltningsloven §§ 15 b and 27.
"""

from typing import Final

from dubu_plugin.domain.gates.standing import No, no

SEEN: Final = "adskilt_set"
"""The field that says the letters are read through."""
LAW: Final = "forvaltningsloven § 27"
WHY: Final = (
    "En i familien holdes adskilt, og de andre må ikke få noget at vide (forvaltningsloven § 27). "
    "Læs det igennem, der kommer i brevene, og sæt flueben i »Jeg har set«."
)


WHERE: Final = (
    "Barnets sted er skjult for forældrene, eller der er truffet en afgørelse om det eller om "
    "samvær (§ 105). Læs det igennem, der kommer i brevene, også "
    "navnene på dem, der spørges, og sæt flueben i »Jeg har set«."
)


def adskilt(apart: bool, seen: bool) -> No | None:
    """Tell whether somebody has seen that no letter tells the others of who is held apart.

    :param apart: somebody is, and the letters go to others or to them.
    """
    if seen or not apart:
        return None
    return no(SEEN, LAW, WHY)


def skjult(hidden: bool, seen: bool) -> No | None:
    """Tell whether somebody has seen that no letter tells where the child is placed.

    :param hidden: its parents may not know, and the letters go to them.
    """
    if seen or not hidden:
        return None
    return no(SEEN, "§ 105", WHERE)
