"""The day a goal is looked at next: it never stands as one that has passed (barnets lov § 95)."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.usecases.plan.begin_plan import Wanted
from dubu_plugin.usecases.skrift.present import NotFinished, begin_version

from .board import LOOK, Board

NEXT = date(2027, 2, 22)
WAYS: dict[str, Callable[[Board, Skrift], object]] = {
    "ny version": lambda board, plan: begin_version(board.sag, plan.id, **board.act()),
    "lav plan": lambda board, _: board.planned(Wanted(None, "Se farmor")),
}


@pytest.fixture
def passed(board: Board) -> Skrift:
    """Return a plan that stands, whose goals were to be looked at a month ago."""
    plan = board.whole(board.planned())
    board.sent(plan)
    board.town.now += LOOK - board.town.now.date() + timedelta(days=27)
    return board.now(plan)


def followed(board: Board) -> None:
    """Have an indsats run, and the next opfølgning be decided."""
    about = {"sag": board.sag, "person": board.child}
    began = board.town.now - timedelta(days=100)
    board.town.happened(
        H.INDSATS_IVAERKSAT, occurred_at=began, data={"indsats": str(uuid4()), "handicap": False},
        **about,
    )  # fmt: skip
    board.town.happened(H.OPFOELGNING_AFHOLDT, data={"naeste_opfoelgning": NEXT.isoformat()},
                        **about)  # fmt: skip


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_new_version_takes_the_next_opfoelgning_where_the_goals_day_has_passed(
    board: Board, passed: Skrift, way: Callable[[Board, Skrift], object]
) -> None:
    followed(board)
    way(board, passed)
    assert {one.looked_at_on for one in board.goals(passed)} == {NEXT}


def test_a_goals_day_that_is_ahead_stays_in_a_new_version(board: Board) -> None:
    plan = board.whole(board.planned())
    board.sent(plan)
    followed(board)
    begin_version(board.sag, plan.id, **board.act())
    assert {one.looked_at_on for one in board.goals(plan)} == {LOOK}


def test_paragraf_95_no_plan_is_sent_with_a_goals_day_that_has_passed(
    board: Board, passed: Skrift
) -> None:
    begin_version(board.sag, passed.id, **board.act())
    with pytest.raises(NotFinished) as no:
        board.sent(passed)
    assert [(one.title, one.field, one.law) for one in no.value.lacking] == [
        ("Mål 1", "ses_paa", "§ 95"),
        ("Mål 2", "ses_paa", "§ 95"),
    ]
    assert "26. oktober 2026 er gået" in no.value.lacking[0].what.replace("\u00a0", " ")


def test_a_goals_day_that_is_today_has_not_passed(board: Board) -> None:
    plan = board.whole(board.planned())
    board.town.now += LOOK - board.town.now.date()
    board.sent(plan)


def test_the_goals_an_ungeplan_carries_over_take_the_next_opfoelgning(
    board: Board, passed: Skrift
) -> None:
    followed(board)
    young = board.planned(Wanted(None, "Bo selv"), kind=SkriftKind.UNGEPLAN)
    assert NEXT in {one.looked_at_on for one in board.goals(young)}
    assert LOOK not in {one.looked_at_on for one in board.goals(young)}
