"""The source tree, as the house tests read it."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def tracked(root: Path) -> list[Path]:
    """Every file of the checkout that git keeps, or would keep once it is added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    files = (root / name for name in sorted(set(listed.split("\0"))) if name)
    return [file for file in files if file.is_file()]


@pytest.fixture(scope="session")
def modules(root: Path, tracked: list[Path]) -> dict[str, Path]:
    """Every module that is shipped: its dotted name and its file."""
    found = {}
    for shelf in (root, root / "adapters", root / "templates", root / "migrations"):
        for file in tracked:
            parts = file.relative_to(shelf).parts if file.is_relative_to(shelf) else ()
            if file.suffix == ".py" and parts and parts[0].startswith("dubu_"):
                found[".".join(parts).removesuffix(".py").removesuffix(".__init__")] = file
    return found
