"""Whether a letter sent to an address comes into the letter box of a home."""

import re
from typing import Final

from dubu_plugin.domain.folding import folded

_NUMBER_WORD: Final = re.compile(r"\b(?:nr|nummer)\b ?")
_LETTER: Final = re.compile(r"\b(\d+) ([a-zæøå])\b")
_POSTCODE: Final = re.compile(r" ?\b\d{4}\b.*")
_BUILDING: Final = re.compile(r".*?\b\d{1,3}[a-z]?\b")


def comes_home(address: str, home: str) -> bool:
    """Tell whether what is sent to an address comes to a home.

    People write an address with and without commas, »nr.«, »c/o« and the floor. Whoever lives at
    the same street and number may open it, so the floor does not part them.
    """
    street = _POSTCODE.sub("", _alike(home))
    building = _BUILDING.match(street)
    there = building.group() if building else street
    return bool(there) and f" {there} " in f" {_alike(address)} "


def _alike(address: str) -> str:
    """Return an address as it is compared: »7 B« and »7b« are one number."""
    return _LETTER.sub(r"\1\2", _NUMBER_WORD.sub("", folded(address)))
