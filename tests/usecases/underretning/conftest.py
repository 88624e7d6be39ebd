from collections.abc import Iterator
from pathlib import Path

import pytest

from dubu_plugin.testing.databases import PostgresServer
from dubu_plugin.testing.reception import Reception, build_reception


@pytest.fixture
def reception(tmp_path: Path) -> Iterator[Reception]:
    built = build_reception(tmp_path)
    yield built
    built.product.store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def on_every_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Reception]:
    url = None
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.fresh()
    built = build_reception(tmp_path, url)
    yield built
    built.product.store.close()
