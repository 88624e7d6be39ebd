"""Who may import whom. Arrows point inwards, and nothing points at an adapter."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

# The product from the inside out. What stands on a line may import itself and every line above
# it, not its neighbours on the same line.
TIERS = (
    ("errors",),
    ("domain",),
    ("toml_slips",),
    ("settings",),
    ("ports",),
    ("frister",),
    ("aktiviteter", "metode", "kataloger"),
    ("hookspecs", "store"),
    ("intake", "documents"),
    ("usecases",),
    ("delivery", "plugins"),
    ("app",),
    ("web",),
    ("testing",),
    ("demo",),
    ("bench",),
    ("cli",),
    ("host", "__main__"),
)

# What an adapter may know of us.
FOR_ADAPTERS = {"domain", "ports", "errors", "hookspecs", "settings"}

# What a part may use of other people's libraries. A part that is not named may use all of them.
LIBRARIES = {
    "errors": set[str](),
    "domain": {"holidays", "stdnum"},
    "ports": {"starlette"},  # the type of a web application, which a host hands us
}


@cache
def imports(file: Path) -> frozenset[str]:
    return frozenset(found_in(file))


def found_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: write the whole name, not a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part(name: str) -> str:
    """Return which part of the product a dotted name lies in: its second word."""
    return name.split(".")[1] if "." in name else ""


def is_ours(name: str) -> bool:
    return name.split(".")[0] == "dubu_plugin"


def test_every_part_has_its_place(modules: dict[str, Path]) -> None:
    parts = {part(name) for name in modules if is_ours(name)} - {""}
    assert parts <= {part for tier in TIERS for part in tier}, "give the new part a line in TIERS"


def test_arrows_point_inwards(modules: dict[str, Path]) -> None:
    tier_of = {part: tier for tier, parts in enumerate(TIERS) for part in parts}
    outward = [
        f"{name} imports {wanted}"
        for name, file in modules.items()
        if is_ours(name) and part(name) in tier_of
        for wanted in imports(file)
        if is_ours(wanted) and part(wanted) not in {"", part(name)}
        if tier_of.get(part(wanted), len(TIERS)) >= tier_of[part(name)]
    ]
    assert outward == []


def test_nothing_imports_an_adapter(modules: dict[str, Path], root: Path) -> None:
    adapters = {folder.name for folder in (root / "adapters").iterdir() if folder.is_dir()}
    found = [
        f"{name} imports {wanted}"
        for name, file in modules.items()
        for wanted in imports(file)
        if wanted.split(".")[0] in adapters - {name.split(".")[0]}
    ]
    assert found == []


def test_an_adapter_knows_only_the_ports(modules: dict[str, Path], root: Path) -> None:
    found = [
        f"{name} imports {wanted}"
        for name, file in modules.items()
        if file.is_relative_to(root / "adapters")
        for wanted in imports(file)
        if is_ours(wanted) and part(wanted) not in FOR_ADAPTERS
    ]
    assert found == []


def test_the_law_needs_no_library(modules: dict[str, Path]) -> None:
    found = [
        f"{name} imports {wanted}"
        for name, file in modules.items()
        if is_ours(name) and part(name) in LIBRARIES
        for wanted in imports(file)
        if not is_ours(wanted)
        if wanted.split(".")[0] not in sys.stdlib_module_names | LIBRARIES[part(name)]
    ]
    assert found == []
