"""The licence is where people and tools look for it."""

from importlib.metadata import distribution
from pathlib import Path

import pytest

OURS = distribution("dubu-plugin")


@pytest.mark.checkout
def test_the_licence_is_here_in_full(root: Path) -> None:
    lines = (root / "LICENSE").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Mozilla Public License Version 2.0"
    assert len(lines) > 370


def test_the_licence_is_named_in_what_we_ship() -> None:
    assert OURS.metadata["License-Expression"] == "MPL-2.0"
