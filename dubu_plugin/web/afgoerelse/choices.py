"""What can be prepared for a child today, what comes first, and why the rest is not for it now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dubu_plugin.domain.afgoerelser import Matter, MatterArea
from dubu_plugin.domain.danish import unbroken
from dubu_plugin.domain.forudsat import WORDS, Forudsat
from dubu_plugin.domain.indsatser import ADULT
from dubu_plugin.usecases.afgoerelse.prepare import why_not

TITLES: Final[Mapping[MatterArea, str]] = {
    MatterArea.STOETTE: "Støtte til barnet og familien",
    MatterArea.UNDERSOEGELSE: "Undersøgelse",
    MatterArea.ANBRINGELSE: "Anbringelse",
    MatterArea.UNDER_ANBRINGELSEN: "Når barnet er anbragt",
    MatterArea.HANDICAP: "Barnets funktionsnedsættelse",
    MatterArea.UNGE: "Den unge fra 18 år",
    MatterArea.SAERLIGE: "Når det haster, og det særlige",
}
"""The groups, in the order they stand in where nothing on the case speaks for another."""
WITH_WORDS: Final = "Kun med en forklaring i afgørelsen"
"""What presupposes something the case does not show, and that can be told in words."""
HANDICAP: Final = "handicap"
"""The area of a case that is about a disability."""

Group = tuple[str, Sequence[tuple[str, str]]]
"""A heading, and what stands under it: a value and a title."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be prepared."""

    groups: Sequence[Group]
    """What is possible, the likely first."""
    folded: Sequence[tuple[str, Sequence[str]]]
    """What is not: why, and what it is called."""

    @property
    def left_out(self) -> int:
        """How many are not possible now."""
        return sum(len(titles) for _, titles in self.folded)


def choices(
    matters: Sequence[Matter], there: Collection[Forudsat], *, age: int | None, area: str
) -> Choices:
    """Return what of the matters can be prepared, and what cannot.

    :param matters: what the law of the day has for a child of the age.
    :param there: what is there of what they presuppose.
    :param area: the case's.
    """
    groups: dict[str, list[tuple[str, str]]] = {TITLES[one]: [] for one in _order(there, age, area)}
    folded: dict[Forudsat, list[str]] = {}
    for one in matters:
        title = unbroken(f"{one.title} ({one.paragraph})")
        why = why_not(one, there)
        if why is not None:
            folded.setdefault(why, []).append(title)
            continue
        told = bool(one.lacks(there)) and not one.applied_for
        heading = WITH_WORDS if told else TITLES[one.area]
        groups.setdefault(heading, []).append((one.code, title))
    return Choices(
        [(heading, found) for heading, found in groups.items() if found],
        [(WORDS[why].short, titles) for why, titles in folded.items()],
    )


def _order(there: Collection[Forudsat], age: int | None, area: str) -> Sequence[MatterArea]:
    """Return the groups, those that what stands on the case speaks for first."""
    first = []
    if Forudsat.ANBRAGT in there:
        first.append(MatterArea.UNDER_ANBRINGELSEN)
    if age is not None and age >= ADULT - 1:
        first.append(MatterArea.UNGE)
    if area == HANDICAP:
        first.append(MatterArea.HANDICAP)
    return [*first, *(one for one in TITLES if one not in first)]
