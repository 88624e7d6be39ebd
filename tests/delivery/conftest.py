"""An installation whose other systems are in memory, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.database import Store
from dubu_plugin.testing import installation
from dubu_plugin.testing.databases import PostgresServer, fresh_sqlite
from dubu_plugin.testing.installation import Installation
from dubu_plugin.testing.mail_server import MailServer
from dubu_plugin.testing.town import build

from .morning import MONDAY, House


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return fresh_sqlite(tmp_path)
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.fresh()


@pytest.fixture(scope="session")
def rules() -> RuleBook:
    return RuleBook.load([Path(str(files("dubu_templates"))) / "frister"])


@pytest.fixture
def it(url: str, rules: RuleBook, tmp_path: Path) -> Iterator[Installation]:
    store = Store.connect(url, rules, patience=10)
    yield installation.build(tmp_path, store)
    store.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    server = MailServer().start()
    town = build(tmp_path, MONDAY)
    yield House(town, server)
    town.product.store.close()
    server.stop()
