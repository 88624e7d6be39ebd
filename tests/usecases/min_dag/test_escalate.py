"""What the law wanted and nobody did is sent on to the leader: after some days, and once."""

from datetime import timedelta
from typing import Any, Protocol

import pytest

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.min_dag.due_heads import Scope
from dubu_plugin.store.tables import employees
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.usecases.frist.tell_time import tell_time
from dubu_plugin.usecases.min_dag.absence import set_absence
from dubu_plugin.usecases.min_dag.escalate import escalate, tick_off


class Desk(Protocol):
    town: Any
    now: Any
    today: Any

    def wait(self, **length: float) -> None: ...
    def act(self, who: str = ...) -> dict[str, Any]: ...
    def heads(self, who: str = ..., scope: Scope = ...) -> list[Any]: ...
    def rows(self, bundle: str) -> list[Any]: ...
    def underretning(self, name: str = ..., **more: Any) -> str: ...
    def told(self, what: Haendelse) -> int: ...


def pass_by(desk: Desk, **length: float) -> int:
    """Let time pass, and do what is done each minute."""
    desk.wait(**length)
    tell_time(desk.town.product, desk.now)
    return escalate(desk.town.product, desk.now)


def sent_on(desk: Desk, who: str = HENRIK) -> list[str]:
    return [head.bundle for head in desk.heads(who) if head.sent_on]


def test_it_is_sent_on_after_two_working_days_and_not_before(desk: Desk) -> None:
    bundle = desk.underretning()  # due on Tuesday
    assert pass_by(desk, days=2) == 0
    assert pass_by(desk, days=1) == 0
    assert pass_by(desk, days=1) == 1
    assert sent_on(desk) == [bundle]


def test_it_is_sent_on_once(desk: Desk) -> None:
    bundle = desk.underretning()
    assert pass_by(desk, days=4) == 1
    assert tick_off(bundle, **desk.act(HENRIK)) == 1
    assert pass_by(desk, minutes=1) == 0
    assert sent_on(desk) == []
    assert desk.told(Haendelse.FRIST_ESKALERET) == 1


def test_what_is_done_is_no_longer_there(desk: Desk) -> None:
    bundle = desk.underretning()
    pass_by(desk, days=4)
    row = desk.rows(bundle)[0]
    desk.town.assess(row.underretning_id, at=desk.now, child=row.person_id, sag=row.sag_id)
    assert sent_on(desk) == []


def test_where_the_leader_is_away_it_goes_to_the_delegate(desk: Desk) -> None:
    """There is no other leader here, and the leader's substitute is one of the team above."""
    bundle = desk.underretning()
    act = desk.act(HENRIK)
    set_absence(HENRIK, desk.today, desk.today + timedelta(days=30), None, **act)
    assert pass_by(desk, days=4) == 0, "nobody is there to hear of it"
    desk.wait(days=30)
    assert pass_by(desk, minutes=1) == 2
    assert sent_on(desk) == [bundle]


def test_what_nobody_leads_holds_nothing_else_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dubu_plugin.usecases.min_dag.escalate.AT_ONCE", 1)
    for name, unit in (("Viggo Prøvesen", "oekonomi"), ("Alma Testvad", "modtagelse")):
        desk.underretning(name, unit=unit)
    assert pass_by(desk, days=4) == 1


def test_the_one_who_has_it_is_not_told_again(desk: Desk) -> None:
    desk.underretning()
    before = len(desk.heads(KAREN))
    pass_by(desk, days=4)
    assert len(desk.heads(KAREN)) == before
    assert sent_on(desk, KAREN) == []


def leader(desk: Desk, key: str, unit: str = "modtagelse") -> str:
    desk.town.insert(
        employees, key=key, login=key, name="Ulla Testkilde", unit=unit,
        roles="teamleder", active=True, seen_at=desk.now,
    )  # fmt: skip
    return key


def leaves(desk: Desk, who: str) -> None:
    now_is(desk, who, active=False)


def now_is(desk: Desk, who: str, **values: Any) -> None:
    """Change somebody in the staff register."""
    with desk.town.product.store.add() as connection:
        connection.execute(employees.update().where(employees.c.key == who).values(**values))


def test_what_was_sent_on_to_a_leader_who_has_left_is_the_next_leaders(desk: Desk) -> None:
    ulla = leader(desk, "ulla")
    bundle = desk.underretning()
    assert pass_by(desk, days=4) == 1
    assert (sent_on(desk, ulla), sent_on(desk)) == ([bundle], [])
    leaves(desk, ulla)
    assert pass_by(desk, minutes=1) == 1
    assert sent_on(desk) == [bundle]
    assert pass_by(desk, minutes=1) == 0, "once"
    assert tick_off(bundle, **desk.act(HENRIK)) == 1
    leaves(desk, HENRIK)
    vera = leader(desk, "vera")
    assert pass_by(desk, minutes=1) == 0, "what a leader has ticked off never comes again"
    assert sent_on(desk, vera) == []


def test_a_stand_in_who_has_left_is_passed_over(desk: Desk) -> None:
    ulla = leader(desk, "ulla")
    set_absence(ulla, desk.today, desk.today + timedelta(days=30), KAREN, **desk.act(ulla))
    leaves(desk, KAREN)
    bundle = desk.underretning()
    assert pass_by(desk, days=4) == 1
    assert sent_on(desk) == [bundle]


def test_what_was_sent_on_goes_to_who_stands_in_while_the_leader_is_away(desk: Desk) -> None:
    """Without a substitute it is the leader above, and it is ticked off for both."""
    ulla = leader(desk, "ulla")
    bundle = desk.underretning()
    assert pass_by(desk, days=4) == 1
    assert (sent_on(desk, ulla), sent_on(desk)) == ([bundle], [])
    set_absence(ulla, desk.today, desk.today + timedelta(days=3), None, **desk.act(ulla))
    assert sent_on(desk) == [bundle]
    assert [head.bundle for head in desk.heads(HENRIK, Scope.TEAM) if head.mine] == [bundle]
    assert tick_off(bundle, **desk.act(HENRIK)) == 1
    assert (sent_on(desk, ulla), sent_on(desk)) == ([], [])


@pytest.mark.parametrize("now", [{"roles": "sagsbehandler"}, {"unit": "nord"}, {"unit": None}])
def test_what_was_sent_on_to_who_leads_the_unit_no_more_is_the_next_leaders(
    desk: Desk, now: dict[str, Any]
) -> None:
    ulla = leader(desk, "ulla")
    bundle = desk.underretning()
    assert pass_by(desk, days=4) == 1
    now_is(desk, ulla, **now)
    assert pass_by(desk, minutes=1) == 1
    assert (sent_on(desk, ulla), sent_on(desk)) == ([], [bundle])
    assert pass_by(desk, minutes=1) == 0, "once"


def test_who_stands_in_has_it_while_the_leader_is_away_and_the_leader_then(desk: Desk) -> None:
    ulla = leader(desk, "ulla")
    away = desk.today + timedelta(days=6)
    set_absence(ulla, desk.today, away, KAREN, **desk.act(ulla))
    bundle = desk.underretning(responsible=None)
    assert pass_by(desk, days=4) == 1
    assert (sent_on(desk, KAREN), sent_on(desk)) == ([bundle], [])
    assert pass_by(desk, minutes=1) == 0, "it stays while they stand in"
    assert pass_by(desk, days=4) == 1
    assert (sent_on(desk, KAREN), sent_on(desk, ulla)) == ([], [bundle])
    assert pass_by(desk, minutes=1) == 0
