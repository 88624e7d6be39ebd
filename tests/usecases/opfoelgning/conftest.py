"""A follower with Alma's case: an indsats that runs, and a plan with two goals."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dubu_plugin.testing.town import build

from ..indsats.desk import NOW
from .follower import Follower


@pytest.fixture
def follower(tmp_path: Path) -> Iterator[Follower]:
    town = build(tmp_path, NOW)
    yield Follower(town)
    town.product.store.close()
