"""What a suspicion of abuse asks of an assessment, and what it keeps from the letter box."""

from dataclasses import replace
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.underretning import NaesteSkridt, Pligt
from dubu_plugin.domain.vurdering import Samtale
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.tables import personer, vurderinger
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import GOOD, NOW, TEXT, Reception
from dubu_plugin.usecases.underretning.correct import Corrections
from dubu_plugin.usecases.underretning.kvittering import ComesHome, OpenedAtHome

OMITTED = replace(
    GOOD,
    suspicion=True,
    concerns={"18"},
    conversation=Samtale.UNDLADT,
    conversation_reason="Er 8 måneder.",
)


@pytest.fixture
def alma(reception: Reception) -> UUID:
    return reception.registered(made_post.eml(TEXT))


def test_paragraf_20_stk_1_nr_2_a_suspicion_asks_for_an_undersoegelse_whatever_comes_first(
    reception: Reception, alma: UUID
) -> None:
    """It stands until an undersøgelse is decided, or the suspicion is gone."""
    doubt = OMITTED
    reception.save(alma, doubt)
    assert reception.deadlines(alma)["BFU-MIST"] == State.AABEN
    reception.save(alma, replace(doubt, next_step=NaesteSkridt.BFU))
    assert reception.deadlines(alma)["BFU-MIST"] == State.OPFYLDT


def test_the_duty_of_a_suspicion_goes_with_the_suspicion(reception: Reception, alma: UUID) -> None:
    doubt = replace(OMITTED, concerns={"7"})
    reception.save(alma, doubt)
    reception.save(alma, GOOD)
    assert reception.deadlines(alma)["BFU-MIST"] == State.BORTFALDET


def test_what_was_typed_under_another_choice_is_not_stored(
    reception: Reception, alma: UUID
) -> None:
    reception.save(alma, replace(GOOD, acute_action="Politi kører ud nu.", conversation_reason="x"))
    with reception.product.store.read() as connection:
        stored = underretninger.vurdering_of(connection, alma)
    assert stored is not None
    assert (stored.acute_action, stored.conversation_reason) == (None, None)


@pytest.mark.parametrize(
    ("where", "concern", "goes"),
    [
        ("Prøvegade 7, 9999 Prøvestrup", "18", False),
        ("c/o Testvad, Prøvegade nr. 7 9999 Prøvestrup", "18", False),
        ("Prøvegade 7, 9999 Prøvestrup", "7", True),  # by somebody else than the parents
        ("Testvej 1, 9999 Prøvestrup", "18", True),
        ("mor@test.example", "18", True),
    ],
)
def test_a_kvittering_does_not_come_home_to_a_parent_who_is_suspected(
    reception: Reception, alma: UUID, where: str, concern: str, goes: bool
) -> None:
    number, child = alma, reception.about(alma).child_id
    with reception.product.store.write(actor="system", now=NOW) as work:
        lives = {"address": "Prøvegade 7, 9999 Prøvestrup"}
        work.connection.execute(sa.update(personer).where(personer.c.id == child).values(**lives))
    doubt = replace(OMITTED, concerns={concern})
    mother = Corrections(underretter="4", pligt=Pligt.ALLE, notifier_name="Sanne Testvad",
                         notifier_address=where)  # fmt: skip
    if goes:
        reception.save(number, doubt, corrections=mother, kvittering=True)
        return
    with pytest.raises(ComesHome):
        reception.save(number, doubt, corrections=mother, kvittering=True)
    assert reception.rows(vurderinger) == [], "nothing is saved: it is asked again"
    reception.save(number, doubt, corrections=mother, kvittering=False)


@pytest.mark.parametrize(
    ("concern", "where", "goes"),
    [
        ("9", "Prøvegade 7 9999 Prøvestrup", False),  # the parents' own abuse of alcohol
        ("9", "Testvej 1, 9999 Prøvestrup", True),
        ("3", "Prøvegade 7 9999 Prøvestrup", True),  # the child's school
    ],
)
def test_a_kvittering_comes_to_the_home_it_is_about_only_where_somebody_says_it_may(
    reception: Reception, alma: UUID, concern: str, where: str, goes: bool
) -> None:
    child = reception.about(alma).child_id
    with reception.product.store.write(actor="system", now=NOW) as work:
        lives = {"address": "Prøvegade 7, 9999 Prøvestrup"}
        work.connection.execute(sa.update(personer).where(personer.c.id == child).values(**lives))
    worry = replace(GOOD, concerns={concern})
    mother = Corrections(underretter="4", pligt=Pligt.ALLE, notifier_name="Sanne Testvad",
                         notifier_address=where)  # fmt: skip
    if not goes:
        with pytest.raises(OpenedAtHome):
            reception.save(alma, worry, corrections=mother, kvittering=True)
        assert reception.rows(vurderinger) == [], "nothing is saved: it is asked again"
    reception.save(alma, worry, corrections=mother, kvittering=True, home_is_safe=not goes)
