"""What a plan lacks is said with what is to be done and the paragraph that asks for it."""

import pytest

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.maal import PLANS
from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.metode.missing import Missing
from dubu_plugin.store.plan import maal
from dubu_plugin.usecases.plan.lacking import goals_lacking, sections_lacking

from .board import Board

LAWS = {
    SkriftKind.BARNETS_PLAN: "§ 92",
    SkriftKind.UNGEPLAN: "§ 109",
    SkriftKind.FORAELDREHANDLEPLAN: "§ 77",
}


@pytest.mark.parametrize("kind", sorted(PLANS))
def test_paragraf_92_77_and_109_what_a_goal_lacks_has_a_verb_and_its_paragraph(
    board: Board, kind: SkriftKind
) -> None:
    plan = board.planned()
    goals = board.goals(plan)[:1]
    with board.town.product.store.write(actor="karen", now=board.town.now) as work:
        maal.change(
            work.connection, goals[0].id, aim=goals[0].aim, looked_at_on=None,
            person=goals[0].person,
        )  # fmt: skip
    found = goals_lacking(board.goals(plan)[:1], kind, danish_day(board.town.now))
    assert [(one.what, one.law) for one in found] == [
        ("skriv, hvem der gør hvad", LAWS[kind]),
        ("skriv et tegn på, at det virker", LAWS[kind]),
        ("skriv, hvornår I ser på det igen", "§ 95"),
    ]


def test_paragraf_92_a_section_that_is_not_written_has_them_too() -> None:
    lacks = [
        Missing(WHOLE, "formaal", "Formål", "ikke skrevet", "§ 92, stk. 1"),
        Missing(WHOLE, "varighed", "Forventet varighed", "ikke skrevet"),
    ]
    said = sections_lacking(lacks, SkriftKind.BARNETS_PLAN)
    assert [(one.what, one.law) for one in said] == [
        ("udfyld feltet", "§ 92, stk. 1"),
        ("udfyld feltet", "§ 92"),
    ]
