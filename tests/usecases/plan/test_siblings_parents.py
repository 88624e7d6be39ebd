"""The address book is asked whose child a sibling is that gets a goal (§ 91, stk. 3)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest

from dubu_plugin.domain.maal import Aim
from dubu_plugin.errors import Unreachable
from dubu_plugin.ports.persons import Relation, Tie
from dubu_plugin.store.family import personer
from dubu_plugin.store.tables import read_log
from dubu_plugin.usecases.plan.keep_plan import Facts, Kept, keep

from .board import LOOK, Board


@pytest.fixture
def brother(board: Board) -> UUID:
    found = board.town.person("Viggo Prøvesen", born=date(2019, 3, 9))
    board.town.tie(board.child, found, "soeskende", "anden")
    with board.town.product.store.write(actor="karen", now=board.town.now) as work:
        personer.keep_ties(work.connection, found, [])
    return found


@pytest.fixture
def mother(board: Board) -> UUID:
    return board.town.person("Mette Testvad", born=date(1986, 5, 4))


def says(board: Board, child: UUID, mother: UUID) -> None:
    """Let the address book know whose child it is."""
    people = board.town.persons.people
    board.town.persons.family[str(child)] = [Relation(Tie.MOTHER, people[str(mother)])]


def given(board: Board, brother: UUID) -> None:
    plan = board.planned()
    second = board.goals(plan)[1]
    keep(board.sag, plan.id, Kept({}, {second.id: Facts(Aim.UDVIKLE, LOOK, brother)}),
         **board.act())  # fmt: skip


def kept(board: Board, brother: UUID) -> dict[UUID, Tie]:
    with board.town.product.store.read() as connection:
        return dict(personer.ties_of(connection, brother))


def test_paragraf_91_stk_3_a_goal_for_a_sibling_asks_who_its_parents_are(
    board: Board, brother: UUID, mother: UUID
) -> None:
    says(board, brother, mother)
    given(board, brother)
    assert kept(board, brother) == {mother: Tie.MOTHER}
    with board.town.product.store.read() as connection:
        asked = [row.detail for row in connection.execute(read_log.select())
                 if row.why == "opslag:adressebog"]  # fmt: skip
    assert asked == [f"person:{brother}"], "that it was looked up stands in the log"


def test_a_book_that_is_away_hinders_nothing_and_is_asked_again(
    board: Board, brother: UUID, mother: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: str) -> Sequence[Relation]:
        raise Unreachable("fake", "relations")

    with monkeypatch.context() as patched:
        patched.setattr(board.town.persons, "relations", away)
        given(board, brother)
    assert kept(board, brother) == {}
    says(board, brother, mother)
    plan = board.planned()
    keep(board.sag, plan.id, Kept({}, {}), **board.act())
    assert kept(board, brother) == {mother: Tie.MOTHER}


def test_nobody_is_asked_of_who_has_no_goal(board: Board, brother: UUID, mother: UUID) -> None:
    says(board, brother, mother)
    plan = board.planned()
    keep(board.sag, plan.id, Kept({}, {}), **board.act())
    assert kept(board, brother) == {}
