"""A wrong number, an address and a sibling: what is shown, and that nobody is chosen silently."""

from uuid import uuid4

from dubu_plugin.domain.match import ChildState
from dubu_plugin.store.tables import candidates
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
