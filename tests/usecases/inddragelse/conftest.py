"""A desk with Alma's case on it, and her parents, who may not see each other's information."""

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
    mother = town.person("Sanne Testvad", born=date(1988, 5, 4), protected=True,
                         address="Skjultvej 12, 9999 Prøvestrup")  # fmt: skip
    father = town.person("Michael Prøvesen", born=date(1986, 2, 9),
                         address="Demoallé 3, 9999 Prøvestrup")  # fmt: skip
    town.tie(child, mother, "mor", "barn")
    town.tie(child, father, "far", "barn")
    yield Desk(town, town.sag(child), child, mother, father)
    town.product.store.close()
