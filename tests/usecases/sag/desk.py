"""A case somebody notes on, under the delivered rules."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store import access
from dubu_plugin.store.tables import frister, haendelser, outbox
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.town import Town
from dubu_plugin.usecases.sag.record_event import Note, record_event

NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


class Desk:
    """A case in a town with the delivered rules."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.child = town.person("Alma Testvad", born=date(2015, 5, 4))
        self.sag = town.sag(self.child)

    def act(self, who: str = KAREN) -> dict[str, Any]:
        return {"product": self.town.product, "asker": self.asker(who), "now": self.town.now}

    def asker(self, key: str) -> Asker:
        with self.town.product.store.read() as connection:
            found = access.asker(connection, key)
        assert found is not None
        return found

    def note(self, what: H, at: datetime | None = None, **more: Any) -> Note:
        return Note(
            form=uuid4(), what=what, title=str(what), occurred_at=at or self.town.now, **more
        )

    def say(self, what: H, at: datetime | None = None, **more: Any) -> UUID:
        """Note something, and return the hændelse."""
        note = self.note(what, at, **more)
        record_event(self.sag, note, **self.act())
        found: UUID = self.newest(what).id
        return found

    def newest(self, what: H) -> sa.Row[Any]:
        asked = sa.select(haendelser).where(haendelser.c.type == what)
        return self.all(asked.order_by(haendelser.c.seq.desc()))[0]

    def all(self, asked: sa.Select[Any]) -> list[sa.Row[Any]]:
        with self.town.product.store.read() as connection:
            return list(connection.execute(asked).all())

    def rows(self, rule: str) -> list[sa.Row[Any]]:
        return self.all(sa.select(frister).where(frister.c.rule == rule))

    def row(self, rule: str, state: str = "aaben") -> sa.Row[Any]:
        (found,) = [row for row in self.rows(rule) if row.state == state]
        return found

    def notes(self) -> list[dict[str, Any]]:
        rows = self.all(sa.select(outbox).where(outbox.c.kind == "add_note"))
        return [json.loads(row.payload) for row in rows]


INDSATS = {"handicap": "nej", "hjaelp": "stoette"}
