"""One plan for siblings (barnets lov § 91, stk. 3)."""

from datetime import date
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.maal import Aim
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import personer
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.tables import letters
from dubu_plugin.store.tables import personer as people
from dubu_plugin.usecases.plan.begin_plan import Wanted
from dubu_plugin.usecases.plan.keep_plan import Facts, Kept, keep
from dubu_plugin.usecases.plan.whose import is_of_age

from .board import LOOK, Board


def test_siblings_have_one_plan_with_goals_of_their_own(board: Board) -> None:
    brother = board.town.person("Viggo Testvad", born=date(2022, 3, 9))
    stranger = board.town.person("Per Prøvesen", born=date(2015, 3, 9))
    with board.town.product.store.write(actor="karen", now=board.town.now) as work:
        personer.keep_ties(work.connection, board.child, [(brother, Tie.SIBLING)])
    plan = board.whole(board.planned())
    _, second = board.goals(plan)
    board.kept(plan, second.id, aendring="Viggo går til svømning")
    facts = {second.id: Facts(Aim.FASTHOLDE, LOOK, brother)}
    keep(board.sag, plan.id, Kept({}, facts), **board.act())
    wrong = {second.id: Facts(Aim.FASTHOLDE, LOOK, stranger)}
    with pytest.raises(NotYours):
        keep(board.sag, plan.id, Kept({}, wrong), **board.act())
    board.sent(plan)
    found = board.letters()
    assert [code for code, _ in found] == ["barnets_plan", "min_plan", "min_plan"]
    assert {one["barn.fornavn"] for code, one in found if code == "min_plan"} == {"Alma", "Viggo"}
    assert [one["barn"] for one in found[0][1]["plan.maal"]] == ["Alma Testvad", "Viggo Testvad"]


def test_paragraf_91_and_108_a_sibling_has_a_goal_only_at_the_age_of_the_plan(
    board: Board,
) -> None:
    today = danish_day(board.town.now)
    for kind, youngest in ((SkriftKind.BARNETS_PLAN, 0), (SkriftKind.UNGEPLAN, 16)):
        ages = [years for years in range(23) if is_of_age(kind, _born(today, years), today)]
        assert ages == list(range(youngest, 18))


def test_paragraf_91_no_adult_siblings_goal_is_put_in_but_one_that_stands_is_kept(
    board: Board,
) -> None:
    _, brother = _with_brother(board)
    sister = board.town.person("Nora Testvad", born=_born(danish_day(board.town.now), 19))
    board.town.tie(board.child, sister, "soeskende", "soeskende")
    plan = board.whole(board.planned())
    first, second = board.goals(plan)
    with pytest.raises(NotYours):
        keep(board.sag, plan.id, Kept({}, {second.id: Facts(Aim.UDVIKLE, LOOK, sister)}),
             **board.act())  # fmt: skip
    with pytest.raises(NotYours):
        keep(board.sag, plan.id, Kept({}, {}, also={first.id: {sister}}), **board.act())
    facts = {second.id: Facts(Aim.UDVIKLE, LOOK, brother)}
    keep(board.sag, plan.id, Kept({}, facts), **board.act())
    with board.town.product.store.write(actor="karen", now=board.town.now) as work:
        work.connection.execute(
            sa.update(people).where(people.c.id == brother).values(born=date(2005, 1, 4))
        )
    keep(board.sag, plan.id, Kept({}, facts), **board.act())
    assert board.goals(plan)[1].person == brother


def _born(today: date, years: int) -> date:
    return today.replace(year=today.year - years)


def _with_brother(board: Board) -> tuple[UUID, UUID]:
    """Return the mother of both, and the brother who has the second goal."""
    town = board.town
    brother = town.person("Viggo Testvad", born=date(2022, 3, 9))
    mother = town.person("Mette Testvad", born=date(1986, 5, 4))
    town.tie(board.child, brother, "soeskende", "soeskende")
    town.tie(board.child, mother, "mor", "barn")
    return mother, brother


def _for(board: Board, brother: UUID) -> Skrift:
    plan = board.whole(board.planned())
    second = board.goals(plan)[1]
    board.kept(plan, second.id, aendring="Viggo går til svømning")
    facts = {second.id: Facts(Aim.UDVIKLE, LOOK, brother)}
    keep(board.sag, plan.id, Kept({}, facts), **board.act())
    return plan


def test_a_siblings_case_has_the_plan_and_its_deadline_is_met(board: Board) -> None:
    _, brother = _with_brother(board)
    theirs = board.town.sag(brother)
    board.sent(_for(board, brother))
    assert len(board.happened(H.BARNETS_PLAN_VEDTAGET)) == 2
    assert board.adopted() == {board.sag, theirs}
    assert [code for code, _ in board.letters()].count("barnets_plan") == 2


def test_one_plan_for_siblings_with_a_shared_goal_and_each_childs_own_min_plan(
    board: Board,
) -> None:
    """§ 91, stk. 3, from end to end."""
    _, brother = _with_brother(board)
    theirs = board.town.sag(brother)
    plan = board.whole(board.planned(Wanted(board.school, "I kommer i skole til tiden")))
    [shared] = board.goals(plan)
    board.kept(plan, shared.id, mit_maal="Jeg vil møde til tiden.", barnets_ord="Ikke for sent.")
    keep(board.sag, plan.id, Kept({}, {}, also={shared.id: {brother}}), **board.act())
    keep(board.sag, plan.id, Kept({}, {}, also={shared.id: {brother}}), **board.act())
    first, second = board.goals(plan)
    assert (second.person, second.same_as, second.behov) == (brother, first.id, board.school)
    assert second.said["hvem_goer_hvad"] == "Trine kommer om morgenen."
    assert "barnets_ord" not in second.said, "what the one said is not the other's"
    board.kept(plan, second.id, mit_maal="Jeg vil cykle til børnehave.")
    mine = {second.id: Facts(Aim.UDVIKLE, LOOK, brother)}
    keep(board.sag, plan.id, Kept({}, mine), **board.act())
    board.sent(plan)
    own = {one["barn.fornavn"]: one["min_plan.vil"] for code, one in board.letters()
           if code == "min_plan"}  # fmt: skip
    assert own == {
        "Alma": "Jeg vil møde til tiden.",
        "Viggo": "Jeg vil cykle til børnehave.",
    }
    assert board.adopted() == {board.sag, theirs}
    with board.town.product.store.read() as connection:
        filed = connection.execute(sa.select(letters.c.sag_id, letters.c.code)).all()
    on_his = sorted(row.code for row in filed if row.sag_id == theirs)
    assert on_his == ["barnets_plan", "min_plan"], "the plan lies on his case too"


def test_a_goal_is_shared_with_siblings_alone(board: Board) -> None:
    plan = board.planned()
    goal = board.goals(plan)[0]
    with pytest.raises(NotYours):
        keep(board.sag, plan.id, Kept({}, {}, also={goal.id: {uuid4()}}), **board.act())


def test_a_siblings_case_the_asker_does_not_write_on_is_left_alone(board: Board) -> None:
    _, brother = _with_brother(board)
    board.town.sag(brother, responsible=None, unit="handicap", protected=True)
    board.sent(_for(board, brother))
    assert board.adopted() == {board.sag}
