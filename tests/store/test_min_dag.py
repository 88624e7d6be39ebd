"""One line a child and bundle, the most urgent first, and never more work than is shown."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.frister.urgency import Days, Group
from dubu_plugin.store.database import Store
from dubu_plugin.store.min_dag import day_counts, day_heads, due_heads
from dubu_plugin.store.min_dag import lines as min_dag
from dubu_plugin.store.min_dag.day_counts import Counts
from dubu_plugin.store.min_dag.due_heads import Kind, Scope
from dubu_plugin.store.min_dag.lines import Line
from dubu_plugin.store.tables import conflicts, frister, units

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAYS = Days(NOW, NOW + timedelta(hours=10), NOW + timedelta(days=14))
ME = Asker("karen", frozenset({Role.CASEWORKER}), "nord")
LEADER = Asker("bo", frozenset({Role.TEAM_LEADER}), "top", frozenset({"nord", "syd"}))


class Ground(Protocol):
    def person(self, name: str = ...) -> UUID: ...
    def underretning(self, **values: Any) -> UUID: ...


class Desk:
    """Children whose deadlines run."""

    def __init__(self, store: Store, ground: Ground) -> None:
        self.store = store
        self.ground = ground

    def child(
        self,
        *hours: float | None,
        responsible: str | None = "karen",
        unit: str = "nord",
        rule: str = "UND-24T",
        state: str = "aaben",
        child: UUID | None = None,
        severity: str = "lov",
    ) -> UUID:
        """Open a deadline for each number of hours from now; None is one without a date."""
        child = child or self.ground.person()
        it = self.ground.underretning(child_id=child, responsible=responsible, unit=unit)
        rows = [
            {
                "id": uuid4(),
                "rule": rule if number == 0 else "UND-KVIT",
                "rule_version": date(2024, 1, 1),
                "underretning_id": it,
                "person_id": child,
                "anchor_id": uuid4(),
                "anchor_at": NOW,
                "due": None if due is None else NOW + timedelta(hours=due),
                "warn": None if due is None else NOW + timedelta(hours=due - 24),
                "profile": "hverdag_duty",
                "severity": severity if due is None else "lov",
                "state": state,
                "responsible": responsible,
                "unit": unit,
                "bundle": f"underretning:{child}",
            }
            for number, due in enumerate(hours)
        ]
        with self.store.write(actor="x", now=NOW) as work:
            work.connection.execute(sa.insert(frister), rows)
        return child

    def look(
        self,
        who: Asker = ME,
        scope: Scope = Scope.MINE,
        kind: Kind = Kind.ALL,
        **page: Any,
    ) -> tuple[Counts, Sequence[Line]]:
        with self.store.read() as connection:
            seen = day_heads.seen(connection, who, DAYS, scope)
            found = min_dag.lines(connection, who, seen.heads, scope, kind, **page)
        return day_counts.counts_of(seen.heads, scope, kind, seen.others), found


@pytest.fixture
def desk(store: Store, ground: Ground) -> Desk:
    with store.write(actor="x", now=NOW) as work:
        work.connection.execute(
            sa.insert(units),
            [
                {"key": "top", "title": "Top", "parent": None},
                {"key": "nord", "title": "Nord", "parent": "top"},
                {"key": "syd", "title": "Syd", "parent": "top"},
            ],
        )
    return Desk(store, ground)


def test_a_child_is_one_line_with_its_first_date(desk: Desk) -> None:
    child = desk.child(30, 5, None)
    counts, (line,) = desk.look()
    assert (line.child, line.child_name) == (child, "Alma Testvad")
    assert line.due == NOW + timedelta(hours=5)
    assert line.group is Group.I_DAG
    assert [step.due is None for step in line.steps] == [False, False, True]
    assert counts.shown == 1


def test_two_underretninger_on_one_child_are_one_line(desk: Desk) -> None:
    child = desk.child(30)
    desk.child(5, child=child)
    _, (line,) = desk.look()
    assert line.due == NOW + timedelta(hours=5)
    assert len(line.steps) == 2


def test_the_groups_come_in_order_and_what_has_no_date_is_soon(desk: Desk) -> None:
    for hours in (24 * 20, None, 24 * 3, -1, 5):
        desk.child(hours)
    counts, found = desk.look()
    assert [line.group for line in found] == [
        Group.OVERSKREDET, Group.I_DAG, Group.SNART, Group.SNART, Group.SENERE,
    ]  # fmt: skip
    assert [line.due is None for line in found] == [False, False, False, True, False]
    assert counts.groups == {
        Group.OVERSKREDET: 1, Group.I_DAG: 1, Group.SNART: 2, Group.SENERE: 1,
    }  # fmt: skip
    assert not counts.more


def test_a_duty_about_danger_without_a_date_is_for_today_before_a_date_that_is_soon(
    desk: Desk,
) -> None:
    desk.child(24 * 7, None, severity="akut")
    counts, (line,) = desk.look()
    assert (line.group, line.due) == (Group.I_DAG, None)
    assert line.steps[0].due is None
    assert counts.groups[Group.I_DAG] == 1


def test_what_nobody_in_the_unit_has_taken_is_everybodys(desk: Desk) -> None:
    desk.child(5, responsible=None, unit="nord")
    desk.child(5, responsible=None, unit="syd")
    desk.child(5, responsible="mette", unit="nord")
    counts, found = desk.look()
    assert [line.responsible for line in found] == [None]
    assert counts.scopes == {Scope.MINE: 1, Scope.TEAM: 2}


def test_a_child_shared_with_a_colleague_is_one_line_with_the_first_date_of_both(
    desk: Desk,
) -> None:
    child = desk.child(30, responsible="karen", unit="syd")
    desk.child(5, responsible="mette", unit="nord", child=child)
    counts, (line,) = desk.look()
    assert line.due == NOW + timedelta(hours=5)
    assert counts.scopes == {Scope.MINE: 1, Scope.TEAM: 1}


def test_a_leader_sees_the_units_below(desk: Desk) -> None:
    for unit in ("nord", "syd", "andre"):
        desk.child(5, responsible="mette", unit=unit)
    counts, found = desk.look(LEADER, Scope.TEAM)
    assert len(found) == 2
    assert counts.scopes == {Scope.MINE: 0, Scope.TEAM: 2}


def test_closed_doors_are_not_counted(desk: Desk) -> None:
    mine = desk.child(5)
    desk.child(5)
    with desk.store.write(actor="x", now=NOW) as work:
        work.connection.execute(
            sa.insert(conflicts).values(employee="karen", person_id=mine, relation="familie")
        )
    counts, found = desk.look()
    assert len(found) == counts.shown == 1
    assert found[0].child != mine


def test_what_is_met_is_a_step_and_no_line(desk: Desk) -> None:
    desk.child(5, state="opfyldt")
    counts, found = desk.look()
    assert (counts.shown, list(found)) == (0, [])


def test_the_filters_leave_what_they_say(desk: Desk) -> None:
    desk.child(5)
    desk.child(5, rule="UND-KVIT")
    desk.child(None, rule="UND-ORIENT")
    counts, _ = desk.look()
    assert counts.kinds == {
        Kind.ALL: 3, Kind.LAW: 2, Kind.ASSESS: 1, Kind.NO_DATE: 1, Kind.UNTAKEN: 0,
    }  # fmt: skip
    for kind, number in counts.kinds.items():
        assert len(desk.look(kind=kind)[1]) == number


def test_pages_follow_each_other_without_a_gap(desk: Desk) -> None:
    for hours in range(7):
        desk.child(hours + 1)
    pages = [desk.look(page=page, per_page=3)[1] for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    dues = [line.due for page in pages for line in page]
    assert dues == sorted(dues, key=str)
    assert len(set(dues)) == 7


def test_of_very_many_the_most_urgent_are_looked_at(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_heads, "MOST", 3)
    for hours in (None, 9, 8, 7, 6):
        desk.child(hours)
    counts, found = desk.look()
    assert counts.more
    assert [line.due for line in found] == [NOW + timedelta(hours=hours) for hours in (6, 7, 8)]


def test_who_reads_their_own_day_has_the_numbers_of_who_reads_all_of_the_teams(desk: Desk) -> None:
    """What is the team's alone is counted where it is: nobody's of each unit as one line."""
    for hours in (-30, 5, 24 * 3, 24 * 20, 24 * 400, None):
        for responsible in ("karen", "mette", None):
            for unit in ("nord", "syd"):
                desk.child(hours, responsible=responsible, unit=unit)
    shared = desk.child(48, responsible="karen")
    desk.child(5, responsible="mette", child=shared)
    desk.child(7, None, responsible="mette", unit="top")
    with desk.store.read() as connection:
        for who in (ME, LEADER, Asker("mette", ME.roles, "syd")):
            every = day_heads.heads(connection, who, DAYS)
            seen = day_heads.seen(connection, who, DAYS, Scope.MINE)
            for kind in Kind:
                whole = day_counts.counts_of(every, Scope.MINE, kind)
                short = day_counts.counts_of(seen.heads, Scope.MINE, kind, seen.others)
                assert short == whole
            assert len(seen.heads) < len(every)
            assert seen.others


def test_what_nobody_has_taken_is_one_line_with_the_first_date_and_names_each(desk: Desk) -> None:
    first = desk.child(5, responsible=None)
    rest = [desk.child(24 * days, responsible=None) for days in (3, 8, 40)]
    mine = desk.child(24 * 2)
    counts, found = desk.look()
    one, own = found
    assert (one.group, one.due) == (Group.I_DAG, NOW + timedelta(hours=5))
    assert one.untaken is not None
    assert [line.child for line in one.untaken.first] == [first, *rest]
    assert (one.untaken.underretninger, one.untaken.others, one.untaken.more) == (4, 0, 0)
    assert own.child == mine
    assert (counts.shown, counts.scopes[Scope.MINE], counts.kinds[Kind.UNTAKEN]) == (2, 2, 4)
    assert len(desk.look(kind=Kind.UNTAKEN)[1]) == 4


def test_what_somebody_has_stays_a_line_each(desk: Desk) -> None:
    for _ in range(3):
        desk.child(5, responsible="mette")
    _, found = desk.look(LEADER, Scope.TEAM)
    assert [line.untaken for line in found] == [None, None, None]


def test_a_leader_has_one_line_a_unit(desk: Desk) -> None:
    for unit in ("nord", "nord", "nord", "syd", "syd"):
        desk.child(5, responsible=None, unit=unit)
    _, found = desk.look(LEADER, Scope.TEAM)
    assert {line.untaken.unit: line.untaken.underretninger for line in found if line.untaken} == {
        "nord": 3,
        "syd": 2,
    }


def test_a_fold_that_does_not_name_all_says_how_many_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(min_dag, "FOLD", 2)
    for hours in (5, 6, 7):
        desk.child(hours, responsible=None)
    _, (line,) = desk.look()
    assert line.untaken is not None
    assert (len(line.untaken.first), line.untaken.more) == (2, 1)
    assert len(desk.look(kind=Kind.UNTAKEN)[1]) == 3


def test_what_is_soon_is_in_the_order_of_its_dates_and_what_has_none_is_last(desk: Desk) -> None:
    for days in (9, None, 3, 6):
        desk.child(days and 24 * days)
    with desk.store.write(actor="x", now=NOW) as work:
        # The gravest last: it must not come before an earlier date.
        work.connection.execute(
            sa.update(frister)
            .where(frister.c.due > NOW + timedelta(days=8))
            .values(severity="akut")
        )
    _, found = desk.look()
    assert [line.due and (line.due - NOW).days for line in found] == [3, 6, 9, None]


def test_a_duty_without_a_date_is_what_its_filter_shows(desk: Desk) -> None:
    desk.child(5, None)
    _, (line,) = desk.look(kind=Kind.NO_DATE)
    assert (line.due, line.group, line.steps[0].due) == (None, Group.SNART, None)
    counts, _ = desk.look(kind=Kind.NO_DATE)
    assert counts.groups[Group.SNART] == 1
