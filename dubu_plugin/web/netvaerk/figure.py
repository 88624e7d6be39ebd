"""The network as rings around the child: who is close, who is further out, and who can step in.

It is a picture and a way around. The lists beside it say the same, for whoever does not see it.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dubu_plugin.domain.netvaerk import RINGS

WIDE: Final = 92.0
HIGH: Final = 64.0
"""The room a person takes with the two lines under the dot, in the figure's own units."""
BELOW: Final = 12.0
"""How far under the dot's centre the middle of that room lies."""
CHILD: Final = 68.0
"""The room of the child in the middle."""
NAME: Final = (56.0, 18.0)
"""The room of a ring's name."""
FIRST: Final = 94.0
APART: Final = 46.0
"""How far the innermost ring is from the middle, and a ring from the next, at the least."""
STEP: Final = 3.0
TURNS: Final = 8
"""How many ways a ring is turned in search of a place for everybody."""
EVEN: Final = 30.0
"""So much wider a ring may be for them to stand evenly on it, before they are packed."""
ROOMY: Final = (1.8, 1.5, 1.3, 1.15, 1.0)
LONGEST: Final = 10
"""So many letters of a name there is room for."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody, before it is known where."""

    ring: int
    name: str
    role: str
    url: str
    said: str
    """What a screen reader says."""
    steps_in: bool


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody, where they stand."""

    x: float
    y: float
    initials: str
    name: str
    role: str
    url: str
    said: str
    steps_in: bool


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring and its name."""

    number: int
    radius: float
    title: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The figure. The child stands at 0, 0."""

    left: float
    top: float
    width: float
    height: float
    rings: Sequence[Ring]
    """The outermost first, so that the inner ones lie upon it."""
    nodes: Sequence[Node]
    """In the order they are walked through: the innermost ring first, clockwise from the top."""
    middle: str
    is_large: bool


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    wide: float
    high: float

    def meets(self, other: "_Box") -> bool:
        return (
            abs(self.x - other.x) < (self.wide + other.wide) / 2
            and abs(self.y - other.y) < (self.high + other.high) / 2
        )


def drawn(people: Iterable[Shown], middle: str) -> Drawn:
    """Return where everybody stands, so that no name touches another.

    :param middle: the child's first name.
    """
    by_ring: dict[int, list[Shown]] = {number: [] for number in RINGS}
    for one in people:
        by_ring[one.ring].append(one)
    places = _places(tuple(len(them) for them in by_ring.values()))
    rings, nodes, taken = [], [], [_Box(0, 0, CHILD, CHILD)]
    for (number, title), (radius, spots) in zip(RINGS.items(), places, strict=True):
        taken += [_room(x, y) for x, y in spots]
        nodes += [_node(one, x, y) for one, (x, y) in zip(by_ring[number], spots, strict=True)]
        rings.append(Ring(number, round(radius, 1), title))
    outer = rings[-1].radius
    left = max(outer, *(abs(box.x) + box.wide / 2 for box in taken)) + 6
    top = outer + NAME[1]
    bottom = max(outer, *(box.y + box.high / 2 for box in taken)) + 6
    return Drawn(
        round(-left, 1), round(-top, 1), round(2 * left, 1), round(top + bottom, 1),
        rings[::-1], nodes, short(middle), outer > 290,
    )  # fmt: skip


@lru_cache(maxsize=1_024)
def _places(counts: Sequence[int]) -> Sequence[tuple[float, Sequence[tuple[float, float]]]]:
    """Return each ring's radius and the spots on it, the innermost first."""
    taken, found, least = [_Box(0, 0, CHILD, CHILD)], [], FIRST
    for count in counts:
        radius, spots = _fit(count, least, taken)
        taken += [_room(x, y) for x, y in spots] + [_name(radius)]
        found.append((radius, spots))
        least = radius + APART
    return found


def short(name: str) -> str:
    """Return the first name, no longer than there is room for."""
    first = name.split(" ", 1)[0]
    return first if len(first) <= LONGEST else f"{first[: LONGEST - 1]}…"


def initials(name: str) -> str:
    """Return the first letters of the first and the last name."""
    words = [word for word in name.split() if word[:1].isalpha()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


def _fit(
    count: int, least: float, taken: Sequence[_Box]
) -> tuple[float, Sequence[tuple[float, float]]]:
    # Where the ring has less room than they take, there is no use in looking.
    radius = max(least, 0.9 * count / _ROOMS[-1])
    while True:
        others = [*taken, _name(radius)]
        for turn in range(TURNS if count else 1):
            spots = _spots(count, radius, turn / TURNS)
            if not _any_meet([_room(x, y) for x, y in spots], others):
                return radius, spots
        for room in ROOMY if radius > least + EVEN else ():
            packed = _packed(count, radius, others, room)
            if packed:
                return radius, packed
        radius += STEP


def _spots(count: int, radius: float, turned: float) -> Sequence[tuple[float, float]]:
    """Return spots from beside the top and clockwise, with the same room for each.

    A name is wider than it is high, so those above one another stand closer than those side by
    side.
    """
    shares = [(number + 0.5 + turned) / count for number in range(count)]
    return [_at(radius, _angle(share)) for share in shares]


def _packed(
    count: int, radius: float, others: Sequence[_Box], room: float
) -> Sequence[tuple[float, float]]:
    """Return spots each as near the one before as it may be; none where all do not fit.

    :param room: how many times its own room each keeps from the others on the ring.
    """
    found: list[tuple[float, float]] = []
    mates: list[_Box] = []
    for degree in range(0, 360, 2):
        spot = _at(radius, math.radians(degree) - math.pi / 2)
        mine = _room(*spot)
        wide = _Box(mine.x, mine.y, WIDE * room, HIGH * room)
        near = (*mates[-2:], *mates[:2])
        if any(wide.meets(other) for other in near) or any(mine.meets(one) for one in others):
            continue
        found.append(spot)
        mates.append(wide)
        if len(found) == count:
            return found
    return ()


def _at(radius: float, angle: float) -> tuple[float, float]:
    return radius * math.cos(angle), radius * math.sin(angle)


def _angle(share: float) -> float:
    """Return the angle a share of the way round the circle, as room is counted."""
    at = bisect_left(_ROOMS, (share % 1.0) * _ROOMS[-1])
    return math.radians(at) - math.pi / 2


def _rooms_round() -> list[float]:
    """Return how much room there is from the top to each degree of a circle with radius 1."""
    found, total = [], 0.0
    for degree in range(361):
        found.append(total)
        angle = math.radians(degree + 0.5) - math.pi / 2
        across, down = abs(math.sin(angle)), abs(math.cos(angle))
        total += math.radians(1) * max(across / WIDE, down / HIGH)
    return found


_ROOMS: Final = _rooms_round()


def _any_meet(rooms: Sequence[_Box], others: Sequence[_Box]) -> bool:
    return any(
        room.meets(other)
        for number, room in enumerate(rooms)
        for other in (*rooms[:number], *others)
    )


def _room(x: float, y: float) -> _Box:
    return _Box(x, y + BELOW, WIDE, HIGH)


def _name(radius: float) -> _Box:
    return _Box(0, -radius, *NAME)


def _node(one: Shown, x: float, y: float) -> Node:
    return Node(
        round(x, 1), round(y, 1), initials(one.name), short(one.name), one.role, one.url, one.said,
        one.steps_in,
    )  # fmt: skip
