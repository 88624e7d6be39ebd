"""A few units, who works there, and deadlines laid straight into the table."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.frister.overholdelse import HEARD, Quarter, Tally
from dubu_plugin.frister.rule import Kind
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import access
from dubu_plugin.store.database import Store
from dubu_plugin.store.overholdelse import summary as overholdelse
from dubu_plugin.store.overholdelse.summary import Line, Sight
from dubu_plugin.store.tables import employees, frister, units
from dubu_plugin.testing.rules import book, rule

NOW = datetime(2026, 5, 20, 10, 0, tzinfo=UTC)
SPRING = Quarter(2026, 2)
DAY = timedelta(days=1)
DUE = datetime(2026, 4, 20, 21, 59, 59, tzinfo=UTC)

RULES = book(
    rule("BFU", title="Undersøgelse", length="4 months"),
    rule("KVIT", title="Kvittering", length="6 hverdage"),
    rule("GATE", kind=Kind.FOER, length=None),
    rule("ALDER", kind=Kind.ALDER),
    rule(
        HEARD,
        kind=Kind.FOER,
        length=None,
        opens_on=("afgoerelse_forberedt",),
        met_by=("boernesamtale_holdt",),
        recurs=True,
    ),
)

TREE = {"top": None, "vest": "top", "nord": "vest", "syd": "vest", "fjern": "top"}
STAFF = {
    "karen": ("nord", Role.CASEWORKER),
    "mette": ("nord", Role.CASEWORKER),
    "anders": ("nord", Role.CASEWORKER),
    "bodil": ("syd", Role.CASEWORKER),
    "leder": ("nord", Role.TEAM_LEADER),
    "chef": ("vest", Role.TEAM_LEADER),
    "fremmed": ("fjern", Role.TEAM_LEADER),
    "adam": ("top", Role.ADMINISTRATOR),
    "reva": ("fjern", Role.AUDITOR),
    "fie": ("nord", Role.FINANCE),
    "uden": (None, Role.CASEWORKER),
}


class Ground(Protocol):
    def person(self, name: str = ...) -> UUID: ...
    def sag(self, child: UUID, **values: Any) -> UUID: ...


@dataclass
class Town:
    """Units, people, and deadlines laid straight into the table."""

    store: Store
    ground: Ground
    rules: RuleBook = RULES

    def __post_init__(self) -> None:
        self.child = self.ground.person()
        self.sag = self.ground.sag(self.child, responsible="karen", unit="nord", number="27-1")
        with self.store.write(actor="system", now=NOW) as work:
            for key, parent in TREE.items():
                work.connection.execute(
                    sa.insert(units).values(key=key, title=key.title(), parent=parent)
                )
            for key, (unit, role) in STAFF.items():
                work.connection.execute(
                    sa.insert(employees).values(
                        key=key, login=key, name=f"{key.title()} Testgaard", unit=unit,
                        roles=role.value, active=True, seen_at=NOW,
                    )
                )  # fmt: skip

    def frist(self, code: str = "BFU", **values: Any) -> UUID:
        """Lay a deadline that was met a day before it was due, unless something else is said."""
        key = uuid4()
        given = {
            "id": key, "rule": code, "rule_version": date(2024, 1, 1), "sag_id": self.sag,
            "person_id": self.child, "anchor_id": uuid4(), "anchor_at": DUE - 100 * DAY,
            "due": DUE, "ended_at": DUE - DAY, "state": "opfyldt", "profile": "hverdag_duty",
            "responsible": "karen", "unit": "nord", "bundle": f"x:{key}", **values,
        }  # fmt: skip
        with self.store.write(actor="system", now=NOW) as work:
            work.connection.execute(sa.insert(frister).values(given))
        return key

    def late(self, **values: Any) -> UUID:
        return self.frist(**{"ended_at": DUE + DAY, **values})

    def overdue(self, **values: Any) -> UUID:
        return self.frist(**{"state": "aaben", "ended_at": None, **values})

    def asker(self, key: str) -> Asker:
        with self.store.read() as connection:
            found = access.asker(connection, key)
        assert found is not None
        return found

    def sight(self, key: str, unit: str | None = None) -> Sight:
        who = self.asker(key)
        with self.store.read() as connection:
            return overholdelse.sight(connection, who, unit)

    def by_rule(
        self, key: str = "leder", quarter: Quarter = SPRING, unit: str | None = None
    ) -> dict[str, Line]:
        seen = self.sight(key, unit)
        with self.store.read() as connection:
            found = overholdelse.summed_up(connection, self.rules, seen, quarter, NOW)
        return {line.key: line for line in found.rules}

    def sums(
        self, which: str, key: str = "leder", unit: str | None = None
    ) -> dict[str, Tally | None]:
        seen = self.sight(key, unit)
        with self.store.read() as connection:
            lines = (
                overholdelse.by_person(connection, self.rules, seen, SPRING, NOW)
                if which == "person"
                else overholdelse.summed_up(connection, self.rules, seen, SPRING, NOW).units
            )
        return {line.key: line.tally for line in lines}


@pytest.fixture
def town(store: Store, ground: Ground) -> Town:
    return Town(store, ground)
