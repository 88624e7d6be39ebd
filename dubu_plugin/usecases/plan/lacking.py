"""What the goals of a plan lack before it can stand (barnets lov §§ 92 and 95)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.metode.missing import Missing
from dubu_plugin.store.maal import Maal

GOALS: Final = "maal"
"""The field that stands for the goals as such."""

LOOK: Final = "ses_paa"
"""The field that stands for the day a goal is looked at next."""

MUST: Final[Mapping[str, str]] = {
    "hvem_goer_hvad": "hvem der gør hvad",
    "indikator": "et tegn på, at det virker",
}
"""What a goal cannot be without, and how it is asked for."""


def goals_lacking(goals: Sequence[Maal]) -> Sequence[Missing]:
    """Return what is lacking, goal by goal."""
    if not goals:
        return [Missing(WHOLE, GOALS, "Mål", "sæt mindst ét", "§ 92")]
    return list(_lacking(goals))


def _lacking(goals: Sequence[Maal]) -> Iterator[Missing]:
    for number, one in enumerate(goals, 1):
        for name, what in MUST.items():
            if not one.said.get(name):
                yield Missing(one.place, name, f"Mål {number}", what)
        if one.looked_at_on is None:
            yield Missing(one.place, LOOK, f"Mål {number}", "hvornår I ser på det igen", "§ 95")
