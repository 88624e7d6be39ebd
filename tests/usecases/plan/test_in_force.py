"""From sixteen an ungeplan is in place of barnets plan: one of the two, however it is come to."""

from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.skrift import skrifter as skrifter_of
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.tables import personer, skrifter
from dubu_plugin.usecases.plan.begin_plan import Wanted
from dubu_plugin.usecases.plan.in_force import HasUngeplan
from dubu_plugin.usecases.skrift.present import begin_version

from .board import PLAN, Board

UNGEPLAN = SkriftKind.UNGEPLAN


def aged(board: Board, years: int) -> None:
    today = danish_day(board.town.now)
    _set(board, personer, board.child, born=date(today.year - years, today.month, today.day))


def state(board: Board, plan: Skrift, state: SkriftState) -> None:
    _set(board, skrifter, plan.id, state=state)


def _set(board: Board, table: sa.Table, key: object, **values: object) -> None:
    with board.town.product.store.write(actor="karen", now=board.town.now) as work:
        work.connection.execute(sa.update(table).where(table.c.id == key).values(**values))


def goal(board: Board) -> Wanted:
    return Wanted(board.school, "Til tiden")


@pytest.mark.parametrize("there", [SkriftState.UDKAST, SkriftState.GODKENDT])
def test_paragraf_108_at_sixteen_no_barnets_plan_is_begun_beside_an_ungeplan(
    board: Board, there: SkriftState
) -> None:
    young = board.planned(goal(board), kind=UNGEPLAN)
    state(board, young, there)
    aged(board, 16)
    with pytest.raises(HasUngeplan):
        board.planned(goal(board))
    aged(board, 15)
    assert board.planned(goal(board)).kind is PLAN


@pytest.mark.parametrize("there", [SkriftState.UDKAST, SkriftState.GODKENDT])
def test_paragraf_108_at_sixteen_no_new_version_of_it_is_begun_either(
    board: Board, there: SkriftState
) -> None:
    plan = board.whole(board.planned(goal(board)))
    board.sent(plan)
    young = board.planned(kind=UNGEPLAN)
    state(board, young, there)
    aged(board, 16)
    with pytest.raises(HasUngeplan):
        begin_version(board.sag, plan.id, **board.act())
    aged(board, 15)
    assert begin_version(board.sag, plan.id, **board.act()) == 2


def test_paragraf_108_at_sixteen_a_draft_left_of_it_does_not_stand_after_the_ungeplan(
    board: Board,
) -> None:
    plan = board.whole(board.planned(goal(board)))
    young = board.planned(kind=UNGEPLAN)
    aged(board, 16)
    state(board, young, SkriftState.GODKENDT)
    with pytest.raises(HasUngeplan):
        board.sent(plan)
    assert board.now(plan).state is SkriftState.UDKAST
    state(board, young, SkriftState.UDKAST)
    board.sent(plan)
    assert board.now(plan).state is SkriftState.GODKENDT


def test_each_of_two_drafts_knows_of_the_other(board: Board) -> None:
    plan = board.planned(goal(board))
    young = board.planned(kind=UNGEPLAN)
    assert beside(board, plan) == young.id
    assert beside(board, young) == plan.id
    state(board, plan, SkriftState.OPGIVET)
    assert beside(board, young) is None
    assert beside(board, plan) is None


def beside(board: Board, plan: Skrift) -> UUID | None:
    with board.town.product.store.read() as connection:
        found = skrifter_of.with_versions(connection, plan.id)
    assert found is not None
    return found[0].beside
