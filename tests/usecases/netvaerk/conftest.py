"""Alma's case, her parents, her grandmother, and her brother Viggo, who has a case too."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dubu_plugin.testing.town import build

from .family import Family

NOW = datetime(2026, 6, 11, 8, 42, tzinfo=UTC)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    town = build(tmp_path, NOW)
    alma = town.person("Alma Testvad", born=date(2016, 12, 3))
    viggo = town.person("Viggo Prøvesen", born=date(2021, 12, 2))
    mother = town.person("Sanne Testvad", born=date(1988, 5, 4), protected=True,
                         address="Skjultvej 12, 9999 Prøvestrup")  # fmt: skip
    father = town.person("Michael Prøvesen", born=date(1986, 2, 9))
    granny = town.person("Birthe Prøvesen", born=date(1958, 6, 7))
    for child in (alma, viggo):
        town.tie(child, mother, "mor", "barn")
        town.tie(child, father, "far", "barn")
    town.tie(alma, granny, "bedsteforaelder", "barnebarn")
    town.tie(alma, viggo, "soeskende", "soeskende")
    yield Family(town, town.sag(alma), alma, viggo, mother, father, granny)
    town.product.store.close()
