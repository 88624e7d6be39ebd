"""Kept and missed deadlines: what counts, in which quarter, and who is told what of whom."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mssql

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.overholdelse import HEARD, Quarter, Tally
from dubu_plugin.frister.rule import Kind
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import access, overholdelse, overholdelse_rows, overholdelse_sums
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.database import Store
from dubu_plugin.store.overholdelse import Line, Sight
from dubu_plugin.store.tables import conflicts, employees, frister, units
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


# -- what counts -----------------------------------------------------------------------------------


def test_kept_late_and_overdue_are_told_apart(town: Town) -> None:
    town.frist()
    town.frist(ended_at=DUE)
    town.late()
    town.overdue()
    assert town.by_rule()["BFU"].tally == Tally(kept=2, late=1, overdue=1)


def test_what_is_not_due_yet_is_neither_kept_nor_missed(town: Town) -> None:
    town.overdue(due=NOW + DAY)
    assert town.by_rule() == {}


def test_what_was_met_before_it_fell_due_counts_already(town: Town) -> None:
    town.frist(due=NOW + 10 * DAY, ended_at=NOW)
    assert town.by_rule()["BFU"].tally == Tally(kept=1)


def test_a_deadline_that_was_replaced_counts_once_and_a_lapsed_one_not_at_all(town: Town) -> None:
    old = town.frist(state="afloest", ended_at=DUE + 20 * DAY)
    town.frist(replaces=old, due=DUE + 30 * DAY, ended_at=DUE + 20 * DAY)
    town.frist(state="bortfaldet", ended_at=DUE + 5 * DAY)
    assert town.by_rule()["BFU"].tally == Tally(kept=1)


def test_one_that_stands_still_is_not_missed(town: Town) -> None:
    town.overdue(paused_at=DUE - DAY)
    town.late(paused_at=DUE - DAY)
    assert town.by_rule()["BFU"].tally == Tally(kept=1)


def test_only_what_somebody_can_keep_is_counted(town: Town) -> None:
    town.frist("GATE")
    town.frist("ALDER")
    assert town.by_rule() == {}


def test_the_quarter_is_the_one_it_fell_due_in_by_danish_days(town: Town) -> None:
    town.frist(due=datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC), ended_at=NOW)
    second = datetime(2026, 3, 31, 22, 0, tzinfo=UTC)
    town.frist(due=second, ended_at=second)
    assert town.by_rule(quarter=Quarter(2026, 1))["BFU"].tally == Tally(late=1)
    assert town.by_rule()["BFU"].tally == Tally(kept=1)


def test_the_same_quarter_of_the_year_before_stands_beside(town: Town) -> None:
    town.frist()
    town.late(due=DUE - 365 * DAY, ended_at=DUE)
    assert town.by_rule()["BFU"].before == Tally(late=1)


def test_time_used_is_told_in_the_rules_unit(town: Town) -> None:
    for days in (10, 20, 90):
        town.frist(ended_at=DUE - 100 * DAY + days * DAY)
    town.frist("KVIT", anchor_at=datetime(2026, 4, 1, 8, tzinfo=UTC),
               ended_at=datetime(2026, 4, 8, 8, tzinfo=UTC))  # fmt: skip
    took = {code: line.used for code, line in town.by_rule().items()}
    assert took["BFU"] is not None
    assert (took["BFU"].median, took["BFU"].p95) == (Decimal("20.0"), Decimal("90.0"))
    assert took["KVIT"] is not None
    assert took["KVIT"].median == Decimal("2.0")


def test_a_duty_met_in_time_and_ticked_off_late_is_kept(town: Town) -> None:
    """The whole way: recorded three weeks after it happened, the day it happened counts."""
    town.store.rules = town.rules
    start = datetime(2026, 1, 2, 9, tzinfo=UTC)
    for what, at, now in (
        (H.INDSATS_IVAERKSAT, start, start),
        (H.OPFOELGNING_AFHOLDT, start + 60 * DAY, NOW),
    ):
        with town.store.write(actor="karen", now=now) as work:
            work.happened(what, occurred_at=at, sag=town.sag, person=town.child, data={})
    assert town.by_rule()["BFU"].tally == Tally(kept=1)


# -- the child heard before the decision -----------------------------------------------------------


def decided(town: Town, at: datetime) -> None:
    with town.store.write(actor="karen", now=at) as work:
        work.happened(
            H.AFGOERELSE_TRUFFET, occurred_at=at, sag=town.sag, person=town.child, data={}
        )


@pytest.mark.parametrize(
    ("heard", "tally"),
    [(DUE - DAY, Tally(kept=1)), (DUE + DAY, Tally(late=1)), (None, Tally(overdue=1))],
)
def test_the_child_must_be_heard_before_the_decision(
    town: Town, heard: datetime | None, tally: Tally
) -> None:
    state = "opfyldt" if heard else "aaben"
    town.frist(HEARD, due=None, kind="foer", state=state, ended_at=heard, anchor_at=DUE - 9 * DAY)
    decided(town, DUE)
    assert town.by_rule()[HEARD].tally == tally
    assert town.by_rule(quarter=Quarter(2026, 1)) == {}


def test_before_there_is_a_decision_there_is_nothing_to_count(town: Town) -> None:
    town.frist(HEARD, due=None, kind="foer", anchor_at=DUE)
    assert town.by_rule() == {}


# -- who sees what ---------------------------------------------------------------------------------


def fill(town: Town) -> None:
    """Give Nord 6 deadlines of three caseworkers, Syd 2 of one."""
    for who in ("karen", "mette", "anders"):
        town.frist(responsible=who)
        town.late(responsible=who)
    town.frist(responsible="bodil", unit="syd")
    town.overdue(responsible="bodil", unit="syd")


@pytest.mark.parametrize(
    ("who", "persons"),
    [
        ("karen", {"karen"}),
        ("leder", {"karen", "mette", "anders"}),
        ("chef", {"karen", "mette", "anders", "bodil"}),
        ("fremmed", set()),
        ("adam", set()),
        ("reva", set()),
    ],
)
def test_only_who_leads_a_unit_sees_its_persons(town: Town, who: str, persons: set[str]) -> None:
    fill(town)
    assert set(town.sums("person", who)) == persons


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("karen", {"nord": Tally(3, 3)}),
        ("leder", {"nord": Tally(3, 3)}),
        ("chef", {"nord": Tally(3, 3), "syd": Tally(1, 0, 1)}),
        ("bodil", {"syd": None}),
        ("fremmed", {}),
        # Nord's sum would give Syd's away, so neither is told.
        ("adam", {"nord": None, "syd": None}),
        ("reva", {"nord": None, "syd": None}),
    ],
)
def test_the_units_whose_sums_each_role_sees(
    town: Town, who: str, seen: dict[str, Tally | None]
) -> None:
    fill(town)
    assert town.sums("unit", who) == seen


def test_a_unit_large_enough_is_told_to_who_sees_units_alone(town: Town) -> None:
    fill(town)
    for who in ("bodil", "bent", "birte"):
        town.frist(responsible=who, unit="syd")
    assert town.sums("unit", "adam") == {"nord": Tally(3, 3), "syd": Tally(4, 0, 1)}
    assert town.sums("unit", "reva") == town.sums("unit", "adam")


def test_small_numbers_of_a_rule_are_kept_from_colleagues_and_shown_to_the_leader(
    town: Town,
) -> None:
    fill(town)
    for _ in range(4):
        town.frist("KVIT", responsible="mette")
    mine = town.by_rule("karen")
    assert mine["KVIT"].tally is None
    assert mine["KVIT"].used is None
    assert mine["BFU"].tally is None, "with the unit's sum it would give the other away"
    assert town.by_rule("leder")["KVIT"].tally == Tally(kept=4)


def test_what_two_did_is_not_told_to_either(town: Town) -> None:
    for _ in range(5):
        town.frist(responsible="karen")
        town.frist(responsible="mette")
    assert town.by_rule("karen")["BFU"].tally is None
    town.frist(responsible="anders")
    assert town.by_rule("karen")["BFU"].tally == Tally(kept=11)


def test_the_sum_holds_nothing_that_is_not_shown() -> None:
    lines = [Line("a", Tally(5, 1)), Line("b", None), Line("c", Tally(2, 0, 3))]
    assert overholdelse.whole(lines) == Tally(7, 1, 3)


def test_ones_own_deadlines_in_another_unit_are_ones_own(town: Town) -> None:
    town.frist(responsible="karen", unit="syd")
    town.late(responsible="karen", unit=None)
    assert town.sums("person", "karen") == {"karen": Tally(1, 1)}


def test_somebody_without_a_unit_sees_their_own_alone(town: Town) -> None:
    fill(town)
    town.late(responsible="uden")
    assert town.sums("person", "uden") == {"uden": Tally(late=1)}
    assert town.sums("unit", "uden") == {}
    assert town.by_rule("uden") == {}


@pytest.mark.parametrize(
    ("who", "unit"),
    [("fie", None), ("fie", "nord"), ("karen", "syd"), ("leder", "vest"), ("leder", "syd"),
     ("fremmed", "nord"), ("chef", "findes-ikke"), ("adam", "findes-ikke")],
)  # fmt: skip
def test_a_unit_that_is_not_yours_looks_like_none(town: Town, who: str, unit: str | None) -> None:
    with pytest.raises(NotYours):
        town.sight(who, unit)


@pytest.mark.parametrize(
    ("who", "unit", "why"),
    [
        ("karen", None, "sagsbehandler:samme_enhed"),
        ("leder", None, "teamleder:samme_enhed"),
        ("chef", "nord", "teamleder:enhed_under"),
        ("adam", "nord", "administrator:ingen"),
        ("reva", None, "revisor:samme_enhed"),
        ("uden", None, "sagsbehandler:ansvarlig"),
    ],
)
def test_the_ground_is_told_for_the_log(town: Town, who: str, unit: str | None, why: str) -> None:
    assert town.sight(who, unit).decision.why == why


def test_a_unit_is_asked_for_with_those_below_it(town: Town) -> None:
    assert town.sight("chef", "vest").units == {"vest", "nord", "syd"}
    assert town.sight("adam", "top").units == set(TREE)


def test_what_is_in_no_unit_is_in_the_whole_municipalitys_sum(town: Town) -> None:
    for who in ("karen", "mette", "anders", "bodil", "bent"):
        town.frist(responsible=who, unit=None)
    assert town.by_rule("reva")["BFU"].tally == Tally(kept=5)
    assert town.by_rule("chef") == {}


# -- quarter by quarter ----------------------------------------------------------------------------


def test_a_rule_quarter_by_quarter(town: Town) -> None:
    town.frist()
    town.late(due=datetime(2025, 11, 1, tzinfo=UTC), ended_at=DUE)
    quarters = [SPRING.later(n) for n in range(-2, 1)]
    seen = town.sight("leder")
    with town.store.read() as connection:
        lines = overholdelse.trend(connection, town.rules, seen, "BFU", quarters, NOW)
    assert [(line.key, line.tally) for line in lines] == [
        ("2025Q4", Tally(late=1)),
        ("2026Q1", Tally()),
        ("2026Q2", Tally(kept=1)),
    ]


# -- one by one ------------------------------------------------------------------------------------


def behind(town: Town, who: str) -> list[overholdelse_rows.Behind]:
    seen = town.sight(who)
    with town.store.read() as connection:
        return list(overholdelse_rows.behind(connection, town.rules, seen, NOW, 10))


def test_a_leader_sees_what_is_overdue_the_oldest_first(town: Town) -> None:
    town.overdue(due=DUE + DAY, responsible="mette")
    town.overdue(exceeded_reason="Barnet var bortrejst")
    town.late()
    found = behind(town, "leder")
    assert [(one.responsible, one.reason) for one in found] == [
        ("Karen Testgaard", "Barnet var bortrejst"),
        ("Mette Testgaard", None),
    ]
    assert {one.sag for one in found} == {town.sag}


@pytest.mark.parametrize("who", ["karen", "adam", "reva", "fremmed"])
def test_nobody_else_sees_them_one_by_one(town: Town, who: str) -> None:
    town.overdue()
    assert behind(town, who) == []
    assert exported(town, who) == []


def exported(town: Town, who: str) -> list[overholdelse_rows.Kept]:
    seen = town.sight(who)
    with town.store.read() as connection:
        return list(overholdelse_rows.rows(connection, town.rules, seen, SPRING, NOW))


def test_a_leader_does_not_see_a_case_they_are_related_to(town: Town) -> None:
    town.overdue()
    with town.store.write(actor="system", now=NOW) as work:
        work.connection.execute(
            sa.insert(conflicts).values(employee="leder", person_id=town.child, relation="familie")
        )
    assert behind(town, "leder") == []
    assert exported(town, "leder") == []


def test_an_export_names_the_case_and_the_reason_and_no_child(town: Town) -> None:
    town.late(exceeded_reason="Udtalelse kom sent")
    town.overdue(due=NOW + DAY)
    (row,) = exported(town, "leder")
    assert (row.number, row.responsible, row.reason) == (
        "27-1",
        "Karen Testgaard",
        "Udtalelse kom sent",
    )
    assert not hasattr(row, "child_name")


def test_what_was_not_kept_of_a_rule_stands_with_its_reason(town: Town) -> None:
    town.frist()
    town.late(exceeded_reason="Udtalelse kom sent")
    town.late(due=DUE - 100 * DAY)
    seen = town.sight("leder")
    with town.store.read() as connection:
        found = overholdelse_rows.missed(connection, seen, SPRING, "BFU", NOW, 10)
    assert [one.reason for one in found] == ["Udtalelse kom sent"]


# -- any database ----------------------------------------------------------------------------------


def test_it_is_written_for_sql_server() -> None:
    quarters = [SPRING.later(-1), SPRING]
    for inner in (
        overholdelse_sums._dated(["BFU"], frister.c.unit == "nord", quarters, NOW),
        overholdelse_sums._heard(frister.c.unit == "nord", quarters),
    ):
        asked = overholdelse_sums._grouped(inner.subquery(), ("number",), True)
        written = str(asked.compile(dialect=mssql.dialect()))  # type: ignore[no-untyped-call]
        assert "GROUP BY anon_1.number" in written
        assert "count(*)" in written


def test_a_sum_is_read_off_its_index(town: Town) -> None:
    if town.store.engine.dialect.name != "sqlite":
        return
    asked = overholdelse_sums._grouped(
        overholdelse_sums._dated(
            ["BFU", "KVIT"], frister.c.unit.in_(["nord", "syd"]), [SPRING], NOW
        ).subquery(),
        ("rule", "unit"),
        True,
    )
    with town.store.read() as connection:
        plan = " ".join(str(row) for row in connection.execute(_explained(asked, connection)))
    assert "COVERING INDEX ix_frister_overholdelse (rule=? AND unit=? AND due>? AND due<?)" in plan


def _explained(asked: sa.Select[Any], connection: sa.Connection) -> sa.TextClause:
    text = asked.compile(connection, compile_kwargs={"literal_binds": True})
    return sa.text("EXPLAIN QUERY PLAN " + str(text).replace(":", r"\:"))
