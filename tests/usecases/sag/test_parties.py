"""The host's case has the child's parents as parties, wherever the underretning is put."""

import sqlalchemy as sa

from dubu_journal import cases
from dubu_plugin.delivery.attempt import LEASE
from dubu_plugin.ports.journal_objects import Kind, Ref
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.tables import outbox
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import TEXT
from dubu_plugin.usecases.underretning.child_choice import ChildByCpr
from dubu_plugin.usecases.underretning.choose_child import Chosen, choose_child

from .conftest import Embedded

FAMILY = ["Alma Testvad", "Sanne Testvad", "Michael Prøvesen"]
VIGGOS = ["Viggo Prøvesen", "Sanne Testvad", "Michael Prøvesen"]


def moved(it: Embedded, cpr: str, name: str) -> Chosen:
    """Put the underretning on another child."""
    version = it.reception.about(it.underretning).version
    choice = ChildByCpr(cpr, name)
    return choose_child(it.underretning, choice, version=version, **it.reception.by())


def parties_of(it: Embedded, key: str) -> list[str]:
    return [one.name for one in it.journal.parties(Ref(it.journal.name, Kind.CASE, key))]


def redelivered(it: Embedded, kind: str) -> None:
    """Have what was delivered delivered once more, as after a crash in the wrong moment."""
    with it.reception.product.store.write(actor="system", now=it.reception.now) as work:
        changed = work.connection.execute(
            sa.update(outbox)
            .where(outbox.c.kind == kind)
            .values(state="sender", next_try=it.reception.now - LEASE)
        )
        assert changed.rowcount >= 1
    it.reception.deliver()


def test_an_underretning_moved_to_another_child_takes_that_childs_parents_along(
    embedded: Embedded,
) -> None:
    it = embedded
    assert sorted(it.parties()) == sorted(FAMILY)
    moved(it, "021221-4991", "Viggo Prøvesen")
    it.reception.deliver()
    assert sorted(it.parties()) == sorted(VIGGOS)
    redelivered(it, "add_parties")
    assert sorted(it.parties()) == sorted(VIGGOS)


def test_a_parent_learnt_of_with_a_later_underretning_becomes_a_party_once(
    embedded: Embedded,
) -> None:
    it = embedded
    people = it.reception.persons
    stepfather = it.reception.person("Torben Demovang", "110180-1993")
    child = next(key for key, one in people.people.items() if one.name == "Alma Testvad")
    it.reception.related(child, stepfather, Tie.FATHER, Tie.CHILD)
    it.reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<2@x>"))
    assert it.parties().count("Torben Demovang") == 1
    redelivered(it, "add_parties")
    assert it.parties().count("Torben Demovang") == 1


def test_parents_found_after_the_case_was_opened_become_parties(embedded: Embedded) -> None:
    """A person says which child it is; its family is looked up afterwards."""
    it = embedded
    freja = it.reception.person("Ella Prøvelund", "170716-4004")
    mother = it.reception.person("Gitte Prøvelund", "110188-1992")
    it.reception.related(freja, mother, Tie.MOTHER, Tie.CHILD)
    moved(it, "170716-4004", "Ella Prøvelund")
    with it.reception.product.store.read() as connection:
        kinds = connection.scalars(
            sa.select(outbox.c.kind).where(outbox.c.state == "planlagt")
        ).all()
    assert "add_parties" not in kinds
    it.reception.deliver()
    assert it.parties() == ["Ella Prøvelund", "Gitte Prøvelund"]


def test_the_parents_are_told_without_saying_who_has_the_case(embedded: Embedded) -> None:
    """Somebody gave the case to Anders in the host, and we have not heard of it yet."""
    it = embedded
    it.changed(responsible="anders")
    people = it.reception.persons.people
    child = next(key for key, one in people.items() if one.name == "Alma Testvad")
    new = it.reception.person("Torben Demovang", "110180-1993")
    it.reception.related(child, new, Tie.FATHER, Tie.CHILD)
    it.reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<2@x>"))
    assert it.there().responsible == "anders"
    assert "Torben Demovang" in it.parties()


def test_an_underretning_moved_back_counts_again_where_it_was_filed(embedded: Embedded) -> None:
    it = embedded
    first = it.key
    moved(it, "021221-4991", "Viggo Prøvesen")
    it.reception.deliver()
    moved(it, "031216-4990", "Alma Testvad")
    it.reception.deliver()
    assert it.key == first
    ref = Ref(it.journal.name, Kind.CASE, first)
    assert {note.title for note in it.journal.notes(ref).items} == {
        "Underretning modtaget",
        "Underretning flyttet",
        "Underretning hører til her",
    }
    assert len(it.journal.documents(ref).items) == 1


def test_a_case_closed_before_an_underretning_comes_back_is_reopened(embedded: Embedded) -> None:
    it = embedded
    first = it.key
    moved(it, "021221-4991", "Viggo Prøvesen")
    it.reception.deliver()
    # It has lain on Viggo's case, which is closed in the host when it comes back a second time.
    viggos = it.key
    moved(it, "031216-4990", "Alma Testvad")
    it.reception.deliver()
    with it.host.database.writing() as connection:
        cases.set_status(connection, int(viggos), cases.CLOSED, "", it.reception.now)
    moved(it, "021221-4991", "Viggo Prøvesen")
    it.reception.deliver()
    assert it.key == viggos != first
    assert it.there().status != cases.CLOSED
