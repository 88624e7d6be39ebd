"""An underretning moved to the right child: its case's line, and the case that is left behind."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from dubu_plugin.domain.forloeb import Stage, State
from dubu_plugin.domain.forloeb_reached import reached
from dubu_plugin.domain.underretning import NaesteSkridt
from dubu_plugin.domain.vurdering import Answers
from dubu_plugin.store.sag import sag_events
from dubu_plugin.store.tables import erindringer, sager
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import ALMA, GOOD, Reception
from dubu_plugin.usecases.underretning.case_step import STEPS
from dubu_plugin.usecases.underretning.child_choice import ChildByCpr, KnownChild, UnknownChild
from dubu_plugin.usecases.underretning.choose_child import choose_child
from dubu_plugin.usecases.underretning.left_empty import EMPTY

BFU = replace(GOOD, next_step=NaesteSkridt.BFU)
RIGHT = ChildByCpr(ALMA, "Alma Testvad")


def states(reception: Reception, sag: UUID) -> Mapping[Stage, State]:
    with reception.product.store.read() as connection:
        told = sag_events.events(connection, sag)
    return {stage: one.state for stage, one in reached(told.course).items()}


def step(reception: Reception, sag: UUID) -> str:
    (row,) = reception.rows(sager, id=sag)
    return str(row.step)


def reminded(reception: Reception, sag: UUID) -> list[str]:
    rows = reception.rows(erindringer, sag_id=sag, note=EMPTY)
    return [row.state for row in rows]


@pytest.fixture
def unknown(reception: Reception) -> UUID:
    return reception.registered(made_post.eml("En dreng mistrives."))


def test_the_right_childs_line_says_that_the_underretning_is_assessed(
    reception: Reception, unknown: UUID
) -> None:
    reception.save(unknown, BFU, child=UnknownChild("dreng"))
    reception.town.now += timedelta(hours=3)
    right = reception.save(unknown, BFU, child=RIGHT)
    line = states(reception, right.sag)
    assert line[Stage.UNDERRETNING] is State.FAERDIG
    assert line[Stage.SCREENING] is State.FAERDIG
    assert line[Stage.UNDERSOEGELSE] is State.I_GANG


@pytest.mark.parametrize("answer", [BFU, GOOD], ids=["undersøgelse", "screening"])
def test_of_the_case_left_behind_nothing_runs_and_closing_it_is_offered(
    reception: Reception, unknown: UUID, answer: Answers
) -> None:
    wrong = reception.save(unknown, answer, child=UnknownChild("dreng"))
    reception.town.now += timedelta(hours=3)
    reception.save(unknown, answer, child=RIGHT)
    assert set(states(reception, wrong.sag).values()) == {State.KOMMER}
    assert step(reception, wrong.sag) == "modtaget"
    assert reminded(reception, wrong.sag) == ["aaben"]


def test_chosen_on_a_page_of_its_own_it_is_the_same(reception: Reception, unknown: UUID) -> None:
    wrong = reception.save(unknown, BFU, child=UnknownChild("dreng"))
    version = reception.about(unknown).version
    choose_child(unknown, RIGHT, version=version, **reception.by())
    assert step(reception, wrong.sag) == "modtaget"
    assert reminded(reception, wrong.sag) == ["aaben"]


def test_moved_back_the_case_is_used_again(reception: Reception, unknown: UUID) -> None:
    wrong = reception.save(unknown, BFU, child=UnknownChild("dreng"))
    right = reception.save(unknown, BFU, child=RIGHT)
    reception.save(unknown, BFU, child=KnownChild(wrong.child))
    assert reminded(reception, wrong.sag) == ["udfoert"]
    assert step(reception, wrong.sag) == STEPS[NaesteSkridt.BFU]
    assert states(reception, wrong.sag)[Stage.UNDERSOEGELSE] is State.I_GANG
    assert step(reception, right.sag) == "modtaget"
    assert reminded(reception, right.sag) == ["aaben"]


def test_where_another_underretning_lies_the_case_stands_as_that_says(
    reception: Reception, unknown: UUID
) -> None:
    wrong = reception.save(unknown, BFU, child=UnknownChild("dreng"))
    other = reception.registered(made_post.eml("Drengen igen.", message_id="<2@x>"))
    reception.save(other, GOOD, child=KnownChild(wrong.child))
    reception.save(unknown, BFU, child=RIGHT)
    assert step(reception, wrong.sag) == "screening"
    assert states(reception, wrong.sag)[Stage.SCREENING] is State.I_GANG
    assert reminded(reception, wrong.sag) == []
