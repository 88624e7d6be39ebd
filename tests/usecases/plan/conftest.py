"""A board with Alma's case on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dubu_plugin.testing.town import build

from ..skrift.conftest import NOW
from .board import BORN, Board


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    town = build(tmp_path, NOW)
    child = town.person("Alma Testvad", born=BORN)
    yield Board(town, town.sag(child), child)
    town.product.store.close()
