"""A clock is never with somebody who cannot open what it runs on."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from dubu_plugin.store.tables import employees, erindringer, frister, haendelser
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import ALMA, NOW, Reception
from dubu_plugin.usecases.underretning.child_choice import ChildByCpr
from dubu_plugin.usecases.underretning.choose_child import choose_child
from dubu_plugin.usecases.underretning.find_child import find_child
from dubu_plugin.usecases.underretning.hand_over import Receiver, hand_over
from dubu_plugin.usecases.underretning.register_call import Call, register_call

GRANDMOTHER = "mette"
"""Works here, and is the father's mother in the address book."""


@pytest.fixture
def kin(reception: Reception) -> Reception:
    with reception.product.store.write(actor="system", now=NOW) as work:
        mine = employees.update().where(employees.c.key == GRANDMOTHER)
        work.connection.execute(mine.values(person_key="person-5"))
    return reception


def call(reception: Reception, text: str) -> UUID:
    """Let the grandmother type a call, without saying which child it is."""
    given = Call(uuid4(), NOW - timedelta(minutes=5), text, underretter="13")
    number = register_call(given, **reception.by(GRANDMOTHER)).underretning
    assert number is not None
    assert reception.about(number).responsible == GRANDMOTHER
    return number


def assert_given_up(reception: Reception, number: UUID) -> None:
    about = reception.about(number)
    assert (about.responsible, about.unit) == (None, "modtagelse")
    (clock,) = reception.rows(frister, underretning_id=number, rule="UND-24T")
    assert (clock.responsible, clock.unit, clock.state) == (None, "modtagelse", "aaben")
    given = reception.rows(haendelser, underretning_id=number, type="underretning_givet_videre")
    assert len(given) == 1
    assert reception.rows(erindringer) == []
    hand_over(number, Receiver(employee="karen"), **reception.by("karen"))
    assert reception.about(number).responsible == "karen"


@pytest.mark.parametrize(
    "text", ["Det handler om Alma Testvad.", "Det handler om Alma Testvad, CPR 031216-4990."]
)
def test_a_call_that_turns_out_to_be_about_ones_family_is_the_units(
    kin: Reception, text: str
) -> None:
    number = call(kin, text)
    kin.deliver()
    assert_given_up(kin, number)


def test_it_is_so_where_a_colleague_chooses_the_child(kin: Reception) -> None:
    kin.registered(made_post.eml("Om Alma Testvad, CPR 031216-4990."))
    number = call(kin, "Det handler om en pige på 9 år.")
    choice = ChildByCpr(ALMA)
    version = kin.about(number).version
    choose_child(number, choice, version=version, **kin.by("karen"))
    assert_given_up(kin, number)


def test_it_is_so_where_somebody_is_looked_up(kin: Reception) -> None:
    number = call(kin, "Det handler om en pige på 9 år.")
    choose_child(
        number, ChildByCpr(ALMA, "Alma Testvad"), version=kin.about(number).version,
        **kin.by("karen"),
    )  # fmt: skip
    find_child("Alma Testvad", **kin.by("karen"))
    kin.deliver()
    assert_given_up(kin, number)
