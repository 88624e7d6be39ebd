"""Which deadlines count as kept and missed, and in which quarter."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mssql

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.overholdelse import HEARD, Quarter, Tally
from dubu_plugin.store.overholdelse import summary as overholdelse
from dubu_plugin.store.overholdelse import sums as overholdelse_sums
from dubu_plugin.store.tables import frister, personer
from dubu_plugin.testing.rules import book, rule

Town: TypeAlias = Any

NOW = datetime(2026, 5, 20, 10, 0, tzinfo=UTC)
SPRING = Quarter(2026, 2)
DAY = timedelta(days=1)
DUE = datetime(2026, 4, 20, 21, 59, 59, tzinfo=UTC)


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


def test_bl_108_the_time_of_an_ungeplan_runs_from_the_birthday(town: Town) -> None:
    """Opened years before the 16th birthday, it took the month after it."""
    town.rules = book(rule("UNGEPLAN", length="3 months", age=16))
    with town.store.write(actor="system", now=NOW) as work:
        born = sa.update(personer).where(personer.c.id == town.child)
        work.connection.execute(born.values(born=date(2010, 1, 20)))
    for _ in range(10):
        town.frist("UNGEPLAN", anchor_at=DUE - 900 * DAY,
                   ended_at=datetime(2026, 2, 20, 9, tzinfo=UTC))  # fmt: skip
    took = town.by_rule()["UNGEPLAN"].used
    assert took is not None
    assert took.median == Decimal("31.0")


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
