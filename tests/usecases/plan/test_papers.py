"""The papers of a plan: the chain of each goal, the child's own, the parents' and the place's."""

from datetime import date
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.maal import MaalStatus
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import personer
from dubu_plugin.store.tables import indsats_maal, indsatser, maal_status
from dubu_plugin.store.tables import personer as people
from dubu_plugin.usecases.plan.hand_out import NotAdopted, NothingChosen, hand_out
from dubu_plugin.usecases.plan.min_plan import min_plan
from dubu_plugin.usecases.plan.next_look import MEETS
from dubu_plugin.usecases.skrift.present import begin_version

from .board import Board


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


def test_min_plan_says_what_is_written_for_the_child_and_its_own_words(board: Board) -> None:
    plan = board.whole(board.planned())
    first, second = board.goals(plan)
    board.kept(plan, first.id, mit_maal="Jeg vil sove hos mig selv.")
    own = min_plan(board.goals(plan), board.words(plan), board.child)
    assert own.vil == "Jeg vil sove hos mig selv.\nJeg vil ikke komme for sent."
    assert own.moedes == "26. oktober 2026"
    board.kept(plan, min_moedes="Efter efterårsferien")
    assert min_plan(board.goals(plan), board.words(plan), board.child).moedes == (
        "Efter efterårsferien"
    )
    assert min_plan([second], {}, uuid4()).vil == ""


@pytest.mark.parametrize(
    ("kind", "words"),
    [(SkriftKind.BARNETS_PLAN, "Med barnets ord"), (SkriftKind.UNGEPLAN, "Med den unges ord")],
)
def test_the_parents_and_the_place_read_whose_words_they_are(
    board: Board, kind: SkriftKind, words: str
) -> None:
    plan = board.whole(board.planned(kind=kind))
    if kind is SkriftKind.UNGEPLAN:
        board.kept(plan, uddannelse="9. klasse", beskaeftigelse="Fritidsjob",
                   deltagelse="På mødet.")  # fmt: skip
    board.sent(plan, _mother(board))
    first, _ = board.goals(plan)
    hand_out(board.sag, plan.id, {first.id}, "Prøvegården", **board.act())
    found = dict(board.letters())
    for code in ("plan_brev", "plan_uddrag"):
        assert found[code]["plan.med_ord"].replace("\u00a0", " ") == words


def test_a_new_version_does_not_tell_the_child_of_a_meeting_that_was(board: Board) -> None:
    plan = board.whole(board.planned())
    board.kept(plan, min_moedes="Efter efterårsferien")
    board.sent(plan)
    begin_version(board.sag, plan.id, **board.act())
    assert min_plan(board.goals(plan), board.words(plan), board.child).moedes == "26. oktober 2026"
    young = board.planned(kind=SkriftKind.UNGEPLAN)
    assert board.words(young).get(MEETS, "") == ""


def test_what_stands_only_in_the_words_of_the_adults_is_not_in_min_plan(board: Board) -> None:
    plan = board.whole(board.planned())
    first, second = board.goals(plan)
    board.kept(plan, second.id, barnets_ord="")
    board.kept(plan, first.id, de_voksne="Trine vækker mig.")
    own = min_plan(board.goals(plan), board.words(plan), board.child)
    assert own.vil == "Jeg vil ikke komme for sent."
    assert (own.voksne, own.tegn) == ("Trine vækker mig.", "")
    assert own.left_out == [2]


def test_a_plan_with_nothing_in_the_childs_words_has_no_paper_for_it(board: Board) -> None:
    plan = board.whole(board.planned())
    for one in board.goals(plan):
        board.kept(plan, one.id, barnets_ord="")
    board.sent(plan)
    assert [code for code, _ in board.letters()] == ["barnets_plan"]


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
    mother = _mother(board)
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


def test_an_indsats_that_has_ended_stands_with_both_its_days_on_the_plans_paper(
    board: Board,
) -> None:
    plan = board.whole(board.planned())
    with board.town.product.store.write(actor="karen", now=board.town.now) as work:
        _serve(work.connection, board, board.goals(plan)[0].id, ended_on=date(2026, 5, 3))
    board.sent(plan, _mother(board))
    for code in ("barnets_plan", "plan_brev"):
        said = dict(board.letters())[code]["plan.maal"][0]["indsats"].replace("\u00a0", " ")
        assert said.endswith(", fra 1. februar til 3. maj 2026"), code


def _serve(
    connection: sa.Connection, board: Board, goal: UUID, *, ended_on: date | None = None
) -> None:
    """Have an indsats serve a goal."""
    number = uuid4()
    connection.execute(
        sa.insert(indsatser).values(
            id=number, sag_id=board.sag, person_id=board.child, code="familiebehandling",
            law="BL § 32", decision_law="BL § 32", unit="uge",
            state="ophoert" if ended_on else "i_gang", ended_on=ended_on,
            starts_on=date(2026, 2, 1), place_hidden=False, version=1,
            made_at=board.town.now, made_by="karen",
        )
    )  # fmt: skip
    connection.execute(sa.insert(indsats_maal).values(indsats_id=number, maal_id=goal))


def _mother(board: Board) -> UUID:
    found = board.town.person("Mette Testvad", born=date(1986, 5, 4))
    board.town.tie(board.child, found, "mor", "barn")
    return found
