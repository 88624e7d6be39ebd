"""A sibling's goal that a new version of a plan does not have any more (§ 91, stk. 3, § 95, stk. 6,
FVL § 27)."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.forloeb import Stage, State
from dubu_plugin.domain.forloeb_reached import reached
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.maal import Aim
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.afgoerelse import before_decision
from dubu_plugin.store.sag.sag_events import courses
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.tables import frister, haendelser, letters, outbox
from dubu_plugin.usecases.plan.begin_plan import Wanted
from dubu_plugin.usecases.plan.keep_plan import Facts, Kept, keep

from .board import LOOK, Board
from .test_goals_agreed import anew
from .test_siblings_copies import HERS, HIS, Shared

OVER = "Planen gælder ikke mere for Viggo Prøvesen"


class Dropping(Shared):
    """Alma's plan, that is agreed with a goal for Viggo."""

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self.dad = self.father()
        self.his((self.mother, Tie.MOTHER), (self.dad, Tie.FATHER))

    def agreed(self) -> Skrift:
        plan = self.plan()
        self.board.sent(plan, self.mother, self.dad, seen=self.unseen(plan, self.dad))
        return self.again(plan)

    def again(self, plan: Skrift) -> Skrift:
        anew(self.board, self.board.now(plan))
        return self.board.now(plan)

    def given_back(self, plan: Skrift) -> None:
        second = self.board.goals(plan)[1]
        facts = {second.id: Facts(Aim.UDVIKLE, LOOK, self.board.child)}
        keep(self.board.sag, plan.id, Kept({}, facts), **self.board.act())

    def taken_out(self, plan: Skrift) -> None:
        self.board.kept(plan, self.board.goals(plan)[1].id, aendring="")

    def sent(self, plan: Skrift, *to: UUID) -> list[dict[str, Any]]:
        """Send the version, and return the copies that were made of it."""
        plan = self.board.now(plan)
        found = self.board.sent(plan, *to, seen=self.unseen(plan, *to))
        return [self.said(one) for one in found]

    def said(self, letter: UUID) -> dict[str, Any]:
        with self.town.product.store.read() as connection:
            its = letters.c
            found = connection.scalar(sa.select(its["values"]).where(its.id == letter))
            return dict(json.loads(found or "{}"))

    def happened_on(self, sag: UUID) -> Sequence[str]:
        with self.town.product.store.read() as connection:
            its = haendelser.c
            return list(
                connection.scalars(
                    sa.select(its.type)
                    .where(its.sag_id == sag, its.type.in_([H.BARNETS_PLAN_VEDTAGET,
                                                            H.FAELLES_PLAN_OPHOERT]))
                    .order_by(its.seq)
                )
            )  # fmt: skip

    def notes(self, sag: UUID) -> Sequence[str]:
        with self.town.product.store.read() as connection:
            its = outbox.c
            told = connection.scalars(sa.select(its.payload).where(its.kind == "add_note"))
            found = [json.loads(one) for one in told]
            return [one["title"] for one in found if one["sag"] == str(sag)]

    def asks(self, sag: UUID) -> Sequence[str]:
        """Return how it stands with what asks for a plan on a case."""
        with self.town.product.store.read() as connection:
            its = frister.c
            asked = sa.select(its.state).where(its.sag_id == sag, its.rule == "PLAN-ANB")
            return list(connection.scalars(asked.order_by(its.anchor_at)))

    def is_planned(self, sag: UUID) -> bool:
        """Tell whether a case has a plan: for the gates of a decision, and on its course."""
        with self.town.product.store.read() as connection:
            by_gate = before_decision.recorded(connection, sag).planned_on is not None
            on_line = reached(courses(connection, [sag])[sag])[Stage.PLAN].state is State.FAERDIG
        assert by_gate is on_line
        return by_gate

    def papers(self, sag: UUID) -> Sequence[str]:
        with self.town.product.store.read() as connection:
            its = letters.c
            return sorted(connection.scalars(sa.select(its.code).where(its.sag_id == sag)))


@pytest.fixture
def shared(board: Board) -> Dropping:
    return Dropping(board)


@pytest.mark.parametrize("how", [Dropping.given_back, Dropping.taken_out])
def test_paragraf_91_stk_3_the_siblings_case_is_told_that_the_plan_has_no_goal_for_it_any_more(
    shared: Dropping, how: Any
) -> None:
    theirs, plan = shared.town.sag(shared.brother), shared.agreed()
    before = shared.papers(theirs)
    how(shared, plan)
    shared.sent(plan)
    assert shared.happened_on(theirs) == [H.BARNETS_PLAN_VEDTAGET, H.FAELLES_PLAN_OPHOERT]
    assert shared.notes(theirs) == ["Den fælles plan har ikke længere mål for barnet"]
    assert shared.papers(theirs) == before, "a plan that is over is not filed anew"
    assert H.FAELLES_PLAN_OPHOERT not in shared.happened_on(shared.board.sag)


def test_paragraf_91_stk_3_it_is_told_once(shared: Dropping) -> None:
    theirs, plan = shared.town.sag(shared.brother), shared.agreed()
    shared.given_back(plan)
    shared.sent(plan)
    plan = shared.again(plan)
    assert len(shared.sent(plan, shared.mother)) == 1
    assert shared.happened_on(theirs).count(H.FAELLES_PLAN_OPHOERT) == 1


def test_paragraf_91_stk_3_who_still_has_a_goal_gets_the_plan_anew(shared: Dropping) -> None:
    theirs, plan = shared.town.sag(shared.brother), shared.plan()
    first = shared.board.goals(plan)[0]
    also = {first.id: {shared.brother}}
    keep(shared.board.sag, plan.id, Kept({}, {}, also=also), **shared.board.act())
    shared.board.sent(plan, seen=[f"{shared.board.goals(plan)[2].place}:aendring"])
    plan = shared.again(plan)
    third = shared.board.goals(plan)[2]
    shared.board.kept(plan, third.id, aendring="")
    (copy,) = shared.sent(plan, shared.dad)
    assert [one["maal"] for one in copy["plan.maal"]] == [HIS]
    assert OVER not in str(copy)
    assert shared.happened_on(theirs) == [H.BARNETS_PLAN_VEDTAGET] * 2
    assert shared.papers(theirs).count("barnets_plan") == 2


def test_paragraf_95_the_siblings_own_parent_is_told_that_the_plan_is_over_and_nothing_else(
    shared: Dropping,
) -> None:
    plan = shared.agreed()
    shared.given_back(plan)
    (copy,) = shared.sent(plan, shared.dad)
    assert copy["plan.maal"] == []
    assert copy["barn.navn"] == "Viggo Prøvesen"
    assert [one["titel"] for one in copy["skrift.dele"]] == [OVER]
    assert "(barnets lov §\u00a091, stk.\u00a03)" in copy["skrift.dele"][0]["tekst"]
    for hidden in ("Alma", HERS, HIS, "En rolig hverdag", "mor står op"):
        assert hidden not in str(copy), hidden


def test_paragraf_95_a_parent_of_both_reads_it_beside_the_other_childs_goals(
    shared: Dropping,
) -> None:
    plan = shared.agreed()
    shared.taken_out(plan)
    (copy,) = shared.sent(plan, shared.mother)
    assert [one["maal"] for one in copy["plan.maal"]] == [HERS]
    assert [one["titel"] for one in copy["skrift.dele"]][:2] == [OVER, "Formål"]


def test_a_siblings_case_the_asker_does_not_write_on_is_told_by_whoever_has_it(
    shared: Dropping,
) -> None:
    theirs = shared.town.sag(shared.brother, responsible=None, unit="handicap", protected=True)
    plan = shared.agreed()
    shared.given_back(plan)
    shared.sent(plan)
    assert shared.happened_on(theirs) == []
    assert shared.notes(theirs) == []


@pytest.mark.parametrize("has_case", [True, False])
def test_paragraf_27_the_siblings_min_plan_lies_on_its_own_case_where_it_has_one(
    shared: Dropping, has_case: bool
) -> None:
    theirs = shared.town.sag(shared.brother) if has_case else shared.board.sag
    shared.board.sent(shared.plan())
    with shared.town.product.store.read() as connection:
        its = letters.c
        rows = connection.execute(
            sa.select(its.sag_id, its["values"].label("said")).where(its.code == "min_plan")
        )
        found = {json.loads(row.said)["barn.fornavn"]: row.sag_id for row in rows}
    assert found == {"Alma": shared.board.sag, "Viggo": theirs}


def test_paragraf_108_a_plan_in_the_place_of_the_one_in_common_drops_the_sibling_too(
    shared: Dropping,
) -> None:
    theirs = shared.town.sag(shared.brother)
    shared.board.sent(shared.plan())
    board = shared.board
    board.town.now = board.town.now.replace(day=board.town.now.day + 1)
    plan = board.whole(board.planned(Wanted(None, HERS)))
    shared.sent(plan)
    assert shared.happened_on(theirs)[-1] == H.FAELLES_PLAN_OPHOERT


def test_paragraffer_47_and_91_a_plan_that_is_over_is_no_plan_before_a_placement(
    shared: Dropping,
) -> None:
    """Nor is it a step that is done on the sibling's case."""
    theirs, plan = shared.town.sag(shared.brother), shared.agreed()
    assert shared.is_planned(theirs)
    shared.given_back(plan)
    shared.sent(plan)
    assert not shared.is_planned(theirs)
    assert shared.is_planned(shared.board.sag)
    plan = shared.again(plan)
    also = {shared.board.goals(plan)[0].id: {shared.brother}}
    keep(shared.board.sag, plan.id, Kept({}, {}, also=also), **shared.board.act())
    third = shared.board.goals(plan)[2]
    shared.board.sent(plan, seen=[f"{third.place}:aendring"])
    assert shared.is_planned(theirs), "it has a goal in it again"


@pytest.mark.parametrize("helped", [True, False])
def test_paragraf_91_a_sibling_who_gets_help_is_to_have_a_plan_of_its_own(
    shared: Dropping, helped: bool
) -> None:
    theirs = shared.town.sag(shared.brother, has_indsats=helped)
    shared.town.happened(
        H.PLAN_BESLUTTET, sag=theirs, person=shared.brother,
        data={"grundlag": "samtykke", "plan": True},
    )  # fmt: skip
    plan = shared.agreed()
    assert shared.asks(theirs) == ["opfyldt"]
    shared.given_back(plan)
    shared.sent(plan)
    assert shared.asks(theirs) == ["opfyldt", "aaben"][: 1 + helped]


@pytest.mark.parametrize("old", [True, False])
def test_paragraf_91_a_sibling_with_a_plan_of_its_own_is_asked_for_no_other(
    shared: Dropping, old: bool
) -> None:
    """It was made before the one in common dropped the sibling; not before it was asked for."""
    theirs = shared.town.sag(shared.brother, has_indsats=True)
    own: dict[str, Any] = {"sag": theirs, "person": shared.brother}
    if old:
        before = shared.town.now - timedelta(days=300)
        shared.town.happened(H.BARNETS_PLAN_VEDTAGET, occurred_at=before, **own)
    asked = {"grundlag": "samtykke", "plan": True}
    shared.town.happened(H.PLAN_BESLUTTET, data=asked, **own)
    plan = shared.agreed()
    if not old:
        shared.town.happened(H.BARNETS_PLAN_VEDTAGET, **own)
    shared.given_back(plan)
    shared.sent(plan)
    assert shared.asks(theirs) == ["opfyldt", "aaben"][: 1 + old]
    assert old or shared.is_planned(theirs), "its own stands, for the gates and on the course"
