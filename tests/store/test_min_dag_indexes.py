"""Min dag reads what is open and shown, off the indexes of just that, however much is stored.

On SQLite, whose plans do not follow the statistics of the moment.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.urgency import Days
from dubu_plugin.store.aktivitet import plan_lines
from dubu_plugin.store.database import Store
from dubu_plugin.store.min_dag import day_heads, due_heads, due_near, erindringer
from dubu_plugin.store.min_dag import lines as min_dag
from dubu_plugin.store.min_dag.due_heads import Kind, Scope
from dubu_plugin.store.underretning import indgang
from dubu_plugin.testing.databases import fresh_sqlite

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAYS = Days(NOW, NOW + timedelta(hours=10), NOW + timedelta(days=14))
ME = Asker("karen", frozenset({Role.CASEWORKER}), "nord")
LEADER = Asker("bo", frozenset({Role.TEAM_LEADER}), "top", frozenset({"nord", "syd"}))
BOTH = pytest.mark.parametrize("who", [ME, LEADER], ids=["caseworker", "leader"])

Asking = Callable[[sa.Connection], Any]

MINE = "ix_frister_responsible_bundle_due_kind"
TEAM = "ix_frister_enhed"
NO_TABLE = re.compile(r"SCAN (CONSTANT ROW|\(subquery|found$)")
"""What is read is a row that was just made or found, and no table."""
KEY = re.compile(r"sqlite_autoindex_\w+|INTEGER PRIMARY KEY")


class Plans:
    """A database, and how it means to answer what is asked of it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.asked: list[tuple[str, Any]] = []

    def of(self, asking: Asking) -> list[str]:
        """Return every step of reading a table."""
        sa.event.listen(self.store.engine, "before_cursor_execute", self._note)
        with self.store.read() as connection:
            asking(connection)
        sa.event.remove(self.store.engine, "before_cursor_execute", self._note)
        with self.store.engine.connect() as connection:
            return [
                str(row[3])
                for statement, parameters in self.asked
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                if str(row[3]).startswith(("SEARCH", "SCAN")) and not NO_TABLE.match(str(row[3]))
            ]

    def _note(self, connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            self.asked.append((statement, parameters))


@pytest.fixture
def plans(tmp_path: Path, rules: RuleBook) -> Plans:
    return Plans(Store.connect(fresh_sqlite(tmp_path), rules))


def on(table: str, steps: list[str]) -> set[str]:
    """Return the indexes a table is read off; what is read whole says so."""
    found = [step for step in steps if re.match(rf"\w+ {table}(_\d+)?( |$)", step)]
    return {
        match[1] if (match := re.search(r"INDEX (\w+)", step)) else step
        for step in found
        if not KEY.search(step)
    }


@BOTH
def test_deadlines_are_found_off_the_indexes_of_open_ones(plans: Plans, who: Asker) -> None:
    steps = plans.of(lambda connection: due_heads.heads(connection, who, DAYS))
    assert on("frister", steps) == {MINE, TEAM}
    assert [step for step in steps if step.startswith("SCAN")] == []


@BOTH
def test_plans_are_found_off_the_indexes_of_running_ones(plans: Plans, who: Asker) -> None:
    steps = plans.of(lambda connection: plan_lines.plan_lines(connection, who))
    assert on("aktivitetsplaner", steps) == {
        "ix_aktivitetsplaner_responsible_due",
        "ix_aktivitetsplaner_unit_due",
    }
    assert [step for step in steps if step.startswith("SCAN")] == []


@BOTH
def test_of_millions_of_steps_only_the_next_of_each_plan_is_read_by_its_key(
    plans: Plans, who: Asker
) -> None:
    steps = plans.of(lambda connection: plan_lines.plan_lines(connection, who))
    assert any(KEY.search(step) for step in steps if step.startswith("SEARCH aktiviteter "))
    assert on("aktiviteter", steps) == set()


@BOTH
def test_a_running_plan_is_read_once_and_not_found_and_then_fetched(
    plans: Plans, who: Asker
) -> None:
    steps = plans.of(lambda connection: plan_lines.plan_lines(connection, who))
    assert [step for step in steps if KEY.search(step) and " aktivitetsplaner" in step] == []


def test_a_teams_other_lines_are_counted_off_the_index_and_each_case_asked_about_once(
    plans: Plans,
) -> None:
    def count(connection: sa.Connection) -> None:
        due_near.near(connection, ME, DAYS, away=(), bundles=())

    plans.of(count)
    (whole,) = [statement for statement, _ in plans.asked if "nearby" in statement]
    lines, counted = whole.split("UNION ALL SELECT CASE")
    assert "LEFT OUTER JOIN sager" in lines
    assert "JOIN" not in re.sub(r"FROM sagsdeltagere JOIN|FROM haendelser AS \w+ JOIN", "", counted)


def test_what_somebody_has_that_was_closed_long_ago_is_not_looked_at(plans: Plans) -> None:
    steps = plans.of(lambda connection: indgang.newest(connection, ME, now=NOW))
    assert on("underretninger", steps) == {
        "ix_underretninger_unit_state",
        "ix_underretninger_responsible_state",
        "ix_underretninger_sag_id_state",
    }
    assert on("sagsdeltagere", steps) == {"ix_sagsdeltagere_employee_active_sag_id"}


def test_what_is_open_is_found_once_for_the_queue_and_its_numbers(plans: Plans) -> None:
    steps = plans.of(lambda connection: indgang.newest(connection, ME, now=NOW))
    by_unit = [step for step in steps if "ix_underretninger_unit_state" in step]
    assert len(by_unit) == 1


def test_the_deadline_of_a_plans_step_is_found_by_its_case_and_not_by_its_rule(
    plans: Plans,
) -> None:
    steps = plans.of(lambda connection: plan_lines.lines_of_case(connection, UUID(int=1)))
    assert on("frister", steps) == {"ix_frister_underretning_id", "ix_frister_sag_id"}


@BOTH
def test_reminders_are_found_off_the_indexes_of_open_ones(plans: Plans, who: Asker) -> None:
    steps = plans.of(lambda connection: erindringer.own_lines(connection, who))
    assert on("erindringer", steps) == {"ix_erindringer_employee_day", "ix_erindringer_unit_day"}
    assert [step for step in steps if step.startswith("SCAN")] == []


@BOTH
def test_an_empty_day_is_four_questions(plans: Plans, who: Asker) -> None:
    def look(connection: sa.Connection) -> None:
        heads = day_heads.heads(connection, who, DAYS)
        min_dag.lines(connection, who, heads, Scope.MINE, Kind.ALL)

    plans.of(look)
    assert len(plans.asked) == 4  # who is away, the deadlines, the plans, the reminders
