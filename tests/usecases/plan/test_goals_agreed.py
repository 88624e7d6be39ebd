"""The goals of a case as they ran: only what was agreed, and until it was over."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.maal import MaalStatus
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.plan.goals_agreed import Agreed, agreed
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.tables import maal_status
from dubu_plugin.usecases.plan.begin_plan import Wanted
from dubu_plugin.usecases.plan.keep_plan import Kept, keep
from dubu_plugin.usecases.skrift.present import begin_version

from .board import LOOK, Board

SENT = date(2026, 6, 11)
AGAIN = date(2026, 7, 11)


@pytest.fixture
def plan(board: Board) -> Skrift:
    """Return a plan with two goals that stands."""
    plan = board.whole(board.planned())
    assert board.town.now.date() == SENT
    board.sent(plan)
    return plan


def goals(board: Board) -> Mapping[str, Agreed]:
    with board.town.product.store.read() as connection:
        return {one.text: one for one in agreed(connection, board.sag)}


def offered(board: Board) -> list[str]:
    """Return the goals an indsats may serve."""
    with board.town.product.store.read() as connection:
        return [one.text for one in indsatser.goals(connection, board.sag)]


def found_at(board: Board, goal: Maal, status: MaalStatus) -> None:
    with board.town.product.store.write(actor="karen", now=board.town.now) as work:
        work.connection.execute(
            sa.insert(maal_status).values(
                skrift_id=board.bfu.id, maal_id=goal.id, status=status, at=work.now, by="karen"
            )
        )


def anew(board: Board, plan: Skrift) -> None:
    """Begin a new version a month later."""
    board.town.now += AGAIN - SENT
    begin_version(board.sag, plan.id, **board.act())


def test_a_plan_that_is_only_a_draft_has_agreed_nothing(board: Board) -> None:
    board.whole(board.planned())
    assert goals(board) == {}


def test_a_goal_runs_from_the_day_its_plan_was_approved(board: Board, plan: Skrift) -> None:
    found = goals(board)
    assert [(one.since, one.ended_on, one.looked_at_on) for one in found.values()] == [
        (SENT, None, LOOK), (SENT, None, LOOK),
    ]  # fmt: skip
    assert list(found) == ["Alma kommer i skole til tiden", "Alma går til svømning"]


def test_what_only_the_draft_of_a_new_version_says_is_not_agreed(
    board: Board, plan: Skrift
) -> None:
    anew(board, plan)
    board.planned(Wanted(None, "Se farmor"))
    first, second = board.goals(plan)[:2]
    board.kept(plan, first.id, aendring="Alma kommer hver dag")
    board.kept(plan, second.id, aendring="")
    assert [one.text for one in board.goals(plan)] == ["Alma kommer hver dag", "Se farmor"]
    found = goals(board)
    assert list(found) == ["Alma kommer i skole til tiden", "Alma går til svømning"]
    assert {one.ended_on for one in found.values()} == {None}


def test_a_goal_that_is_taken_out_ended_when_the_version_without_it_was_approved(
    board: Board, plan: Skrift
) -> None:
    anew(board, plan)
    board.kept(plan, board.goals(plan)[1].id, aendring="")
    board.planned(Wanted(None, "Se farmor"))
    board.sent(board.whole(plan))
    found = goals(board)
    assert found["Alma går til svømning"].ended_on == AGAIN
    assert found["Alma kommer i skole til tiden"].ended_on is None
    assert found["Se farmor"].since == AGAIN


@pytest.mark.parametrize(
    ("status", "over"),
    [
        (MaalStatus.OPNAAET, True),
        (MaalStatus.IKKE_RELEVANT, True),
        (MaalStatus.DELVIST, False),
        (MaalStatus.IKKE, False),
    ],
)
def test_a_goal_ends_the_day_an_opfoelgning_finds_it_over(
    board: Board, plan: Skrift, status: MaalStatus, over: bool
) -> None:
    board.town.now += timedelta(days=10)
    found_at(board, board.goals(plan)[0], status)
    ended = goals(board)["Alma kommer i skole til tiden"].ended_on
    assert ended == (date(2026, 6, 21) if over else None)
    anew(board, plan)
    board.sent(plan)
    assert goals(board)["Alma kommer i skole til tiden"].ended_on is None, "kept in the plan"


def test_a_goal_an_ungeplan_carries_over_is_one_once_that_stands(
    board: Board, plan: Skrift
) -> None:
    board.town.now += AGAIN - SENT
    young = board.planned(Wanted(None, "Bo selv"), kind=SkriftKind.UNGEPLAN)
    assert [one.since for one in goals(board).values()] == [SENT, SENT]
    board.kept(young, uddannelse="Skole", beskaeftigelse="Fritidsjob", deltagelse="Klub")
    board.sent(board.whole(young))
    assert [(text, one.since) for text, one in goals(board).items()] == [
        ("Alma kommer i skole til tiden", SENT),
        ("Alma går til svømning", SENT),
        ("Bo selv", AGAIN),
    ]


def test_a_goal_of_two_siblings_is_each_ones_own(board: Board) -> None:
    plan = board.planned(Wanted(board.school, "Begge i skole"))
    brother = _sibling(board)
    [goal] = board.goals(plan)
    keep(board.sag, plan.id, Kept({}, {}, also={goal.id: {brother}}), **board.act())
    assert offered(board) == ["Begge i skole", "Begge i skole"]
    board.sent(board.whole(plan))
    with board.town.product.store.read() as connection:
        assert len(agreed(connection, board.sag)) == 2


def _sibling(board: Board) -> UUID:
    brother = board.town.person("Anton Testvad", born=date(2014, 4, 2))
    board.town.tie(board.child, brother, "soeskende", "soeskende")
    return brother
