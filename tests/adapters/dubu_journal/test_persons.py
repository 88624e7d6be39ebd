"""The address book: found by number, by a name nearly right, and by family."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dubu_journal import addresses, family, names
from dubu_journal.addresses import NewContact
from dubu_journal.host import Host
from dubu_journal.persons import EmbeddedPersons
from dubu_journal.refusals import BadValue
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.ports.persons import Person, Persons, Tie
from dubu_plugin.testing.persons import Household, PersonsContract

NOW = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
BORN = date(2014, 6, 12)
HOME = "Testvej 1, 9999 Prøvestrup"


class TestEmbeddedPersons(PersonsContract):
    @pytest.fixture
    def household(self, host: Host) -> Household:
        child = Person(
            key=add(host, "Åse Prøvegård", cpr="1206149999", born=BORN, address=HOME),
            name="Åse Prøvegård",
            cpr=Cpr("1206149999"),
            born=BORN,
            address=HOME,
        )
        sibling, mother = (
            Person(add(host, name), name) for name in ("Noah Prøvegård", "Mor Testlund")
        )
        with host.database.writing() as connection:
            for one in (child, sibling):
                family.relate(connection, int(one.key), "mor", int(mother.key))
        return Household(child, sibling, mother)

    @pytest.fixture
    def persons(self, host: Host, household: Household) -> Persons:
        return EmbeddedPersons(host)


@pytest.fixture
def persons(host: Host) -> EmbeddedPersons:
    return EmbeddedPersons(host)


def add(host: Host, name: str, **more: object) -> str:
    """Put somebody in the address book and return their key."""
    with host.database.writing() as connection:
        new = replace(NewContact("person", name), **more)  # type: ignore[arg-type]
        return str(addresses.add(connection, new, NOW))


def found(persons: EmbeddedPersons, name: str, **more: date | str) -> list[str]:
    return [person.name for person in persons.search(name, **more)]  # type: ignore[arg-type]


def test_a_person_is_found_by_key_and_number(host: Host, persons: EmbeddedPersons) -> None:
    key = add(
        host,
        "Åse Prøvegård",
        cpr="1206149999",
        born=BORN,
        address="Testvej 1, 9999 Prøvestrup",
        protected_address=True,
        phone="12345678",
    )
    person = Person(
        key=key,
        name="Åse Prøvegård",
        cpr=Cpr("1206149999"),
        born=BORN,
        address="Testvej 1, 9999 Prøvestrup",
        protected_address=True,
        phone="12345678",
    )
    assert persons.by_key(key) == persons.by_cpr(Cpr("1206149999")) == person
    assert persons.by_cpr(Cpr("1306149999")) is None
    for nobody in ("987654321", "", "x", "../1", "9" * 40):
        assert persons.by_key(nobody) is None


def test_a_company_is_no_person(host: Host, persons: EmbeddedPersons) -> None:
    key = add(host, "Testskolen", kind="company")
    assert persons.by_key(key) is None
    assert found(persons, "Testskolen") == []


@pytest.mark.parametrize(
    "typed",
    [
        "Søren Testkjær",
        "søren testkjær",
        "Soeren Testkjaer",
        "Sören Testkjær",
        "Søren Testkær",
        "Sørren Testkjær",
        "Særen Testkjær",
        "Testkjær, Søren",
        "Søren Bo Testkjær",
    ],
)
def test_a_name_is_found_though_it_is_nearly_right(
    host: Host, persons: EmbeddedPersons, typed: str
) -> None:
    add(host, "Maja Prøvelund")
    add(host, "Søren Testkjær")
    assert found(persons, typed) == ["Søren Testkjær"]


def test_the_most_alike_comes_first(host: Host, persons: EmbeddedPersons) -> None:
    for name in ("Emma Testlund", "Ema Testlund", "Emma Sofie Testlund"):
        add(host, name)
    assert found(persons, "Ema Testlund")[0] == "Ema Testlund"
    assert found(persons, "Emma Sofie Testlund")[0] == "Emma Sofie Testlund"
    assert found(persons, "Emma Testlund", limit=1) == ["Emma Testlund"]  # type: ignore[arg-type]


def test_of_many_with_one_name_who_lives_there_or_was_born_then_comes_first(
    host: Host, persons: EmbeddedPersons
) -> None:
    for house in range(300):
        add(host, "Ida Testbro", address=f"Prøvegade {house}, 9999 Prøvestrup")
    there = add(host, "Ida Testbro", address="Ærøprøvevej 7, 2. tv, 9999 Prøvestrup")
    then = add(host, "Ida Testbro", born=BORN)
    assert persons.search("Ida Testbro", address="Ærøprøvevej 7")[0].key == there
    assert persons.search("Ida Testbro", born=BORN)[0].key == then
    assert len(persons.search("Ida Testbro", born=BORN)) == 10, "it excludes nobody"


def test_a_new_name_is_found_and_the_old_one_not(host: Host, persons: EmbeddedPersons) -> None:
    key = add(host, "Rosa Testbæk")
    with host.database.writing() as connection:
        addresses.change(connection, int(key), {"name": "Rosa Prøvedal"}, NOW)
    assert found(persons, "Rosa Prøvedal") == ["Rosa Prøvedal"]
    assert found(persons, "Rosa Testbæk") == []


@pytest.mark.parametrize("typed", ["", " ", "-", '"', "*", "a OR b", "😀", "x" * 5000])
def test_whatever_is_typed_is_only_a_name(host: Host, persons: EmbeddedPersons, typed: str) -> None:
    add(host, "Rosa Testbæk")
    assert found(persons, typed) == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_between_none_and_all(one: str, other: str) -> None:
    assert 0.0 <= names.likeness(one, other) <= 1.0
    assert names.likeness(one, one) in (0.0, pytest.approx(1.0))


def related(persons: EmbeddedPersons, key: str) -> list[tuple[Tie, str]]:
    return [(relation.tie, relation.person.name) for relation in persons.relations(key)]


def test_a_family_is_known_from_every_side(host: Host, persons: EmbeddedPersons) -> None:
    emma, noah, mother, father, granny, cousin = (
        add(host, f"{name} Testsen") for name in ("Emma", "Noah", "Mor", "Far", "Mormor", "Fætter")
    )
    with host.database.writing() as connection:
        for child in (emma, noah):
            family.relate(connection, int(child), "mor", int(mother))
        family.relate(connection, int(emma), "far", int(father))
        family.relate(connection, int(mother), "mor", int(granny))
        family.relate(connection, int(mother), "partner", int(father))
        family.relate(connection, int(cousin), "anden", int(emma))
    assert set(related(persons, emma)) == {
        (Tie.MOTHER, "Mor Testsen"),
        (Tie.FATHER, "Far Testsen"),
        (Tie.SIBLING, "Noah Testsen"),
        (Tie.GRANDPARENT, "Mormor Testsen"),
        (Tie.OTHER, "Fætter Testsen"),
    }
    assert set(related(persons, mother)) == {
        (Tie.MOTHER, "Mormor Testsen"),
        (Tie.SPOUSE, "Far Testsen"),
        (Tie.CHILD, "Emma Testsen"),
        (Tie.CHILD, "Noah Testsen"),
    }
    assert set(related(persons, granny)) == {
        (Tie.CHILD, "Mor Testsen"),
        (Tie.GRANDCHILD, "Emma Testsen"),
        (Tie.GRANDCHILD, "Noah Testsen"),
    }
    assert set(related(persons, father)) == {
        (Tie.SPOUSE, "Mor Testsen"),
        (Tie.CHILD, "Emma Testsen"),
    }
    assert related(persons, cousin) == [(Tie.OTHER, "Emma Testsen")]


def test_a_tie_that_follows_from_the_parents_is_not_recorded(host: Host) -> None:
    one, other = add(host, "Emma Testsen"), add(host, "Mor Testsen")
    with host.database.writing() as connection, pytest.raises(BadValue):
        family.relate(connection, int(other), "barn", int(one))


def test_nobody_has_no_family(persons: EmbeddedPersons) -> None:
    assert persons.relations("987654321") == []
    assert persons.relations("x") == []
