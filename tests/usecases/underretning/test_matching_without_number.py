"""A wrong number, an address and a sibling: what is shown, and that nobody is chosen silently."""

from uuid import uuid4

import pytest

from dubu_plugin.domain.match import ChildState
from dubu_plugin.store.tables import candidates, personer
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import NOW, Reception
from dubu_plugin.usecases.underretning.child_choice import ChildByCpr
from dubu_plugin.usecases.underretning.numbers_heard import numbers_heard
from dubu_plugin.usecases.underretning.register_call import Call, register_call


def test_a_number_that_is_nobodys_is_said_once_the_address_book_has_answered(
    reception: Reception,
) -> None:
    about = reception.about(reception.registered(made_post.eml("Om Alma Testvad, 260719-4993.")))
    with reception.product.store.read() as connection:
        asked = numbers_heard(connection, about.text, looked_up=True)
        not_yet = numbers_heard(connection, about.text, looked_up=False)
    assert about.child_id is None
    assert [one for one in asked if "Ingen i adressebogen" in one and "260719-" in one]
    assert not [one for one in not_yet if "Ingen i adressebogen" in one]
    assert "4993" not in " ".join(asked)


def test_a_number_somebody_has_is_not_doubted_where_a_person_chose_another_child(
    reception: Reception,
) -> None:
    text = "Mor er Sanne Testvad, 230388-1990."
    call = Call(uuid4(), NOW, text, child=ChildByCpr("031216-4990", "Alma Testvad"))
    new = register_call(call, **reception.by()).underretning
    assert new is not None
    reception.deliver()
    with reception.product.store.read() as connection:
        assert numbers_heard(connection, text, looked_up=True) == ()


def test_who_lives_at_the_address_is_shown_where_nobody_is_named(reception: Reception) -> None:
    text = "Der er larm og gråd hver nat på Prøvegade 7."
    about = reception.about(reception.registered(made_post.eml(text)))
    assert about.child_id is None
    rows = reception.rows(candidates, underretning_id=about.id)
    assert rows
    assert {row.reasons for row in rows} == {"adresse"}


def test_a_sibling_named_in_full_leaves_the_choice_to_a_person(reception: Reception) -> None:
    text = "Viggo Prøvesen græder. Alma Testvad bor der også. Nummer 031216-4990."
    about = reception.about(reception.registered(made_post.eml(text)))
    assert about.child_state is ChildState.SUGGESTED
    assert {"cpr,navn", "navn"} <= {
        row.reasons.replace(",adresse", "")
        for row in reception.rows(candidates, underretning_id=about.id)
    }


@pytest.mark.parametrize(
    "text",
    [
        "viggo prøvesen græder hver nat, kom nu",
        "vi passer viggo\nprøvesen om dagen",
        "PRØVESEN VIGGO SLÅS",
        "Nabo: Viggo Prøvesen græder hver nat.",
        "farmor siger at prøvesen, viggo ikke får mad",
    ],
)
def test_a_child_we_know_is_proposed_however_its_name_is_written(
    reception: Reception, text: str
) -> None:
    reception.about(reception.registered(made_post.eml("Viggo Prøvesen, 031216-4990, græder.")))
    again = reception.about(reception.registered(made_post.eml(text)))
    assert again.child_id is None, "a name alone chooses nobody"
    assert again.child_state is ChildState.SUGGESTED
    viggo = {row.id for row in reception.rows(personer, name="Viggo Prøvesen")}
    assert viggo & {row.person_id for row in reception.rows(candidates, underretning_id=again.id)}


def test_who_writes_is_not_proposed_for_being_known(reception: Reception) -> None:
    reception.about(reception.registered(made_post.eml("Viggo Prøvesen, 031216-4990, græder.")))
    text = "Der er larm i opgangen hver nat.\n\nVenlig hilsen\nviggo prøvesen"
    again = reception.about(reception.registered(made_post.eml(text)))
    assert reception.rows(candidates, underretning_id=again.id) == []
