"""A new version that is given up leaves the approved one standing (barnets lov § 91)."""

import pytest

from dubu_plugin.domain.skrift import SkriftState
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.plan import maal
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.usecases.plan.begin_plan import Wanted
from dubu_plugin.usecases.skrift.present import approve, begin_version, give_up

from .board import Board

AGREED = ["Alma kommer i skole til tiden", "Alma går til svømning"]


@pytest.fixture
def left(board: Board) -> Skrift:
    """Return a plan that stands, whose new version was given up."""
    plan = board.whole(board.planned())
    board.sent(plan)
    begin_version(board.sag, plan.id, **board.act())
    board.planned(Wanted(None, "Se farmor"))
    board.kept(plan, board.goals(plan)[0].id, aendring="Alma kommer hver dag")
    give_up(board.sag, plan.id, **board.act())
    return board.now(plan)


def test_the_approved_version_stands_as_it_did(board: Board, left: Skrift) -> None:
    assert (left.state, left.version) == (SkriftState.GODKENDT, 1)
    assert [one.text for one in board.goals(left)] == AGREED
    with board.town.product.store.read() as connection:
        assert maal.newest_plan(connection, board.sag) == left.id
        assert maal.approved_version(connection, left.id) == 1
        assert [one.number for one in skrifter.versions(connection, left.id)] == [1]


def test_what_was_only_in_the_version_given_up_is_offered_to_nobody(
    board: Board, left: Skrift
) -> None:
    with board.town.product.store.read() as connection:
        assert [one.text for one in indsatser.goals(connection, board.sag)] == AGREED


def test_paragraf_91_the_plan_is_planned_on_and_takes_up_what_was_written(
    board: Board, left: Skrift
) -> None:
    again = board.planned(Wanted(None, "Bo hos farmor i ferien"))
    assert (again.id, again.version) == (left.id, 2)
    assert [one.text for one in board.goals(left)] == [
        "Alma kommer hver dag", "Alma går til svømning", "Se farmor", "Bo hos farmor i ferien",
    ]  # fmt: skip
    board.sent(board.whole(left))
    assert [one.text for one in board.goals(left, 1)] == AGREED, "the first says what it said"


def test_a_need_only_a_version_given_up_names_is_not_offered(board: Board) -> None:
    bfu = board.finished(board.bfu)
    approve(board.sag, bfu.id, **board.leader)
    begin_version(board.sag, bfu.id, **board.act())
    board.need("sundhedsforhold", "Søvn")
    assert "Søvn" in [one.text for one in board.offered()]
    give_up(board.sag, bfu.id, **board.act())
    assert board.now(bfu).state is SkriftState.GODKENDT
    assert "Søvn" not in [one.text for one in board.offered()]
