"""The parents' own plan (barnets lov §§ 75-79): theirs alone, and revised in time."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.maal import Aim
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.plan import maal
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.tables import frister
from dubu_plugin.usecases.plan.begin_plan import Wanted
from dubu_plugin.usecases.plan.for_parents import is_for_parents
from dubu_plugin.usecases.plan.hand_out import hand_out
from dubu_plugin.usecases.plan.keep_plan import Facts, Kept, keep
from dubu_plugin.usecases.skrift.present import NotFinished, begin_version

from .board import LOOK, Board

PARENTS = SkriftKind.FORAELDREHANDLEPLAN


@pytest.fixture
def mother(board: Board) -> UUID:
    found = board.town.person("Mette Testvad", born=date(1986, 5, 4))
    board.town.tie(board.child, found, "mor", "barn")
    return found


@pytest.fixture
def father(board: Board) -> UUID:
    found = board.town.person("Mads Prøvesen", born=date(1984, 5, 4))
    board.town.tie(board.child, found, "far", "barn")
    return found


def placed(board: Board, *, foraeldreplan: bool = False) -> None:
    board.town.happened(
        H.ANBRINGELSE_IVAERKSAT, sag=board.sag, person=board.child,
        data={"grund": "andet", "foraeldreplan": foraeldreplan},
    )  # fmt: skip


def ready(board: Board, *wanted: str) -> Skrift:
    goals = [Wanted(None, text) for text in wanted or ("Mor bliver ædru",)]
    plan = board.planned(*goals, kind=PARENTS)
    board.kept(plan, aarsag="Alkohol.", formaal="Alma kan komme hjem.", varighed="Et år",
               foraeldrenes_oensker="Jeg vil i behandling.", stoette="Behandling.")  # fmt: skip
    for one in board.goals(plan):
        board.kept(plan, one.id, hvem_goer_hvad="Mor går til samtaler.", indikator="Uger uden")
    return board.now(plan)


def due(board: Board) -> list[tuple[str, date]]:
    """Return the deadlines that are open about the parents' plan."""
    with board.town.product.store.read() as connection:
        rows = connection.execute(
            sa.select(frister.c.rule, frister.c.due)
            .where(frister.c.rule.like("FORPLAN%"), frister.c.state == "aaben")
            .order_by(frister.c.rule)
        )
        return [(row.rule, row.due.date()) for row in rows]


def test_paragraf_77_the_plan_says_why_and_with_what_support(board: Board) -> None:
    plan = board.planned(Wanted(None, "Mor bliver ædru"), kind=PARENTS)
    with pytest.raises(NotFinished) as no:
        board.sent(plan)
    assert {one.field for one in no.value.lacking} >= {
        "aarsag", "formaal", "varighed", "foraeldrenes_oensker", "stoette",
    }  # fmt: skip
    assert board.letters() == []


def test_it_is_filed_for_itself_and_no_child_gets_it(board: Board) -> None:
    board.sent(ready(board))
    assert [code for code, _ in board.letters()] == ["foraeldrehandleplan"]
    assert len(board.happened(H.FORAELDREHANDLEPLAN_VEDTAGET)) == 1
    assert board.adopted() == set(), "barnets plan is another"


def test_it_takes_nothing_from_the_decision_about_the_child_and_stands_beside_its_plan(
    board: Board,
) -> None:
    first = board.whole(board.planned())
    board.sent(first)
    board.sent(ready(board))
    with board.town.product.store.read() as connection:
        assert maal.newest_plan(connection, board.sag) == first.id
        assert maal.newest_plan(connection, board.sag, PARENTS) not in (None, first.id)


def test_each_parent_reads_what_is_theirs_and_both_of_theirs(
    board: Board, mother: UUID, father: UUID
) -> None:
    plan = ready(board, "Mor bliver ædru", "Far flytter hjemmefra", "I taler pænt til Alma")
    first, second, _ = board.goals(plan)
    facts = {
        first.id: Facts(Aim.UDVIKLE, LOOK, mother),
        second.id: Facts(Aim.UDVIKLE, LOOK, father),
    }
    keep(board.sag, plan.id, Kept({}, facts), **board.act())
    board.kept(plan, foraeldrenes_bemaerkninger="Far siger noget.")
    board.sent(plan, mother, father)
    copies = {
        one["modtager.navn"]: [(row["barn"], row["maal"]) for row in one["plan.maal"]]
        for code, one in board.letters()
        if code == "foraeldreplan_brev"
    }
    both = ("Begge forældre", "I taler pænt til Alma")
    assert copies == {
        "Mette Testvad": [("Mette Testvad", "Mor bliver ædru"), both],
        "Mads Prøvesen": [("Mads Prøvesen", "Far flytter hjemmefra"), both],
    }
    said = [one for code, one in board.letters() if code == "foraeldreplan_brev"]
    assert "Far siger noget." not in str(said)


def test_its_goals_are_the_parents_and_no_siblings(board: Board, mother: UUID) -> None:
    brother = board.town.person("Viggo Testvad", born=date(2022, 3, 9))
    board.town.tie(board.child, brother, "soeskende", "soeskende")
    plan = ready(board)
    goal = board.goals(plan)[0]
    wrong = {goal.id: Facts(Aim.UDVIKLE, LOOK, brother)}
    with pytest.raises(NotYours):
        keep(board.sag, plan.id, Kept({}, wrong), **board.act())
    of_child = board.planned()
    wrong = {board.goals(of_child)[0].id: Facts(Aim.UDVIKLE, LOOK, mother)}
    with pytest.raises(NotYours):
        keep(board.sag, of_child.id, Kept({}, wrong), **board.act())


def test_no_place_is_handed_a_part_of_it(board: Board) -> None:
    plan = ready(board)
    board.sent(plan)
    with pytest.raises(NotYours):
        hand_out(board.sag, plan.id, {board.goals(plan)[0].id}, "Prøvegården", **board.act())


def test_paragraf_79_a_plan_made_after_the_placement_is_revised_three_months_from_it(
    board: Board,
) -> None:
    board.town.moment[0] = datetime(2026, 6, 1, 9, tzinfo=UTC)
    placed(board)
    assert due(board) == []
    board.town.moment[0] = datetime(2026, 6, 20, 9, tzinfo=UTC)
    plan = ready(board)
    board.sent(plan)
    assert due(board) == [("FORPLAN-REV", date(2026, 9, 1))]
    begin_version(board.sag, plan.id, **board.act())
    board.sent(board.now(plan))
    assert due(board) == [("FORPLAN-12M", date(2027, 6, 20))]
    assert board.now(plan).state is SkriftState.GODKENDT


def test_paragraf_79_a_plan_that_was_there_is_counted_once(board: Board) -> None:
    board.town.moment[0] = datetime(2026, 6, 1, 9, tzinfo=UTC)
    placed(board, foraeldreplan=True)
    board.town.moment[0] = datetime(2026, 6, 20, 9, tzinfo=UTC)
    board.sent(ready(board))
    assert due(board) == [("FORPLAN-REV", date(2026, 9, 1))]


def test_paragraf_79_after_three_months_there_is_no_revision_to_wait_for(board: Board) -> None:
    board.town.moment[0] = datetime(2026, 2, 1, 9, tzinfo=UTC)
    placed(board)
    board.town.moment[0] = datetime(2026, 6, 20, 9, tzinfo=UTC)
    board.sent(ready(board))
    assert due(board) == []


def test_it_is_offered_where_a_placement_runs(board: Board) -> None:
    store = board.town.product.store
    with store.read() as connection:
        assert not is_for_parents(connection, board.sag)
    placed(board)
    with store.read() as connection:
        assert is_for_parents(connection, board.sag)
