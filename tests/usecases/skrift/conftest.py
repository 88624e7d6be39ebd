"""A desk with Alma's case on it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dubu_plugin.testing.town import build

from .desk import Desk

NOW = datetime(2026, 6, 11, 8, 42, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    town = build(tmp_path, NOW)
    child = town.person("Alma Testvad", born=date(2016, 12, 3))
    yield Desk(town, town.sag(child))
    town.product.store.close()
