"""The fakes of the address book and the post keep their contracts."""

from datetime import date

import pytest

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.ports.persons import Person, Persons, Relation, Tie
from dubu_plugin.ports.post import OutgoingPost
from dubu_plugin.testing.fake_ports import FakePersons, FakePost
from dubu_plugin.testing.persons import Household, PersonsContract
from dubu_plugin.testing.post import OutgoingPostContract


class TestFakePersons(PersonsContract):
    @pytest.fixture
    def household(self) -> Household:
        born = date(2014, 6, 12)
        child = Person("1", "Åse Prøvegård", Cpr("1206149999"), born, "Testvej 1, 9999 Prøvestrup")
        return Household(child, Person("2", "Noah Prøvegård"), Person("3", "Mor Testlund"))

    @pytest.fixture
    def persons(self, household: Household) -> Persons:
        child, sibling, mother = household.child, household.sibling, household.mother
        return FakePersons(
            people={person.key: person for person in (mother, sibling, child)},
            family={
                "1": [Relation(Tie.MOTHER, mother), Relation(Tie.SIBLING, sibling)],
                "2": [Relation(Tie.MOTHER, mother), Relation(Tie.SIBLING, child)],
                "3": [Relation(Tie.CHILD, child), Relation(Tie.CHILD, sibling)],
            },
        )


class TestFakePost(OutgoingPostContract):
    @pytest.fixture
    def outgoing(self) -> OutgoingPost:
        return FakePost()
