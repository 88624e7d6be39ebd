"""From the needs to a plan that stands, and what follows from it."""

from datetime import date
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.maal import Aim, MaalStatus
from dubu_plugin.domain.skrift import SkriftKind, SkriftState, place_of_behov
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store import afgoerelser, maal, personer
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.behov import TEXT
from dubu_plugin.store.skrifter import Skrift
from dubu_plugin.store.tables import indsats_maal, indsatser, letters, maal_status
from dubu_plugin.store.tables import personer as people
from dubu_plugin.store.tekster import Written
from dubu_plugin.usecases.plan.begin_plan import NoGoal, Wanted, begin_plan
from dubu_plugin.usecases.plan.hand_out import NotAdopted, NothingChosen, hand_out
from dubu_plugin.usecases.plan.keep_plan import Facts, Kept, keep
from dubu_plugin.usecases.plan.min_plan import min_plan
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


def test_paragraf_47_sees_that_the_plan_is_there(board: Board) -> None:
    with board.town.product.store.read() as connection:
        before = afgoerelser.recorded(connection, board.sag, now=board.town.now)
    board.sent(board.whole(board.planned()))
    with board.town.product.store.read() as connection:
        after = afgoerelser.recorded(connection, board.sag, now=board.town.now)
    assert (before.plan, after.plan) == (False, True)


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


def test_a_need_taken_out_of_the_undersoegelse_is_told_at_its_goal(board: Board) -> None:
    plan = board.planned()
    board.put_at(board.bfu, {(place_of_behov(board.school), TEXT): ""})
    goal = board.goals(plan)[0]
    with board.town.product.store.read() as connection:
        need = maal.needs(connection, {board.school})[board.school]
    assert (need.stands, need.text) == (False, "En fast morgen")
    assert goal.behov == board.school
    board.sent(board.whole(plan))
    assert [one.id for one in board.offered()] == [board.play]


def test_the_parents_get_copies_without_each_others_remarks(board: Board) -> None:
    mother = board.town.person("Mette Testvad", born=date(1986, 5, 4))
    with board.town.product.store.write(actor="karen", now=board.town.now) as work:
        personer.keep_ties(work.connection, board.child, [(mother, Tie.MOTHER)])
    plan = board.whole(board.planned())
    board.kept(plan, foraeldrenes_bemaerkninger="Far siger noget.", uenighed="Ingen.")
    with pytest.raises(NotYours):
        board.sent(plan, uuid4())
    board.sent(plan, mother)
    found = dict(board.letters())
    own = [one["tekst"] for one in found["barnets_plan"]["plan.resten"]]
    hers = [one["tekst"] for one in found["plan_brev"]["plan.resten"]]
    assert "Far siger noget." in own
    assert "Far siger noget." not in hers
    assert "Ingen." in hers
    assert found["plan_brev"]["modtager.navn"] == "Mette Testvad"


def test_the_extract_holds_only_the_chosen_goals(board: Board) -> None:
    plan = board.whole(board.planned())
    first, _ = board.goals(plan)
    with pytest.raises(NotAdopted):
        hand_out(board.sag, plan.id, {first.id}, "Prøvegården", **board.act())
    board.sent(plan)
    with pytest.raises(NothingChosen):
        hand_out(board.sag, plan.id, set(), "Prøvegården", **board.act())
    with pytest.raises(NotYours):
        hand_out(board.sag, plan.id, {uuid4()}, "Prøvegården", **board.act())
    hand_out(board.sag, plan.id, {first.id}, "Prøvegården", **board.act())
    found = dict(board.letters())["plan_uddrag"]
    assert [one["maal"] for one in found["plan.maal"]] == [first.text]
    assert [one["titel"] for one in found["skrift.dele"]] == ["Formål", "Forventet varighed"]


def test_min_plan_says_what_is_written_for_the_child_or_the_plans_own_words(board: Board) -> None:
    plan = board.whole(board.planned())
    first, second = board.goals(plan)
    board.kept(plan, first.id, mit_maal="Jeg vil sove hos mig selv.")
    own = min_plan(board.goals(plan), board.words(plan), board.child)
    assert own.vil == "Jeg vil sove hos mig selv.\nJeg vil ikke komme for sent."
    assert own.voksne == "Trine kommer om morgenen.", "said once, though it serves both goals"
    assert own.moedes == "26. oktober 2026"
    board.kept(plan, min_moedes="Efter efterårsferien")
    assert min_plan(board.goals(plan), board.words(plan), board.child).moedes == (
        "Efter efterårsferien"
    )
    assert min_plan([second], {}, uuid4()).vil == ""


def test_siblings_have_one_plan_with_goals_of_their_own(board: Board) -> None:
    brother = board.town.person("Viggo Testvad", born=date(2022, 3, 9))
    stranger = board.town.person("Per Prøvesen", born=date(2015, 3, 9))
    with board.town.product.store.write(actor="karen", now=board.town.now) as work:
        personer.keep_ties(work.connection, board.child, [(brother, Tie.SIBLING)])
    plan = board.whole(board.planned())
    _, second = board.goals(plan)
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


def test_paragraf_109_an_ungeplan_says_uddannelse_and_beskaeftigelse(board: Board) -> None:
    plan = board.whole(board.planned(kind=SkriftKind.UNGEPLAN))
    with pytest.raises(NotFinished) as no:
        board.sent(plan)
    assert {one.field for one in no.value.lacking} == {"uddannelse", "beskaeftigelse"}
    board.kept(plan, uddannelse="HF fra august.", beskaeftigelse="Fritidsjob.")
    board.sent(plan)
    assert len(board.happened(H.UNGEPLAN_VEDTAGET)) == 1
    assert board.happened(H.BARNETS_PLAN_VEDTAGET) == []
    assert {code for code, _ in board.letters()} == {"ungeplan", "min_plan"}


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


def test_a_parent_does_not_read_the_goals_of_a_child_that_is_not_theirs(board: Board) -> None:
    mother, brother = _with_brother(board)
    plan = _for(board, brother)
    board.sent(plan, mother)
    found = dict(board.letters())
    assert [one["maal"] for one in found["plan_brev"]["plan.maal"]] == [
        "Alma kommer i skole til tiden"
    ]
    board.town.tie(brother, mother, "mor", "barn")
    begin_version(board.sag, plan.id, **board.act())
    board.sent(plan, mother)
    copies = [one["plan.maal"] for code, one in board.letters() if code == "plan_brev"]
    assert sorted(len(one) for one in copies) == [1, 2]


@pytest.mark.parametrize(
    ("born", "lille"),
    [(date(2016, 3, 2), False), (date(2016, 12, 3), True), (date(2023, 3, 2), True)],
)
def test_min_plan_is_read_aloud_to_a_child_below_ten(board: Board, born: date, lille: bool) -> None:
    _becomes(board, born=born)
    board.sent(board.whole(board.planned()))
    assert dict(board.letters())["min_plan"]["min_plan.lille"] is lille


@pytest.mark.parametrize(
    "told", [{"born": date(2024, 5, 2)}, {"born": None, "due_date": date(2026, 5, 1)}]
)
def test_a_child_below_three_or_not_born_gets_no_paper_of_its_own(
    board: Board, told: dict[str, date]
) -> None:
    _becomes(board, **told)
    board.sent(board.whole(board.planned()))
    assert [code for code, _ in board.letters()] == ["barnets_plan"]


def _becomes(board: Board, **told: date | None) -> None:
    with board.town.product.store.write(actor="system", now=board.town.now) as work:
        child = people.c.id == board.child
        work.connection.execute(sa.update(people).where(child).values(**told))


def test_the_chain_from_need_to_opfoelgning_stands_on_the_plans_paper(board: Board) -> None:
    plan = board.whole(board.planned())
    goal = board.goals(plan)[0]
    with board.town.product.store.write(actor="karen", now=board.town.now) as work:
        _serve(work.connection, board, goal.id)
        work.connection.execute(
            sa.insert(maal_status).values(
                skrift_id=board.bfu.id, maal_id=goal.id, status=MaalStatus.DELVIST, barnets_tal=6,
                at=board.town.now, by="karen",
            )
        )  # fmt: skip
    mother, _ = _with_brother(board)
    board.sent(plan, mother)
    found = dict(board.letters())
    first = {key: text.replace("\u00a0", " ") for key, text in
             found["barnets_plan"]["plan.maal"][0].items()}  # fmt: skip
    assert first["behov"] == "En fast morgen"
    assert first["maal"] == "Alma kommer i skole til tiden"
    assert first["indsats"].startswith("Familiebehandling")
    assert first["indsats"].endswith("i gang fra 1. februar 2026")
    assert first["hvem"] == "Trine kommer om morgenen."
    assert first["ses_paa"] == "26. oktober 2026"
    assert first["naaet"].endswith("delvist nået. Barnets eget tal: 6")
    hers = found["plan_brev"]["plan.maal"][0]["naaet"]
    assert "eget tal" not in hers, "the child's number is the child's"


def _serve(connection: sa.Connection, board: Board, goal: UUID) -> None:
    """Have an indsats serve a goal."""
    number = uuid4()
    connection.execute(
        sa.insert(indsatser).values(
            id=number, sag_id=board.sag, person_id=board.child, code="familiebehandling",
            law="BL § 32", decision_law="BL § 32", unit="uge", state="i_gang",
            starts_on=date(2026, 2, 1), place_hidden=False, version=1,
            made_at=board.town.now, made_by="karen",
        )
    )  # fmt: skip
    connection.execute(sa.insert(indsats_maal).values(indsats_id=number, maal_id=goal))
