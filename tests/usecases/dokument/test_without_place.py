"""What is sent anew tells a parent of no place that is hidden since (barnets lov § 105)."""

import json
from uuid import UUID

import pytest

from dubu_plugin.errors import FieldRefused
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.dokument.order.plan import WHERE_PLACED

from ..afgoerelse.bench import Bench, hidden_place
from ..plan.board import PLAN, Board
from .test_send_again import POSTED, again, bench, its_letters, posted, row

__all__ = ["bench"]

PLACE = "Familien Prøvegård i Skjultstrup"


def said(bench: Bench, letter: UUID) -> str:
    return json.dumps(json.loads(row(bench, letter).values), ensure_ascii=False)


@pytest.mark.parametrize("hidden", [True, False])
def test_paragraf_105_a_decision_that_came_back_tells_no_parent_where_the_child_is_hidden(
    bench: Bench, hidden: bool
) -> None:
    number = bench.ready()
    bench.kept(number, {"udtalelse": f"{PLACE} støtter det.", "skolegang": f"Nær {PLACE}."})
    decide(bench.sag, number, **bench.leader)
    its = its_letters(bench, number)
    posted(bench, *its.values(), at=POSTED)
    assert PLACE in said(bench, its[bench.father])
    if hidden:
        hidden_place(bench.town, bench.sag, bench.alma)
    new = said(bench, again(bench, its[bench.father], apart_seen=hidden))
    assert (PLACE in new) is not hidden
    assert "støtten er væsentlig" in new


def test_paragraf_105_nor_does_the_copy_of_a_plan(bench: Bench) -> None:
    town = bench.town
    board = Board(town, bench.sag, bench.alma)
    plan = board.planned()
    of_place = town.product.forms.of(PLAN).in_part(WHERE_PLACED)[0].code
    board.kept(board.whole(plan), None, **{of_place: PLACE})
    [copy] = board.sent(board.now(plan), bench.father)
    posted(bench, copy, at=POSTED)
    assert PLACE in said(bench, copy)
    hidden_place(town, bench.sag, bench.alma)
    with pytest.raises(FieldRefused) as no:
        again(bench, copy)
    assert "105" in no.value.sentence
    new = said(bench, again(bench, copy, apart_seen=True))
    assert PLACE not in new
    assert "En rolig hverdag" in new
