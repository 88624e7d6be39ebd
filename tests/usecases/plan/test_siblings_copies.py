"""What of one plan for siblings stands on whose case and in whose copy (§ 91, stk. 3, § 105, FVL
§ 27)."""

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.maal import Aim
from dubu_plugin.domain.netvaerk import Myndighed, Part, Rolle
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.family import netvaerk, personer
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.tables import indsats_maal, indsatser, letters
from dubu_plugin.store.tables import personer as people
from dubu_plugin.store.tables import sager as cases
from dubu_plugin.usecases.dokument.held_apart import ApartNotSeen
from dubu_plugin.usecases.dokument.hidden_place import PlaceNotSeen
from dubu_plugin.usecases.plan.begin_plan import Wanted
from dubu_plugin.usecases.plan.keep_plan import Facts, Kept, keep
from dubu_plugin.usecases.plan.send_plan import CopiesNotSeen, OthersGetIt
from dubu_plugin.usecases.skrift.present import NotFinished

from .board import LOOK, Board

HERS = "Alma kommer i skole til tiden"
HIS = "Viggo går til svømning"


class Shared:
    """Alma's plan, with a goal that is her brother's."""

    def __init__(self, board: Board) -> None:
        self.board, self.town = board, board.town
        self.brother = self.town.person("Viggo Prøvesen", born=date(2019, 3, 9))
        self.mother = self.town.person("Mette Testvad", born=date(1986, 5, 4))
        with self.town.product.store.write(actor="karen", now=self.town.now) as work:
            family = [(self.brother, Tie.SIBLING), (self.mother, Tie.MOTHER)]
            personer.keep_ties(work.connection, board.child, family)

    def his(self, *family: tuple[UUID, Tie]) -> None:
        with self.town.product.store.write(actor="karen", now=self.town.now) as work:
            personer.keep_ties(work.connection, self.brother, family)

    def father(self, name: str = "Michael Prøvesen") -> UUID:
        return self.town.person(name, born=date(1984, 2, 9))

    def plan(self, his: str = HIS) -> Skrift:
        board = self.board
        wanted = Wanted(board.school, HERS), Wanted(board.play, his)
        plan = board.whole(board.planned(*wanted))
        second = board.goals(plan)[1]
        keep(board.sag, plan.id, Kept({}, {second.id: Facts(Aim.UDVIKLE, LOOK, self.brother)}),
             **board.act())  # fmt: skip
        return board.now(plan)

    def unseen(self, plan: Skrift, *to: UUID) -> set[str]:
        """Return the marks of the goals that are not in the copies of some."""
        return {f"{one}:{goal.id}" for one in to for goal in self.board.goals(plan)}

    def on(self, sag: UUID, code: str = "barnets_plan") -> dict[str, Any]:
        its = letters.c
        with self.town.product.store.read() as connection:
            found = connection.execute(
                sa.select(its["values"]).where(its.sag_id == sag, its.code == code)
            )
            return dict(json.loads(found.scalar_one()))

    def copies(self) -> dict[str, list[str]]:
        """Return the goals in each parent's copy."""
        return {
            said["modtager.navn"]: [one["maal"] for one in said["plan.maal"]]
            for code, said in self.board.letters()
            if code == "plan_brev"
        }


@pytest.fixture
def shared(board: Board) -> Shared:
    return Shared(board)


def test_paragraf_91_stk_3_a_siblings_case_has_the_siblings_goals_and_what_is_in_common(
    shared: Shared,
) -> None:
    board, theirs = shared.board, shared.town.sag(shared.brother)
    with shared.town.product.store.write(actor="karen", now=shared.town.now) as work:
        work.connection.execute(
            sa.update(cases).where(cases.c.id == board.sag).values(protected=True)
        )
    plan = shared.plan()
    board.kept(plan, foraeldrenes_bemaerkninger="Far siger noget.", uenighed="Mor er uenig.",
               barnets_bemaerkninger="Alma er glad.", skole="Prøveskolen",
               kontinuitet="Hos Demo Plejefamilie", min_moedes="Hos plejefar")  # fmt: skip
    board.sent(plan)
    his = shared.on(theirs)
    assert [one["maal"] for one in his["plan.maal"]] == [HIS]
    assert his["barn.navn"] == "Viggo Prøvesen"
    assert [one["titel"] for one in his["skrift.dele"]] == ["Formål", "Forventet varighed"]
    said = str(his) + str(shared.on(theirs, "min_plan"))
    for hidden in ("Alma", HERS, "Far siger", "Mor er uenig", "mor står op", "Prøveskolen",
                   "Plejefamilie", "plejefar"):  # fmt: skip
        assert hidden not in said, hidden
    hers = str(shared.on(board.sag))
    assert "Far siger noget." in hers
    assert HIS in hers


def test_paragraf_91_stk_3_the_need_of_the_one_is_not_told_of_the_other(shared: Shared) -> None:
    theirs = shared.town.sag(shared.brother)
    shared.board.sent(shared.plan())
    assert [one["behov"] for one in shared.on(theirs)["plan.maal"]] == [""]
    assert "Fritid og venner" in str(shared.on(shared.board.sag))


@pytest.mark.parametrize(
    ("code", "law", "told"),
    [("anbringelse_samtykke", "BL § 46", False), ("familiebehandling", "BL § 32", True)],
)
def test_paragraf_105_a_siblings_case_does_not_tell_where_the_child_is_placed(
    shared: Shared, code: str, law: str, told: bool
) -> None:
    theirs, plan = shared.town.sag(shared.brother), shared.plan()
    number = uuid4()
    with shared.town.product.store.write(actor="karen", now=shared.town.now) as work:
        work.connection.execute(
            sa.insert(indsatser).values(
                id=number, sag_id=shared.board.sag, person_id=shared.board.child, code=code,
                law=law, decision_law=law, unit="uge", state="i_gang", ended_on=None,
                starts_on=date(2026, 2, 1), place_hidden=True, version=1,
                made_at=shared.town.now, made_by="karen",
            )
        )  # fmt: skip
        second = shared.board.goals(plan)[1]
        work.connection.execute(
            sa.insert(indsats_maal).values(indsats_id=number, maal_id=second.id)
        )
    shared.board.sent(plan)
    (goal,) = shared.on(theirs)["plan.maal"]
    assert bool(goal["indsats"]) is told


@pytest.mark.parametrize("hidden", [True, False])
def test_paragraf_105_where_a_sibling_lives_is_told_to_no_parent_either(
    shared: Shared, hidden: bool
) -> None:
    shared.his((shared.mother, Tie.MOTHER))
    theirs, plan = shared.town.sag(shared.brother), shared.plan()
    shared.board.kept(plan, kontinuitet="Begge bor hos Demo Plejefamilie")
    with shared.town.product.store.write(actor="karen", now=shared.town.now) as work:
        work.connection.execute(
            sa.insert(indsatser).values(
                id=uuid4(), sag_id=theirs, person_id=shared.brother, code="anbringelse_samtykke",
                law="BL § 46", decision_law="BL § 46", unit="døgn", state="i_gang", ended_on=None,
                starts_on=date(2026, 2, 1), place_hidden=hidden, version=1,
                made_at=shared.town.now, made_by="karen",
            )
        )  # fmt: skip
    if hidden:
        with pytest.raises(PlaceNotSeen):
            shared.board.sent(plan, shared.mother)
    shared.board.sent(plan, shared.mother, apart_seen=hidden)
    told = "Plejefamilie" in str(dict(shared.board.letters())["plan_brev"])
    assert told is not hidden


def test_paragraf_91_the_parents_of_a_sibling_who_is_of_age_get_nothing_of_it(
    shared: Shared,
) -> None:
    shared.his((shared.mother, Tie.MOTHER))
    plan = shared.plan()
    with shared.town.product.store.write(actor="karen", now=shared.town.now) as work:
        work.connection.execute(
            sa.update(people).where(people.c.id == shared.brother).values(born=date(2005, 1, 4))
        )
    shared.board.sent(plan, shared.mother, seen=shared.unseen(plan, shared.mother))
    assert shared.copies() == {"Mette Testvad": [HERS]}


def test_paragraf_91_stk_3_a_parent_of_both_gets_both_childrens_goals(shared: Shared) -> None:
    father = shared.father()
    shared.his((shared.mother, Tie.MOTHER), (father, Tie.FATHER))
    shared.board.sent(shared.plan(), shared.mother, seen=())
    assert shared.copies() == {"Mette Testvad": [HERS, HIS]}
    assert (
        dict(shared.board.letters())["plan_brev"]["barn.navn"] == "Alma Testvad og Viggo Prøvesen"
    )


def test_paragraf_91_stk_3_a_tie_that_is_known_from_the_parents_side_alone_counts(
    shared: Shared,
) -> None:
    with shared.town.product.store.write(actor="karen", now=shared.town.now) as work:
        personer.keep_ties(work.connection, shared.mother, [(shared.brother, Tie.CHILD)])
    shared.board.sent(shared.plan(), shared.mother)
    assert shared.copies() == {"Mette Testvad": [HERS, HIS]}


def test_paragraf_27_what_stays_out_of_a_copy_is_seen_before_it_is_sent(shared: Shared) -> None:
    father = shared.father()
    shared.his((father, Tie.FATHER))
    plan = shared.plan()
    with pytest.raises(CopiesNotSeen):
        shared.board.sent(plan, shared.mother)
    assert shared.board.letters() == []
    shared.board.sent(plan, shared.mother, seen=shared.unseen(plan, shared.mother))
    assert shared.copies() == {"Mette Testvad": [HERS]}


def test_paragraf_91_stk_3_a_half_siblings_other_parent_gets_his_childs_goals_and_no_others(
    shared: Shared,
) -> None:
    father = shared.father()
    shared.his((shared.mother, Tie.MOTHER), (father, Tie.FATHER))
    plan = shared.plan()
    shared.board.kept(plan, uenighed="Mor er uenig.", skole="Prøveskolen",
                      barnets_bemaerkninger="Alma er glad.")  # fmt: skip
    shared.board.sent(plan, father, seen=shared.unseen(plan, father))
    assert shared.copies() == {"Michael Prøvesen": [HIS]}
    his = dict(shared.board.letters())["plan_brev"]
    assert his["barn.navn"] == "Viggo Prøvesen"
    for hidden in ("Alma", "uenig", "Prøveskolen", "mor står op", "Fritid og venner"):
        assert hidden not in str(his), hidden
    assert "En rolig hverdag" in str(his), "the purpose is of both children"


def test_paragraf_27_a_parent_without_custody_of_the_sibling_gets_nothing_of_it(
    shared: Shared,
) -> None:
    father = shared.father()
    shared.his((shared.mother, Tie.MOTHER), (father, Tie.FATHER))
    town = shared.town
    with town.product.store.write(actor="karen", now=town.now) as work:
        for line in netvaerk.of_child(work.connection, shared.brother):
            has = Myndighed.DEL if line.who.id == shared.mother else Myndighed.INGEN
            part = Part(role=line.part.role, custody=has)
            netvaerk.change(work.connection, line, part, by="karen", now=town.now)
    plan = shared.plan()
    with pytest.raises(OthersGetIt):
        shared.board.sent(plan, father, seen=shared.unseen(plan, father))


def test_paragraf_27_who_is_held_apart_from_the_siblings_parent_is_looked_for_too(
    shared: Shared,
) -> None:
    father = shared.father()
    shared.his((shared.mother, Tie.MOTHER), (father, Tie.FATHER))
    town = shared.town
    with town.product.store.write(actor="karen", now=town.now) as work:
        line = netvaerk.one(work.connection, shared.brother, father)
        assert line is not None
        part = Part(role=Rolle.FAR, custody=Myndighed.UKENDT, apart=True)
        netvaerk.change(work.connection, line, part, by="karen", now=town.now)
    with pytest.raises(ApartNotSeen):
        shared.board.sent(shared.plan(), shared.mother)


def test_paragraf_91_stk_3_a_goal_of_the_sibling_that_names_the_other_is_seen_before_it_is_sent(
    shared: Shared,
) -> None:
    plan = shared.plan("Alma kommer i skole til tiden")
    with pytest.raises(CopiesNotSeen):
        shared.board.sent(plan)
    assert shared.board.letters() == []
    goal = shared.board.goals(plan)[1]
    shared.board.sent(plan, seen=[f"{goal.place}:aendring"])
    assert shared.board.letters() != []


def test_paragraf_91_stk_3_a_purpose_that_names_one_of_them_is_seen_too(shared: Shared) -> None:
    plan = shared.plan()
    shared.board.kept(plan, formaal="Almas hverdag bliver rolig.")
    with pytest.raises(CopiesNotSeen):
        shared.board.sent(plan)
    shared.board.sent(plan, seen=[":formaal"])


def test_what_is_lacking_is_said_before_what_is_to_be_seen(shared: Shared) -> None:
    plan = shared.plan("Alma kommer i skole til tiden")
    shared.board.kept(plan, formaal="")
    with pytest.raises(NotFinished):
        shared.board.sent(plan)
