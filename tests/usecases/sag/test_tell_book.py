"""A family moves, is given protection or another number: it stands here, and the case says so."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store import tables
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.tables import haendelser
from dubu_plugin.testing.town import Town, build
from dubu_plugin.usecases.sag import birth

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOME, AWAY = "Testparken 14, 9999 Prøvestrup", "Hemmeligvej 99, 9999 Prøvestrup"


class Family:
    """A child with an open case, its mother, and what the address book says of them."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.child = town.person("Noah Testlund", born=date(2017, 4, 19), cpr="190417-4992",
                                 address=HOME)  # fmt: skip
        self.mother = town.person("Mia Testlund", born=date(1990, 2, 17), address=HOME)
        town.tie(self.child, self.mother, "mor", "barn")
        self.sag = town.sag(self.child)

    def says(self, person: UUID, **what: Any) -> None:
        people = self.town.persons.people
        people[str(person)] = replace(people[str(person)], **what)

    def next_day(self) -> None:
        self.town.now += timedelta(days=1)
        birth.catch_up(self.town.product, self.town.now)

    def known(self, person: UUID) -> Known:
        with self.town.product.store.read() as connection:
            found = personer.by_id(connection, person)
        assert found is not None
        return found

    def told(self) -> list[tuple[UUID, dict[str, Any]]]:
        """Whose case it stands on, and what."""
        asked = sa.select(haendelser.c.sag_id, haendelser.c.data).where(
            haendelser.c.type == H.PERSONOPLYSNINGER_AENDRET
        )
        with self.town.product.store.read() as connection:
            return [(sag, json.loads(data)) for sag, data in connection.execute(asked)]


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    town = build(tmp_path, NOW)
    yield Family(town)
    town.product.store.close()


def test_a_mother_who_moves_and_is_protected_stands_so_the_next_day(family: Family) -> None:
    family.says(family.mother, address=AWAY, protected_address=True, name="Mia Demonavn")
    family.next_day()
    known = family.known(family.mother)
    assert (known.name, known.address, known.protected_address) == ("Mia Demonavn", AWAY, True)
    said = {"hvem": "familie", "nyt_navn": True, "ny_adresse": True, "beskyttet": True}
    assert family.told() == [(family.sag, said)]


def test_a_child_with_another_number_has_its_number_and_its_age(family: Family) -> None:
    other = Cpr.parse("021217-4990")
    family.says(family.child, cpr=other, born=date(2017, 12, 2), name="Noah Demolund")
    family.next_day()
    known = family.known(family.child)
    assert (known.name, known.cpr, known.born) == ("Noah Demolund", other, date(2017, 12, 2))
    said = {"hvem": "barnet", "nyt_navn": True, "nyt_cpr": True, "ny_foedselsdag": True}
    assert family.told() == [(family.sag, said)]


def test_a_child_that_moves_stands_where_it_lives(family: Family) -> None:
    family.says(family.child, address=AWAY)
    family.next_day()
    assert family.known(family.child).address == AWAY


def test_it_is_told_once_and_never_what_it_was_or_is(family: Family) -> None:
    family.says(family.mother, address=AWAY)
    family.next_day()
    family.next_day()
    ((_, said),) = family.told()
    assert said == {"hvem": "familie", "ny_adresse": True}


def test_protection_that_ends_is_told_too(family: Family) -> None:
    family.says(family.mother, protected_address=True)
    family.next_day()
    family.says(family.mother, protected_address=False)
    family.next_day()
    assert [said["beskyttet"] for _, said in family.told()] == [True, False]
    assert not family.known(family.mother).protected_address


def test_a_mother_with_two_children_is_told_on_both_their_cases(family: Family) -> None:
    sister = family.town.person("Vigga Testlund", born=date(2019, 2, 2), address=HOME)
    family.town.tie(sister, family.mother, "mor", "barn")
    hers = family.town.sag(sister)
    family.says(family.mother, address=AWAY)
    family.next_day()
    assert {sag for sag, _ in family.told()} == {family.sag, hers}


def test_the_mother_of_a_child_that_is_expected_is_looked_up(family: Family) -> None:
    mother = family.town.person("Freja Prøvelund", born=date(2003, 2, 17), address=HOME)
    due = date(2026, 9, 28)
    expected = family.town.person("Ufødt barn", due_date=due, mother=mother)
    sag = family.town.sag(expected)
    family.says(mother, address=AWAY)
    family.next_day()
    assert family.known(mother).address == AWAY
    assert family.told() == [(sag, {"hvem": "familie", "ny_adresse": True})]


def test_a_new_telephone_is_kept_and_not_worth_a_line_on_the_case(family: Family) -> None:
    family.says(family.mother, phone="12 34 56 78")
    family.next_day()
    with family.town.product.store.read() as connection:
        phone = connection.scalar(
            sa.select(tables.personer.c.phone).where(tables.personer.c.id == family.mother)
        )
    assert phone == "12 34 56 78"
    assert family.told() == []
