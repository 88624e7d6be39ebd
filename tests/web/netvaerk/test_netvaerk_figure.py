"""Everybody has room on the rings: no name lies on another, and the closest stand closest."""

import math

import pytest

from dubu_plugin.web.netvaerk.figure import CHILD, HIGH, WIDE, Node, Shown, drawn, initials, short


def shown(ring: int, name: str = "Sanne Testvad") -> Shown:
    return Shown(ring, name, "mor", "/x", f"{name}, mor", False)


def spread(*counts: int) -> list[Shown]:
    return [shown(ring) for ring, count in enumerate(counts, 1) for _ in range(count)]


def meet(one: Node, other: Node) -> bool:
    return abs(one.x - other.x) < WIDE - 1 and abs(one.y - other.y) < HIGH - 1


@pytest.mark.parametrize(
    "counts",
    [(3, 0, 0), (0, 0, 3), (4, 2, 3), (1, 1, 1), (6, 5, 4), (8, 6, 6), (20, 0, 0), (0, 20, 0),
     (2, 3, 15), (7, 7, 6), (30, 20, 10)],
)  # fmt: skip
def test_no_two_names_lie_on_each_other_or_on_the_child(counts: tuple[int, int, int]) -> None:
    nodes = drawn(spread(*counts), "Alma").nodes
    assert len(nodes) == sum(counts)
    for number, one in enumerate(nodes):
        assert not any(meet(one, other) for other in nodes[:number]), counts
        away = abs(one.x) >= (WIDE + CHILD) / 2 - 1 or abs(one.y + 12) >= (HIGH + CHILD) / 2 - 1
        assert away, "a name lies on the child"


@pytest.mark.parametrize("counts", [(3, 0, 0), (4, 2, 3), (20, 0, 0), (2, 3, 15)])
def test_everybody_is_inside_the_figure(counts: tuple[int, int, int]) -> None:
    figure = drawn(spread(*counts), "Alma")
    for one in figure.nodes:
        assert figure.left <= one.x - WIDE / 2
        assert one.x + WIDE / 2 <= figure.left + figure.width
        assert figure.top <= one.y - 18
        assert one.y + HIGH / 2 + 12 <= figure.top + figure.height


def test_the_closest_stand_on_the_innermost_ring_and_come_first() -> None:
    figure = drawn([shown(3, "Ole Demo"), shown(1, "Sanne Test")], "Alma")
    assert [one.name for one in figure.nodes] == ["Sanne", "Ole"]
    inner, outer = (math.hypot(one.x, one.y) for one in figure.nodes)
    radii = {ring.number: ring.radius for ring in figure.rings}
    assert inner == pytest.approx(radii[1], abs=1)
    assert outer == pytest.approx(radii[3], abs=1)


def test_nobody_at_all_leaves_the_child_and_its_rings() -> None:
    figure = drawn([], "Alma")
    assert (figure.middle, len(figure.rings), figure.nodes) == ("Alma", 3, [])


def test_long_names_are_cut_and_initials_are_of_first_and_last() -> None:
    assert short("Christianemarie Test") == "Christian…"
    assert initials("Sanne Maria Testvad") == "ST"
    assert initials("Moster") == "M"
    assert initials("") == ""
