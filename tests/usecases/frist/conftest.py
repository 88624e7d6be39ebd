from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import Rule
from dubu_plugin.store import access
from dubu_plugin.store.tables import frister, haendelser
from dubu_plugin.testing.databases import PostgresServer
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.rules import book
from dubu_plugin.testing.town import Town, build
from dubu_plugin.usecases.frist.standing import Place

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


class House:
    """A town with one case, and rules that are made up."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.child = town.person("Alma Testvad", born=date(2015, 5, 4))
        self.sag = town.sag(self.child)
        self.place = Place("sag", self.sag)

    @property
    def product(self) -> Product:
        return self.town.product

    def rules(self, *rules: Rule) -> None:
        self.product.store.rules = book(*rules)

    def happen(self, what: Haendelse, at: datetime | None = None, **data: Any) -> None:
        with self.product.store.write(actor=KAREN, now=self.town.now) as work:
            work.happened(what, occurred_at=at, sag=self.sag, person=self.child, data=data)

    def wait(self, **length: float) -> None:
        self.town.now += timedelta(**length)

    def asker(self, key: str = KAREN) -> Asker:
        with self.product.store.read() as connection:
            found = access.asker(connection, key)
        assert found is not None
        return found

    def rows(self, *states: str) -> list[sa.Row[Any]]:
        with self.product.store.read() as connection:
            asked = sa.select(frister).order_by(frister.c.anchor_at, frister.c.due)
            found = list(connection.execute(asked).all())
        return [row for row in found if not states or row.state in states]

    def row(self, rule: str, state: str = "aaben") -> sa.Row[Any]:
        (found,) = [row for row in self.rows(state) if row.rule == rule]
        return found

    def told(self) -> list[str]:
        with self.product.store.read() as connection:
            return list(connection.scalars(sa.select(haendelser.c.type).order_by(haendelser.c.seq)))

    def act(self, who: str = KAREN) -> dict[str, Any]:
        return {"product": self.product, "asker": self.asker(who), "now": self.town.now}


def day_of(row: sa.Row[Any]) -> date:
    return danish_day(row.due)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str | None:
    if request.param == "sqlite":
        return None
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.fresh()


@pytest.fixture
def house(tmp_path: Path, database: str | None) -> Iterator[House]:
    town = build(tmp_path, NOW, database=database)
    town.product.store.rules = book()
    yield House(town)
    town.product.store.close()
