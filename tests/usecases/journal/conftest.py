"""A case that is both here and in the journal, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dubu_plugin.testing.databases import PostgresServer
from dubu_plugin.testing.town import build

from .house import House

NOW = datetime(2026, 6, 11, 8, 42, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    database = None
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        database = server.fresh()
    town = build(tmp_path, NOW, database=database)
    yield House(town)
    town.product.store.close()
