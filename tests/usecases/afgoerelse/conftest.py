"""A bench with Alma's case on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dubu_plugin.testing.town import build

from .bench import NOW, Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    town = build(tmp_path, NOW)
    yield Bench(town)
    town.product.store.close()
