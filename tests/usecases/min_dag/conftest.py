from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.urgency import Days, today_until
from dubu_plugin.store import access
from dubu_plugin.store.min_dag import day_counts, day_heads
from dubu_plugin.store.min_dag.day_counts import Counts
from dubu_plugin.store.min_dag.day_heads import SOON, DayHead
from dubu_plugin.store.min_dag.due_heads import Kind, Scope
from dubu_plugin.store.tables import frister, haendelser
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.town import Town, build

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


def days_at(now: datetime) -> Days:
    return Days(now, today_until(now), today_until(now + SOON))


class Desk:
    """A town, and what somebody's day looks like in it."""

    def __init__(self, town: Town) -> None:
        self.town = town

    @property
    def now(self) -> datetime:
        return self.town.now

    @property
    def today(self) -> date:
        return danish_day(self.town.now)

    def wait(self, **length: float) -> None:
        self.town.now += timedelta(**length)

    def asker(self, key: str = KAREN) -> Asker:
        with self.town.product.store.read() as connection:
            found = access.asker(connection, key)
        assert found is not None
        return found

    def act(self, who: str = KAREN) -> dict[str, Any]:
        return {"product": self.town.product, "asker": self.asker(who), "now": self.town.now}

    def heads(self, who: str = KAREN, scope: Scope = Scope.MINE) -> list[DayHead]:
        """Return the lines as the page shows them, those that are put off left out."""
        with self.town.product.store.read() as connection:
            seen = day_heads.seen(connection, self.asker(who), days_at(self.now), scope)
        return [head for head in seen.heads if head.is_in(scope) and not head.put_off]

    def counts(self, who: str = KAREN, scope: Scope = Scope.MINE) -> Counts:
        with self.town.product.store.read() as connection:
            found = day_heads.heads(connection, self.asker(who), days_at(self.now))
        return day_counts.counts_of(found, scope, Kind.ALL)

    def underretning(self, name: str = "Alma Testvad", **more: Any) -> str:
        """Let one come in on a new child with a case, and return its line's name."""
        child = self.town.person(name, born=date(2016, 5, 4))
        sag = self.town.sag(child, responsible=more.get("responsible", KAREN))
        self.town.underretning("Test", child=child, sag=sag, **{"responsible": KAREN, **more})
        return f"underretning:{child}"

    def rows(self, bundle: str) -> list[sa.Row[Any]]:
        with self.town.product.store.read() as connection:
            return list(
                connection.execute(sa.select(frister).where(frister.c.bundle == bundle)).all()
            )

    def told(self, what: Haendelse) -> int:
        with self.town.product.store.read() as connection:
            return int(
                connection.scalar(sa.select(sa.func.count()).where(haendelser.c.type == what.value))
                or 0
            )

    def happened(self, what: Haendelse, underretning: UUID | None, **more: Any) -> None:
        self.town.happened(what, underretning=underretning, **more)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    town = build(tmp_path, NOW)
    yield Desk(town)
    town.product.store.close()
