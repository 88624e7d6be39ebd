"""A town with a child, a case and an underretning full of names, and a stand-in for LibreOffice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.store.tables import letters
from dubu_plugin.testing.town import Town, build

RECEIVED = datetime(2026, 3, 2, 8, 14, tzinfo=UTC)
TEXT = "Alma Testvad passer på Viggo og mor. CPR 031216-4990. Mor hedder Sanne Testvad."


class Stamp:
    """A PDF in no time, for tests that are not about PDF."""

    def to_pdf(self, documents: Sequence[bytes]) -> list[bytes]:
        return [b"%PDF " + document for document in documents]

    def version(self) -> str:
        return "Stempel 1"


@dataclass
class House:
    """The town, and the one case in it."""

    town: Town
    child: UUID
    sibling: UUID
    sag: UUID

    @property
    def product(self) -> Product:
        return self.town.product

    def underretning(self, **more: Any) -> UUID:
        known = {"child": self.child, "sag": self.sag, "received_at": RECEIVED}
        return self.town.underretning(TEXT, **{**known, **more})

    def letter(self, identity: UUID) -> Any:
        with self.product.store.read() as connection:
            return connection.execute(sa.select(letters).where(letters.c.id == identity)).one()

    def rows(self, table: sa.Table) -> Sequence[Any]:
        with self.product.store.read() as connection:
            return connection.execute(sa.select(table)).all()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    town = build(tmp_path, datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
    shelf = LetterShelf.load([Path(str(files("dubu_templates")))], Stamp())
    town.product = replace(town.product, letters=shelf)
    child = town.person("Alma Testvad", born=date(2016, 12, 3), cpr="031216-4990")
    sibling = town.person("Viggo Prøvesen", born=date(2021, 12, 2), cpr="021221-4991")
    town.tie(child, sibling, "soeskende", "soeskende")
    yield House(town, child, sibling, town.sag(child, number="27.24.00-G01-42-26"))
    town.product.store.close()
