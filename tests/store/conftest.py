"""Every test of the store runs on SQLite and on a real PostgreSQL server."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import personer, post_items, sager, underretninger
from dubu_plugin.testing.databases import PostgresServer, fresh_sqlite


@pytest.fixture(scope="session")
def rules() -> RuleBook:
    return RuleBook.load([Path(str(files("dubu_templates"))) / "frister"])


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return fresh_sqlite(tmp_path)
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.fresh()


@pytest.fixture
def store(url: str, rules: RuleBook) -> Iterator[Store]:
    store = Store.connect(url, rules, patience=10)
    yield store
    store.close()


NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


class Ground:
    """What deadlines and deliveries hang on: people, underretninger and cases."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def person(self, name: str = "Alma Testvad") -> UUID:
        number = uuid4()
        with self.store.write(actor="system", now=NOW) as work:
            work.connection.execute(sa.insert(personer).values(id=number, name=name, seen_at=NOW))
        return number

    def underretning(self, **values: Any) -> UUID:
        post, number = uuid4(), uuid4()
        with self.store.write(actor="system", now=NOW) as work:
            work.connection.execute(
                sa.insert(post_items).values(
                    id=post,
                    same_as=str(post),
                    channel="e-mail",
                    received_at=NOW,
                    stored_at=NOW,
                    filename="brev.eml",
                    sha256="0" * 64,
                    size=1,
                    henvendelse="underretning",
                    state="registreret",
                )
            )
            given = {
                "id": number,
                "post_id": post,
                "henvendelse": "underretning",
                "state": "ny",
                "received_at": NOW,
                "channel": "e-mail",
                "text": "",
                "child_state": "ukendt",
            }
            work.connection.execute(sa.insert(underretninger).values(given | values))
        return number

    def sag(self, child: UUID, **values: Any) -> UUID:
        number = uuid4()
        with self.store.write(actor="system", now=NOW) as work:
            given = {
                "id": number,
                "title": "Testsag",
                "child_id": child,
                "area": "udsatte_boern",
                "step": "modtaget",
                "phase": "active",
                "opened_at": NOW,
            }
            work.connection.execute(sa.insert(sager).values(given | values))
        return number


@pytest.fixture
def ground(store: Store) -> Ground:
    return Ground(store)
