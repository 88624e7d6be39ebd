"""KL's subject list (KLE): what a case is about, and what the municipality does with it.

The lists are data in ``catalogue/``. Subjects: the groups 27, 28, 29 and 32.18. A facet that is not
in our list is taken where it has a facet's form, since KL's own list is longer than ours.
Source: KL Emnesystematik, kle-online.dk.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

GENERAL: Final = "G01"
"""The facet of an ordinary case."""

_FACET: Final = re.compile(r"[A-ZÆØÅ][0-9]{2}")


@cache
def subjects() -> Mapping[str, str]:
    """Return every subject's title by its number, ``27.24.00``."""
    return _list("kle.csv")


@cache
def facets() -> Mapping[str, str]:
    """Return the titles of the facets we know, by code."""
    return _list("facets.csv")


def is_subject(number: str) -> bool:
    """Tell whether there is such a subject."""
    return number in subjects()


def is_facet(code: str) -> bool:
    """Tell whether it can be a facet."""
    return _FACET.fullmatch(code) is not None


def _list(name: str) -> Mapping[str, str]:
    text = (files("dubu_journal") / "catalogue" / name).read_text(encoding="utf-8")
    return dict(list(csv.reader(text.splitlines(), delimiter=";"))[1:])
