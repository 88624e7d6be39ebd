"""Every hook has a section in docs/hooks.md, with the arguments it has in the code."""

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.checkout

KINDS = ("provide_", "register_", "on_")


@pytest.fixture(scope="session")
def hookspecs(modules: dict[str, Path]) -> list[ModuleType]:
    """Our hooks, and those of every host on the shelf that has some."""
    return [importlib.import_module(name) for name in modules if name.endswith(".hookspecs")]


def hooks(module: ModuleType) -> Iterator[tuple[str, str]]:
    """Yield each hook's name and its heading: pluggy marks a hook with ``<project>_spec``."""
    for name, value in inspect.getmembers(module, inspect.isfunction):
        if any(mark.endswith("_spec") for mark in vars(value)):
            yield name, f"## {name}({', '.join(inspect.signature(value).parameters)})"


def test_every_hook_is_documented(root: Path, hookspecs: list[ModuleType]) -> None:
    written = (root / "docs" / "hooks.md").read_text(encoding="utf-8")
    headings = set(re.findall(r"^## \w+\(.*\)$", written, re.M))
    assert headings == {heading for module in hookspecs for _, heading in hooks(module)}


def test_a_hook_of_ours_says_its_kind_by_its_first_word() -> None:
    named = [name for name, _ in hooks(importlib.import_module("dubu_plugin.hookspecs"))]
    assert named
    assert [name for name in named if not name.startswith(KINDS)] == []
