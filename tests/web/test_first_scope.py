"""Min dag begins with what concerns the one who opens it."""

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.store.min_dag.due_heads import Scope
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.web.min_dag.page import first_scope

from .conftest import Asking


def test_a_leader_and_an_auditor_begin_with_what_others_have_to_do() -> None:
    for role in (Role.TEAM_LEADER, Role.AUDITOR):
        assert first_scope(Asker("k", frozenset({role, Role.CASEWORKER}))) is Scope.TEAM
    assert first_scope(Asker("k", frozenset({Role.CASEWORKER}))) is Scope.MINE


def test_the_leaders_day_is_the_teams(looking: Asking) -> None:
    first = looking(HENRIK).get("/dubu/min-dag").text
    assert "Intet venter på dig her" not in first
    assert first.count("?vis=team") > 0
    team = looking(HENRIK).get("/dubu/min-dag?vis=team").text
    mine = looking(HENRIK).get("/dubu/min-dag?vis=mine").text
    assert summary(first) == summary(team) != summary(mine)
    karen = looking(KAREN)
    assert summary(karen.get("/dubu/min-dag").text) == summary(
        karen.get("/dubu/min-dag?vis=mine").text
    )


def summary(html: str) -> str:
    """Return the sentence under the day."""
    return html.split("</h1>", 1)[1][:400]
