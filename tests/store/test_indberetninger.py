"""The municipality's own reports are lines of who leads or administers the unit that has them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Subject
from dubu_plugin.frister.urgency import Days
from dubu_plugin.store.database import Store
from dubu_plugin.store.min_dag import day_heads, due_heads
from dubu_plugin.store.min_dag import lines as min_dag
from dubu_plugin.store.min_dag.due_heads import Kind, Scope
from dubu_plugin.store.min_dag.lines import Line
from dubu_plugin.store.overholdelse import missed
from dubu_plugin.store.tables import frister
from dubu_plugin.testing.rules import book, rule

NOW = datetime(2026, 8, 10, 8, 0, tzinfo=UTC)
DAYS = Days(NOW, NOW + timedelta(hours=10), NOW + timedelta(days=14))
REPORT = rule(
    "ANM-ANB",
    subject=Subject.KOMMUNE,
    opens_on=("kvartal_sluttet",),
    met_by=("anbringelser_indberettet",),
    recurs=True,
    length="1 months",
)

LEADER = Asker("lone", frozenset({Role.TEAM_LEADER}), "modtagelse")
ABOVE = Asker("bo", frozenset({Role.TEAM_LEADER}), "top", frozenset({"modtagelse", "nord"}))
BESIDE = Asker("per", frozenset({Role.TEAM_LEADER}), "nord")
CLERK = Asker("karen", frozenset({Role.CASEWORKER}), "modtagelse")
ADMINISTRATOR = Asker("adam", frozenset({Role.ADMINISTRATOR}), "modtagelse")


@pytest.fixture
def quarters(store: Store) -> Store:
    """Three quarters have ended, and the first is reported."""
    store.rules = book(REPORT)
    with store.write(actor="system", now=NOW) as work:
        for month in (1, 4, 7):
            at = datetime(2026, month, 1, tzinfo=UTC)
            work.happened(H.KVARTAL_SLUTTET, occurred_at=at, unit="modtagelse")
        work.happened(H.ANBRINGELSER_INDBERETTET, unit="modtagelse")
    return store


def seen(store: Store, who: Asker, scope: Scope = Scope.TEAM) -> Sequence[Line]:
    with store.read() as connection:
        heads = day_heads.heads(connection, who, DAYS)
        return min_dag.lines(connection, who, heads, scope, Kind.ALL)


@pytest.mark.parametrize("who", [LEADER, ABOVE, ADMINISTRATOR])
def test_reports_are_one_line_of_whoever_leads_or_administers_the_unit(
    quarters: Store, who: Asker
) -> None:
    (line,) = seen(quarters, who)
    assert line.kommune
    assert [(step.rule, step.state) for step in line.steps] == [("ANM-ANB", "aaben")] * 2


def test_what_nobody_has_taken_is_the_leaders_own_in_the_unit(quarters: Store) -> None:
    assert len(seen(quarters, LEADER, Scope.MINE)) == 1


@pytest.mark.parametrize("who", [CLERK, BESIDE])
def test_reports_are_not_shown_to_colleagues_nor_to_other_units(
    quarters: Store, who: Asker
) -> None:
    assert [*seen(quarters, who), *seen(quarters, who, Scope.MINE)] == []


def test_a_report_that_was_missed_is_not_on_the_list_of_cases_without_a_reason(
    quarters: Store,
) -> None:
    with quarters.write(actor="system", now=NOW) as work:
        work.connection.execute(sa.update(frister).values(exceeded_at=frister.c.due))
        assert missed.unexplained(work.connection, LEADER) == ([], 0)
        assert due_heads.heads(work.connection, LEADER, DAYS) != []
