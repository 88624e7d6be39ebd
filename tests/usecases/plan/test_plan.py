"""From the needs to a plan that stands, and what follows from it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.maal import MaalStatus
from dubu_plugin.domain.skrift import SkriftKind, SkriftState, place_of_behov
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse.before_decision import recorded
from dubu_plugin.store.plan import maal
from dubu_plugin.store.plan.needs import needs_by_id
from dubu_plugin.store.skrift.behov import TEXT
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import maal_status
from dubu_plugin.usecases.afgoerelse.prepare import give_up, prepare
from dubu_plugin.usecases.plan.begin_plan import NoGoal, Wanted, begin_plan
from dubu_plugin.usecases.plan.keep_plan import Kept, keep
from dubu_plugin.usecases.plan.lacking import goals_lacking
from dubu_plugin.usecases.skrift.begin import begin
from dubu_plugin.usecases.skrift.present import NotFinished, begin_version
from dubu_plugin.usecases.skrift.write import TooLong

from .board import LOOK, PLAN, Board


def test_the_needs_of_an_open_undersoegelse_are_offered(board: Board) -> None:
    assert [one.text for one in board.offered()] == ["En fast morgen", "Fritid og venner"]


def test_each_ticked_need_has_its_goal(board: Board) -> None:
    plan = board.planned()
    goals = board.goals(plan)
    assert [(one.behov, one.text) for one in goals] == [
        (board.school, "Alma kommer i skole til tiden"),
        (board.play, "Alma går til svømning"),
    ]
    assert {one.person for one in goals} == {board.child}


def test_a_goal_is_looked_at_at_the_follow_up_of_help_that_runs_already(board: Board) -> None:
    assert board.goals(board.planned())[0].looked_at_on == date(2026, 9, 11)
    board.town.happened(
        H.INDSATS_IVAERKSAT, sag=board.sag, person=board.child,
        occurred_at=board.town.now - timedelta(days=20),
        data={"indsats": str(uuid4()), "handicap": False},
    )  # fmt: skip
    board.planned(Wanted(None, "Se farmor"))
    later = [one.looked_at_on for one in board.goals(board.planned()) if one.text == "Se farmor"]
    assert later == [date(2026, 8, 22)], "three months from the day the help began (§ 95)"


def test_a_plan_that_is_written_in_gets_more_goals_and_no_second_for_a_need(board: Board) -> None:
    plan = board.planned(Wanted(board.school, "Til tiden"))
    again = board.planned(Wanted(board.school, "Igen"), Wanted(None, "Se farmor"))
    assert again.id == plan.id
    assert [one.text for one in board.goals(plan)] == ["Til tiden", "Se farmor"]


def test_a_plan_without_a_goal_is_none(board: Board) -> None:
    with pytest.raises(NoGoal):
        board.planned(Wanted(None, "  "))
    with pytest.raises(NotYours):
        board.planned(Wanted(uuid4(), "Et mål"))
    with pytest.raises(NotYours):
        begin(board.sag, PLAN, **board.act())


def test_what_a_goal_lacks_keeps_the_plan_from_standing(board: Board) -> None:
    plan = board.planned()
    with pytest.raises(NotFinished) as no:
        board.sent(plan)
    assert {one.title for one in no.value.lacking} >= {"Mål 1", "Mål 2"}
    assert {one.field for one in no.value.lacking} >= {
        "formaal",
        "varighed",
        "barnets_oensker",
        "indikator",
        "hvem_goer_hvad",
    }
    assert board.now(plan).state is SkriftState.UDKAST
    assert board.letters() == []


def test_a_plan_that_stands_is_adopted_and_lies_on_the_case(board: Board) -> None:
    plan = board.whole(board.planned())
    board.sent(plan)
    assert board.now(plan).state is SkriftState.GODKENDT
    assert len(board.happened(H.BARNETS_PLAN_VEDTAGET)) == 1
    found = dict(board.letters())
    assert set(found) == {"barnets_plan", "min_plan"}
    assert found["barnets_plan"]["plan.maal"][0]["behov"] == "En fast morgen"
    sign = found["barnets_plan"]["plan.maal"][0]["tegn"]
    assert sign == "Fravær i procent\nVed start: 15. Ønsket: 5", "a new version has it too"


def test_paragraf_47_sees_that_the_plan_is_there(board: Board) -> None:
    with board.town.product.store.read() as connection:
        before = recorded(connection, board.sag)
    board.sent(board.whole(board.planned()))
    with board.town.product.store.read() as connection:
        after = recorded(connection, board.sag)
    assert before.planned_on is None
    assert after.planned_on == danish_day(board.town.now)


def test_a_new_version_carries_the_goals_and_is_adopted_too(board: Board) -> None:
    plan = board.whole(board.planned())
    board.sent(plan)
    begin_version(board.sag, plan.id, **board.act())
    first, second = board.goals(plan)
    board.kept(plan, second.id, aendring="")
    assert [one.id for one in board.goals(plan)] == [first.id]
    assert [one.id for one in board.goals(plan, 1)] == [first.id, second.id]
    board.sent(plan)
    assert len(board.happened(H.BARNETS_PLAN_VEDTAGET)) == 2


def test_paragraf_91_a_child_has_one_plan_and_what_is_planned_anew_is_a_version_of_it(
    board: Board,
) -> None:
    first = board.whole(board.planned(Wanted(board.school, "Alma kommer i skole til tiden")))
    board.sent(first)
    again = board.planned(
        Wanted(board.school, "Alma kommer i skole"), Wanted(board.play, "Alma går til svømning")
    )
    assert (again.id, again.version) == (first.id, 2)
    assert len(board.goals(again)) == 2, "what stands is carried over, and the new need is added"


def test_a_need_taken_out_of_the_undersoegelse_is_told_at_its_goal(board: Board) -> None:
    plan = board.planned()
    board.put_at(board.bfu, {(place_of_behov(board.school), TEXT): ""})
    goal = board.goals(plan)[0]
    with board.town.product.store.read() as connection:
        need = needs_by_id(connection, {board.school})[board.school]
    assert (need.stands, need.text) == (False, "En fast morgen")
    assert goal.behov == board.school
    board.sent(board.whole(plan))
    assert [one.id for one in board.offered()] == [board.play]


def test_the_second_of_two_who_write_in_a_goal_chooses(board: Board) -> None:
    plan = board.planned()
    goal = board.goals(plan)[0]
    board.kept(plan, goal.id, indikator="Fravær")
    late = {(goal.place, "indikator"): Written("Humør", 0)}
    clashes = keep(board.sag, plan.id, Kept(late, {}), **board.act("mette"))
    assert [(one.mine, one.theirs.text) for one in clashes] == [("Humør", "Fravær")]


def test_what_has_no_field_in_a_plan_is_not_kept(board: Board) -> None:
    plan = board.planned()
    goal = board.goals(plan)[0]
    for at in (("", "konklusion"), (goal.place, "andet"), (f"maal:{uuid4()}", "indikator")):
        with pytest.raises(NotYours):
            keep(board.sag, plan.id, Kept({at: Written("x", 0)}, {}), **board.act())
    long = {(goal.place, "indikator"): Written("x" * 200_001, 0)}
    with pytest.raises(TooLong):
        keep(board.sag, plan.id, Kept(long, {}), **board.act())
    with pytest.raises(NotYours):
        keep(board.sag, board.bfu.id, Kept({}, {}), **board.act())


def test_how_far_a_goal_has_come_is_read_in_its_order(board: Board) -> None:
    plan = board.planned()
    goal = board.goals(plan)[0]
    with board.town.product.store.write(actor="karen", now=board.town.now) as work:
        work.connection.execute(
            sa.insert(maal_status).values(
                skrift_id=board.bfu.id, maal_id=goal.id, status=MaalStatus.DELVIST, barnets_tal=6,
                at=board.town.now, by="karen",
            )
        )  # fmt: skip
        found = maal.statuses(work.connection, [goal.id])
    assert [(one.status, one.barnets_tal) for one in found[goal.id]] == [(MaalStatus.DELVIST, 6)]


def test_the_newest_plan_is_the_one_that_stands(board: Board) -> None:
    def newest() -> object:
        with board.town.product.store.read() as connection:
            return maal.newest_plan(connection, board.sag)

    plan = board.planned()
    assert newest() is None
    board.sent(board.whole(plan))
    assert newest() == plan.id
    begin_version(board.sag, plan.id, **board.act())
    assert newest() == plan.id


def test_only_plans_can_be_begun(board: Board) -> None:
    with pytest.raises(NotYours):
        begin_plan(board.sag, SkriftKind.SCREENING, [Wanted(None, "x")], **board.act())


def test_an_ungeplan_carries_the_goals_of_barnets_plan_on(board: Board) -> None:
    first = board.whole(board.planned())
    board.sent(first)
    old = board.goals(first)
    young = board.planned(Wanted(None, "Finde et fritidsjob"), kind=SkriftKind.UNGEPLAN)
    goals = board.goals(young)
    assert [one.text for one in goals] == [*(one.text for one in old), "Finde et fritidsjob"]
    assert [one.same_as for one in goals] == [old[0].id, old[1].id, None]
    assert [one.behov for one in goals] == [board.school, board.play, None]
    assert board.words(young)["", "formaal"] == "En rolig hverdag"


YOUNG = {"uddannelse": "HF fra august.", "beskaeftigelse": "Fritidsjob.",
         "deltagelse": "Den unge og far var med den 3. maj og samtykker."}  # fmt: skip


def test_paragraf_109_an_ungeplan_says_uddannelse_beskaeftigelse_and_who_took_part(
    board: Board,
) -> None:
    plan = board.whole(board.planned(kind=SkriftKind.UNGEPLAN))
    with pytest.raises(NotFinished) as no:
        board.sent(plan)
    assert {one.field for one in no.value.lacking} == set(YOUNG)
    board.kept(plan, None, **YOUNG)
    board.sent(plan)
    assert len(board.happened(H.UNGEPLAN_VEDTAGET)) == 1
    assert board.happened(H.BARNETS_PLAN_VEDTAGET) == []
    assert {code for code, _ in board.letters()} == {"ungeplan", "min_plan"}


def test_paragraf_109_stk_4_a_placed_young_persons_plan_tells_how_the_family_is_supported(
    board: Board,
) -> None:
    plan = board.whole(board.planned(kind=SkriftKind.UNGEPLAN))
    board.kept(plan, None, **YOUNG)
    board.town.happened(H.ANBRINGELSE_IVAERKSAT, sag=board.sag, person=board.child, data={})
    with pytest.raises(NotFinished) as no:
        board.sent(plan)
    [lack] = no.value.lacking
    assert (lack.field, lack.law) == ("stoette_familien", "§ 109, stk. 4")
    board.kept(plan, stoette_familien="Far får en støtteperson, også bagefter.")
    board.sent(plan)


def test_paragraf_109_an_ungeplan_without_a_goal_is_none() -> None:
    [lack] = goals_lacking([], SkriftKind.UNGEPLAN, LOOK)
    assert lack.law == "§ 109"


def test_paragraf_92_stk_3_a_placed_childs_plan_tells_how_the_family_is_supported(
    board: Board,
) -> None:
    plan = board.whole(board.planned())
    board.town.happened(H.ANBRINGELSE_IVAERKSAT, sag=board.sag, person=board.child, data={})
    with pytest.raises(NotFinished) as no:
        board.sent(plan)
    assert [(one.field, one.law) for one in no.value.lacking] == [
        ("stoette_familien", "§ 92, stk. 3")
    ]
    assert board.adopted() == set()
    board.kept(plan, stoette_familien="Mor har familiebehandling hver uge.")
    board.sent(plan)
    assert board.adopted() == {board.sag}


def test_paragraf_92_stk_3_so_does_the_plan_a_placement_is_prepared_with(board: Board) -> None:
    plan = board.whole(board.planned())
    number = prepare(board.sag, "anbringelse_samtykke", **board.act())
    with pytest.raises(NotFinished) as no:
        board.sent(plan)
    assert [one.field for one in no.value.lacking] == ["stoette_familien"]
    give_up(board.sag, number, **board.act())
    board.sent(plan)
    assert board.adopted() == {board.sag}
