"""A bench with Alma's case on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dubu_plugin.testing.town import build

from .desk import NOW, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    town = build(tmp_path, NOW)
    yield Desk(town)
    town.product.store.close()
