"""Which indsatser serve a goal is said on the plan: the chain from need to opfølgning is whole."""

from datetime import date
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.plan.served import served_by
from dubu_plugin.store.tables import indsats_maal, indsatser
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.usecases.plan.keep_plan import Kept, keep

from .board import Board


def helped(board: Board, state: str = "i_gang", sag: UUID | None = None) -> UUID:
    number = uuid4()
    board.town.insert(
        indsatser, id=number, sag_id=sag or board.sag, person_id=board.child, state=state,
        code="familiebehandling", law="BL § 32", decision_law="BL § 32", unit="timer",
        starts_on=date(2026, 2, 1), made_at=board.town.now, made_by=KAREN, version=1,
    )  # fmt: skip
    return number


def serving(board: Board, goal: UUID) -> list[UUID]:
    with board.town.product.store.read() as connection:
        return [one.id for one in served_by(connection, [goal])[goal]]


def test_what_serves_a_goal_is_ticked_on_the_plan_and_stands_on_its_paper(board: Board) -> None:
    plan = board.whole(board.planned())
    first, second = board.goals(plan)
    one, other = helped(board), helped(board, "planlagt")
    serves = {first.id: {one: True, other: True}, second.id: {one: False}}
    keep(board.sag, plan.id, Kept({}, {}, serves=serves), **board.act())
    assert set(serving(board, first.id)) == {one, other}
    assert serving(board, second.id) == []
    board.sent(plan)
    rows = dict(board.letters())["barnets_plan"]["plan.maal"]
    assert [row["indsats"].startswith("Familiebehandling") for row in rows] == [True, False]


def test_what_is_not_ticked_any_more_serves_it_no_more_and_what_was_not_shown_does(
    board: Board,
) -> None:
    plan = board.planned()
    first, second = board.goals(plan)
    one, new = helped(board), helped(board)
    ticked = {goal.id: {one: True, new: True} for goal in (first, second)}
    keep(board.sag, plan.id, Kept({}, {}, serves=ticked), **board.act())
    keep(board.sag, plan.id, Kept({}, {}, serves={first.id: {one: False}}), **board.act())
    assert serving(board, first.id) == [new], "it began after the page was opened"
    assert set(serving(board, second.id)) == {one, new}


@pytest.mark.parametrize("state", [IndsatsState.OPHOERT, IndsatsState.OPGIVET])
def test_what_has_ended_is_not_chosen_and_keeps_the_goals_it_served(
    board: Board, state: str
) -> None:
    plan = board.planned()
    goal, _ = board.goals(plan)
    one = helped(board)
    keep(board.sag, plan.id, Kept({}, {}, serves={goal.id: {one: True}}), **board.act())
    with board.town.product.store.write(actor=KAREN, now=board.town.now) as work:
        work.connection.execute(sa.update(indsatser).values(state=state))
    for serves in ({one: False}, {one: True}):
        with pytest.raises(NotYours):
            keep(board.sag, plan.id, Kept({}, {}, serves={goal.id: serves}), **board.act())
    with board.town.product.store.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(indsats_maal)) == 1


def test_an_indsats_of_another_case_serves_no_goal_here(board: Board) -> None:
    plan = board.planned()
    goal, _ = board.goals(plan)
    theirs = helped(board, sag=board.town.sag(board.town.person("Viggo Prøvesen")))
    wrong: list[dict[UUID, dict[UUID, bool]]] = [
        {goal.id: {theirs: True}}, {goal.id: {uuid4(): True}}, {uuid4(): {}}
    ]  # fmt: skip
    for serves in wrong:
        with pytest.raises(NotYours):
            keep(board.sag, plan.id, Kept({}, {}, serves=serves), **board.act())
    assert serving(board, goal.id) == []
