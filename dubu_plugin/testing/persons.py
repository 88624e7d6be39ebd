"""The promises of `dubu_plugin.ports.persons`, as tests an adapter inherits.

Subclass `PersonsContract` as ``TestX`` and give the fixtures `persons` and `household`.
"""

from dataclasses import dataclass
from datetime import date

import pytest

from dubu_plugin.ports.persons import Person, Persons, Tie
from dubu_plugin.testing.citizens import Citizens


@dataclass(frozen=True, slots=True)
class Household:
    """People who are in the address book before the tests begin."""

    child: Person
    sibling: Person
    mother: Person
    """The mother of both."""


class PersonsContract:
    """An address book knows who people are, and whom they belong to."""

    @pytest.fixture
    def persons(self, household: Household) -> Persons:
        """Return the adapter under test, against an address book with the household in it."""
        raise NotImplementedError("give a `persons` fixture that returns your adapter")

    @pytest.fixture
    def household(self) -> Household:
        """Return who is there; the child has a number, an address and a date of birth."""
        raise NotImplementedError("give a `household` fixture that says who is there")

    def test_a_person_is_found_by_key_and_by_number(
        self, persons: Persons, household: Household
    ) -> None:
        child = household.child
        assert persons.by_key(child.key) == child
        assert child.cpr is not None
        assert persons.by_cpr(child.cpr) == child

    @pytest.mark.parametrize("key", ["", "no-such-test", "987654321", "../../etc/passwd", "9" * 40])
    def test_nobody_is_none(self, persons: Persons, key: str) -> None:
        assert persons.by_key(key) is None
        assert not persons.relations(key)

    def test_a_number_nobody_has_is_none(self, persons: Persons) -> None:
        nobody = Citizens(seed=27).cpr(date(1951, 11, 30), female=True)
        assert persons.by_cpr(nobody) is None

    def test_a_name_is_found_in_capitals(self, persons: Persons, household: Household) -> None:
        for person in (household.child, household.mother):
            assert person in persons.search(person.name.upper())

    def test_a_name_is_found_with_one_letter_wrong(
        self, persons: Persons, household: Household
    ) -> None:
        first, last = household.child.name.split(" ", 1)
        for wrong in (last[:3] + last[4:], last[:3] + "x" + last[3:], last[:3] + "x" + last[4:]):
            assert household.child in persons.search(f"{first} {wrong}"), wrong

    def test_the_right_name_comes_first(self, persons: Persons, household: Household) -> None:
        child = household.child
        found = persons.search(child.name, address=child.address, born=child.born)
        assert found[0] == child
        assert len(persons.search(child.name, limit=1)) == 1

    def test_an_address_and_a_birthday_that_do_not_fit_exclude_nobody(
        self, persons: Persons, household: Household
    ) -> None:
        found = persons.search(
            household.child.name, address="Testvej 99999", born=date(1951, 11, 30)
        )
        assert household.child in found

    @pytest.mark.parametrize("name", ["", " ", "-", '"', "*", "😀"])
    def test_what_is_no_name_finds_nobody(self, persons: Persons, name: str) -> None:
        assert not persons.search(name)

    def test_who_lives_at_an_address_is_found_by_it(
        self, persons: Persons, household: Household
    ) -> None:
        street = (household.child.address or "").split(",")[0]
        for said in (street, street.upper(), f"{street}, 2. th", f"{street}, 0000 Testby"):
            assert household.child in persons.living_at(said), said
        assert len(persons.living_at(street, limit=1)) == 1
        assert household.child not in persons.living_at(f"{street}9")
        assert household.mother not in persons.living_at(street)

    @pytest.mark.parametrize("address", ["", " ", ",", "%", "*", "😀", "9999"])
    def test_what_is_no_address_finds_nobody(self, persons: Persons, address: str) -> None:
        assert not persons.living_at(address)

    def test_a_family_is_known_from_every_side(
        self, persons: Persons, household: Household
    ) -> None:
        def ties(person: Person) -> set[tuple[Tie, str]]:
            found = persons.relations(person.key)
            return {(relation.tie, relation.person.key) for relation in found}

        child, sibling, mother = household.child, household.sibling, household.mother
        assert ties(child) >= {(Tie.MOTHER, mother.key), (Tie.SIBLING, sibling.key)}
        assert ties(sibling) >= {(Tie.MOTHER, mother.key), (Tie.SIBLING, child.key)}
        assert ties(mother) >= {(Tie.CHILD, child.key), (Tie.CHILD, sibling.key)}

    def test_nobody_is_their_own_relative(self, persons: Persons, household: Household) -> None:
        for person in (household.child, household.sibling, household.mother):
            assert person not in [relation.person for relation in persons.relations(person.key)]

    def test_no_answer_shows_a_name_when_it_is_printed(
        self, persons: Persons, household: Household
    ) -> None:
        shown = repr([persons.search(household.child.name), persons.relations(household.child.key)])
        assert household.child.name not in shown
        assert household.mother.name not in shown
