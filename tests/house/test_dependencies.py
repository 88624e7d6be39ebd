"""What the product imports it also asks for, and a lock does not say where packages come from."""

import ast
import re
import sys
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

# The contract tests we ship are for people who already have pytest.
FOR_TESTS_ONLY = "dubu_plugin.testing"


def normal(name: str) -> str:
    """Return a distribution's name as it is compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for() -> set[str]:
    """Return the distributions pyproject.toml names, but for those of the extra dev."""
    required = distribution("dubu-plugin").requires or []
    return {
        normal(match.group())
        for line in required
        if not re.search(r"""extra == ["']dev["']""", line)
        if (match := re.match(r"[\w.-]+", line))
    }


def test_every_import_is_asked_for(modules: dict[str, Path]) -> None:
    providers = packages_distributions()
    wanted = asked_for()
    missing = set()
    for name, file in modules.items():
        if name.startswith(FOR_TESTS_ONLY):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            found = []
            if isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found = [node.module]
            for top in (full.split(".")[0] for full in found):
                if top in sys.stdlib_module_names or top.startswith("dubu_"):
                    continue
                if not wanted & {normal(provider) for provider in providers.get(top, ())}:
                    missing.add(f"{name} imports {top}")
    assert missing == set(), "name it in pyproject.toml, then `make lock`"


@pytest.mark.parametrize("lock", ["package-lock.json", "locks/dev.lock", "locks/node.lock"])
def test_a_lock_names_no_host_and_no_folder(root: Path, lock: str) -> None:
    """Where packages come from is the installation's choice: many have a mirror of their own."""
    text = (root / lock).read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if "://" in line or " @ " in line] == []
    assert '"resolved"' not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_every_locked_package_has_a_checksum(root: Path) -> None:
    for lock in ("locks/dev.lock", "locks/node.lock"):
        pinned = re.findall(r"^[a-z0-9].*==.*(?:\n    .*)*", (root / lock).read_text(), re.M)
        assert pinned
        assert [pin for pin in pinned if "--hash=sha256:" not in pin] == []


def test_the_lock_fits_what_is_asked_for(root: Path) -> None:
    pinned = re.findall(r"^([a-z0-9.-]+)==", (root / "locks/dev.lock").read_text(), re.M)
    left_out = asked_for() - set(pinned) - {"dubu-plugin"}
    assert left_out == set(), "run `make lock`"
