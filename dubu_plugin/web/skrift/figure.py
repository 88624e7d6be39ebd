"""The figure of a method as it is drawn: a triangle with a dot a dimension, or nested ellipses.

It is a map and a way around. The list beside it says the same, for whoever does not see the figure.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from dubu_plugin.metode.method import Dimension, Figure, Method, Side

STATES: Final = {
    "skrevet": "Skrevet",
    "i_gang": "I gang",
    "ikke_relevant": "Ikke relevant",
    "mangler": "Mangler",
    "ikke_valgt": "Ses ikke på",
}
"""What each state of a dimension is called."""

APEX: Final = (165.0, 26.0)
LEFT: Final = (25.0, 262.0)
RIGHT: Final = (305.0, 262.0)
FIRST: Final = 0.17
LAST: Final = 0.8
"""How far along its side the first and the last dot stand."""
MANY: Final = 5
"""On a side with more dots than these they are smaller."""
SIDE_NAMES: Final = ((66.0, 130.0, -59.3), (264.0, 130.0, 59.3), (165.0, 297.0, 0.0))

CENTRE: Final = (165.0, 151.0)
RADII: Final = ((58.0, 50.0), (108.0, 94.0), (155.0, 138.0))
"""Of the ellipses, the innermost first; in the figure's own units."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A dimension on the figure."""

    x: float
    y: float
    number: int
    title: str
    state: str
    said: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a side where it stands, turned by some degrees."""

    text: str
    x: float
    y: float
    turned: float


@dataclass(frozen=True, slots=True)
class Row:
    """A side in the list."""

    title: str
    dots: Sequence[Dot]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The figure."""

    figure: str
    """``trekant``, ``aeg`` or ``liste``; the last has a list only."""
    title: str
    radius: float
    dots: Sequence[Dot]
    names: Sequence[Name]
    ellipses: Sequence[tuple[float, float]]
    middle: str
    rows: Sequence[Row]
    written: int


def drawn(
    method: Method, url: str, here: str | None, state: Callable[[str], str], middle: str
) -> Drawn:
    """Return the figure of a method.

    :param url: what a dimension's code is put after.
    :param here: the dimension the page is about.
    :param middle: what stands in the middle, for example ``Almas behov``.
    """
    longest = max(len(method.on_side(side.code)) for side in method.sides)
    places = _PLACES[method.figure]
    rows = []
    for number, side in enumerate(method.sides):
        found = method.on_side(side.code)
        dots = [
            _dot(one, places(number, at, len(found)), url, here, state)
            for at, one in enumerate(found)
        ]
        rows.append(Row(side.title, dots))
    every = [dot for row in rows for dot in row.dots]
    return Drawn(
        figure=method.figure,
        title=TITLES[method.figure],
        radius=14 if longest <= MANY else 11,
        dots=every,
        names=_names(method.figure, method.sides),
        ellipses=RADII[: len(method.sides)][::-1] if method.figure is Figure.AEG else (),
        middle=middle if method.figure is Figure.TREKANT else "",
        rows=rows,
        written=sum(dot.state in {"skrevet", "ikke_relevant"} for dot in every),
    )


TITLES: Final = {
    Figure.TREKANT: "Trekanten",
    Figure.AEG: "Ægget",
    Figure.LISTE: "Forholdene",
}


def _dot(
    one: Dimension,
    place: tuple[float, float],
    url: str,
    here: str | None,
    state: Callable[[str], str],
) -> Dot:
    x, y = place
    stands = state(one.code)
    return Dot(
        round(x, 1), round(y, 1), one.number, one.title, stands, STATES[stands],
        f"{url}/{one.code}", one.code == here,
    )  # fmt: skip


def _on_triangle(side: int, at: int, of: int) -> tuple[float, float]:
    start, end = ((APEX, LEFT), (APEX, RIGHT), (LEFT, RIGHT))[min(side, 2)]
    first, last = (FIRST, LAST) if side < 2 else (0.21, 0.79)
    share = first + (last - first) * (at / (of - 1) if of > 1 else 0.5)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _on_egg(side: int, at: int, of: int) -> tuple[float, float]:
    """Spread the dots of an ellipse between the one inside it and its own edge."""
    across, down = RADII[min(side, len(RADII) - 1)]
    inside = RADII[side - 1] if side else (across * 0.3, down * 0.3)
    angle = 2 * math.pi * at / of - math.pi / 2
    if side:
        angle += math.pi  # the name of the side stands at the top
        if of % 2 == 0:
            angle += math.pi / of
    return (
        CENTRE[0] + (across + inside[0]) / 2 * math.cos(angle),
        CENTRE[1] + (down + inside[1]) / 2 * math.sin(angle),
    )


_PLACES: Final[dict[Figure, Callable[[int, int, int], tuple[float, float]]]] = {
    Figure.TREKANT: _on_triangle,
    Figure.AEG: _on_egg,
    Figure.LISTE: lambda _side, _at, _of: (0.0, 0.0),
}


def _names(figure: Figure, sides: Sequence[Side]) -> Sequence[Name]:
    if figure is Figure.TREKANT:
        return [Name(side.title, *where) for side, where in zip(sides, SIDE_NAMES, strict=False)]
    if figure is Figure.AEG:
        tops = [CENTRE[1] - down + 24 for _, down in RADII]
        return [
            Name(side.title, CENTRE[0], top, 0)
            for side, top in zip(sides[1:], tops[1:], strict=False)
        ]
    return ()
