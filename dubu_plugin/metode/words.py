"""What the values of a method are called in Danish."""

from collections.abc import Mapping
from typing import Final

from dubu_plugin.domain.danish import short_date
from dubu_plugin.metode.method import FieldKind, Figure, Method, MethodKind

KINDS: Final[Mapping[MethodKind, str]] = {
    MethodKind.BOERNEFAGLIG: "afdækning og undersøgelse",
    MethodKind.LOVOMRAADER: "en ældre lovs områder",
    MethodKind.HANDICAP: "udredning ved funktionsnedsættelse",
}

FIGURES: Final[Mapping[Figure, str]] = {
    Figure.TREKANT: "trekant",
    Figure.AEG: "æg",
    Figure.LISTE: "liste",
}

FIELD_KINDS: Final[Mapping[FieldKind, str]] = {
    FieldKind.TEKST: "tekst",
    FieldKind.VALG: "ét valg",
    FieldKind.FLERE: "flere valg",
    FieldKind.TAL: "tal",
}


def used_words(method: Method) -> str:
    """Return ``fra 1.1.2019``, or ``fra 1.1.2007 til 31.12.2018``."""
    start = f"fra {short_date(method.valid_from)}"
    return start if method.valid_to is None else f"{start} til {short_date(method.valid_to)}"
