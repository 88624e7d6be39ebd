"""How much of an indsats there is, in words: on the screen and in letters."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

UNITS: Final[Mapping[str, tuple[str, str]]] = {
    "time": ("time", "timer"),
    "døgn": ("døgn", "døgn"),
    "måned": ("måned", "måneder"),
    "forløb": ("forløb", "forløb"),
    "gang": ("gang", "gange"),
}
"""One and several of what an indsats is counted in."""
PERS: Final[Mapping[str, str]] = {
    "uge": "om ugen",
    "maaned": "om måneden",
    "aar": "om året",
    "ialt": "i alt",
}


def extent(amount: Decimal | None, unit: str, per: str | None) -> str:
    """Return ``4 timer om ugen``, or nothing."""
    if amount is None:
        return ""
    one, more = UNITS.get(unit, (unit, unit))
    return " ".join([plain(amount), one if amount == 1 else more, PERS.get(per or "", "")]).strip()


def plain(amount: Decimal) -> str:
    """Return ``4`` or ``2,5``: no decimals that say nothing."""
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
