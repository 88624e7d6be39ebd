"""A case on which things happen, under rules that are made up."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Rule
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import frister, personer
from dubu_plugin.store.transaction import Recorded
from dubu_plugin.testing.rules import book

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


class Ground(Protocol):
    store: Store

    def person(self, name: str = ...) -> UUID: ...
    def sag(self, child: UUID, **values: Any) -> UUID: ...


class Life:
    """A case on which things happen."""

    def __init__(self, store: Store, ground: Ground) -> None:
        self.store = store
        self.child = ground.person()
        self.sag = ground.sag(self.child, responsible="karen", unit="nord")

    def rules(self, *rules: Rule) -> None:
        self.store.rules = book(*rules)

    def happen(
        self, what: H, at: datetime = NOW, now: datetime | None = None, **data: Any
    ) -> Recorded:
        with self.store.write(actor="karen", now=now or at) as work:
            return work.happened(what, occurred_at=at, sag=self.sag, person=self.child, data=data)

    def rows(self, *states: str) -> list[sa.Row[Any]]:
        with self.store.read() as connection:
            asked = sa.select(frister).order_by(frister.c.anchor_at, frister.c.state)
            found = list(connection.execute(asked).all())
        return [row for row in found if not states or row.state in states]

    def born(self, day: date | None) -> None:
        with self.store.write(actor="karen", now=NOW) as work:
            work.connection.execute(
                sa.update(personer).where(personer.c.id == self.child).values(born=day)
            )


def days(number: int) -> timedelta:
    return timedelta(days=number)


def day_of(row: sa.Row[Any]) -> date:
    return danish_day(row.due)
