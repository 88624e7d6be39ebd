"""Time is handed in: only the edge looks at a clock."""

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

INSIDE = ("domain", "frister", "ports", "usecases", "documents", "store", "intake", "errors")

# What asks the machine what time it is, by its last two words.
CLOCKS = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "func.now",
    "func.current_timestamp",
    "time.time",
}


def calls(file: Path) -> set[str]:
    return {
        f"{node.func.value.id}.{node.func.attr}"
        if isinstance(node.func.value, ast.Name)
        else f"{getattr(node.func.value, 'attr', '')}.{node.func.attr}"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }


def test_only_the_edge_looks_at_a_clock(modules: dict[str, Path]) -> None:
    found = [
        f"{name} calls {call}"
        for name, file in modules.items()
        if name.startswith(tuple(f"dubu_plugin.{part}" for part in INSIDE))
        for call in calls(file) & CLOCKS
    ]
    assert found == [], "take `now` as an argument"
