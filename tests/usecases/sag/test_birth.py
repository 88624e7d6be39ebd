"""A date of birth that becomes known or is corrected counts every age on the child's cases anew."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.ports.persons import Person, Relation, Tie
from dubu_plugin.store.family import births, personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.tables import frister, haendelser, sager
from dubu_plugin.testing.town import Town, build
from dubu_plugin.usecases.sag import birth
from dubu_plugin.usecases.sag.register_birth import Birth, register_birth
from dubu_plugin.usecases.underretning.find_child import find_child

KAREN = Asker("karen", frozenset({Role.CASEWORKER}), "modtagelse")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DUE = date(2026, 9, 28)
NEWBORN_CPR = "0210264990"


class Home:
    """A town, a child with a case, and what the address book says of it."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def case_of(self, child: UUID, *what: H, **data: Any) -> UUID:
        sag = self.town.sag(child)
        for one in what:
            self.town.happened(one, sag=sag, person=child, occurred_at=self.town.now, data=data)
        return sag

    def says(self, person: UUID, born: date) -> None:
        """Let the address book have another date of birth."""
        people = self.town.persons.people
        people[str(person)] = replace(people[str(person)], born=born)

    def catch_up(self) -> int:
        self.town.now += timedelta(days=1)
        return birth.catch_up(self.town.product, self.town.now)

    def rows(self, rule: str, *states: str) -> list[sa.Row[Any]]:
        with self.town.product.store.read() as connection:
            rows = connection.execute(sa.select(frister).where(frister.c.rule == rule)).all()
        return [row for row in rows if not states or row.state in states]

    def told(self) -> int:
        with self.town.product.store.read() as connection:
            kinds = connection.scalars(sa.select(haendelser.c.type)).all()
        return kinds.count("foedsel_registreret")

    def known(self, person: UUID) -> Known:
        with self.town.product.store.read() as connection:
            found = personer.by_id(connection, person)
        assert found is not None
        return found


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    town = build(tmp_path, NOW)
    yield Home(town)
    town.product.store.close()


PLACED = (H.ANBRINGELSE_IVAERKSAT,)
AGES = ("UNGEST-6M", "OPHOER-18", "PART-10", "PART-15", "OVERG-16")


def test_corrected_in_the_address_book_the_ages_are_counted_again(home: Home) -> None:
    child = home.town.person("Alma Testvad", born=date(2018, 5, 4))
    home.case_of(child, *PLACED, handicap=True)
    before = {rule: home.rows(rule, "aaben")[0] for rule in AGES}
    home.says(child, date(2018, 7, 9))
    assert home.catch_up() == 1
    for rule in AGES:
        (old,), (new,) = home.rows(rule, "afloest"), home.rows(rule, "aaben")
        assert (old.id, new.replaces) == (before[rule].id, old.id), rule
        assert (new.anchor_id, new.anchor_at) == (old.anchor_id, old.anchor_at), rule
        assert new.due > old.due, rule
    assert danish_day(home.rows("PART-10", "aaben")[0].due) == date(2028, 7, 9)
    assert home.catch_up() == 0
    assert home.told() == 1


def test_a_plan_due_from_a_decision_after_the_birthday_stays_with_the_decision(home: Home) -> None:
    child = home.town.person("Alma Testvad", born=date(2009, 5, 4))
    home.case_of(child, H.AFGOERELSE_TRUFFET, grundlag="stoette")
    (before,) = home.rows("UNGEPLAN", "aaben")
    home.says(child, date(2009, 4, 4))
    home.catch_up()
    (after,) = home.rows("UNGEPLAN", "aaben")
    assert (after.id, after.due) == (before.id, before.due)


def test_an_unknown_date_that_becomes_known_opens_what_should_have_stood(home: Home) -> None:
    child = home.town.person("Ukendt Testbarn")
    home.case_of(child, *PLACED, handicap=True)
    assert [home.rows(rule) for rule in AGES] == [[]] * len(AGES)
    home.says(child, date(2018, 7, 9))
    home.catch_up()
    assert [len(home.rows(rule, "aaben")) for rule in AGES] == [1] * len(AGES)


def test_what_was_reached_long_ago_is_nobodys_line_and_what_is_late_is(home: Home) -> None:
    child = home.town.person("Ukendt Testbarn")
    home.case_of(child, *PLACED)
    home.says(child, date(2008, 5, 4))
    home.catch_up()
    assert home.rows("PART-10") == []
    (late,) = home.rows("UNGEST-6M", "aaben")
    assert danish_day(late.due) < danish_day(home.town.now)


def test_what_has_ended_meanwhile_is_not_opened(home: Home) -> None:
    child = home.town.person("Ukendt Testbarn")
    sag = home.case_of(child, *PLACED)
    home.town.now += timedelta(days=10)
    home.town.happened(H.ANBRINGELSE_OPHOERT, sag=sag, person=child, occurred_at=home.town.now)
    home.says(child, date(2018, 7, 9))
    home.catch_up()
    assert home.rows("UNGEST-6M", "aaben") == home.rows("OPHOER-18", "aaben") == []


def test_an_age_that_was_reached_before_the_case_lapses(home: Home) -> None:
    child = home.town.person("Alma Testvad", born=date(2018, 5, 4))
    home.case_of(child, *PLACED)
    home.says(child, date(2014, 5, 4))
    home.catch_up()
    assert home.rows("PART-10", "aaben") == []
    assert [row.state for row in home.rows("PART-10")] == ["bortfaldet"]


def test_met_by_chance_in_a_search_it_is_counted_too(home: Home) -> None:
    child = home.town.person("Alma Testvad", born=date(2018, 5, 4))
    home.case_of(child, *PLACED)
    home.says(child, date(2018, 7, 9))
    find_child("Alma Testvad", product=home.town.product, asker=KAREN, now=home.town.now)
    assert danish_day(home.rows("PART-10", "aaben")[0].due) == date(2028, 7, 9)


def test_a_book_that_no_longer_tells_the_date_takes_nothing_away(home: Home) -> None:
    child = home.town.person("Alma Testvad", born=date(2018, 5, 4))
    people = home.town.persons.people
    people[str(child)] = replace(people[str(child)], born=None)
    find_child("Alma Testvad", product=home.town.product, asker=KAREN, now=home.town.now)
    assert home.known(child).born == date(2018, 5, 4)


# -- a child that was expected ---------------------------------------------------------------------


class Expecting(Home):
    """A mother, the child she expects, and its case."""

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self.mother = town.person("Freja Prøvelund", born=date(2003, 2, 17), cpr="1702034990")
        self.child = town.person("Ufødt barn af Freja Prøvelund", due_date=DUE, mother=self.mother)
        self.sag = self.case_of(self.child, H.UNDERSOEGELSE_BESLUTTET,
                                undersoegelse="kommende_foraeldre")  # fmt: skip
        town.now = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)

    def gives_birth(self, *names: str) -> None:
        for number, name in enumerate(names):
            cpr = Cpr.parse(NEWBORN_CPR) if number == 0 else None
            child = Person(f"nyfoedt-{number}", name, cpr, date(2026, 10, 2))
            self.town.persons.people[child.key] = child
            family = self.town.persons.family.setdefault(str(self.mother), [])
            family.append(Relation(Tie.CHILD, child))


@pytest.fixture
def expecting(tmp_path: Path) -> Iterator[Expecting]:
    town = build(tmp_path, NOW)
    yield Expecting(town)
    town.product.store.close()


def test_the_expected_child_is_born_under_its_own_name(expecting: Expecting) -> None:
    assert expecting.catch_up() == 0
    expecting.gives_birth("Vilja Prøvelund")
    assert expecting.catch_up() == 1
    known = expecting.known(expecting.child)
    assert (known.name, known.born) == ("Vilja Prøvelund", date(2026, 10, 2))
    assert (known.host_key, known.mother_id) == ("nyfoedt-0", expecting.mother)
    assert danish_day(expecting.rows("PART-10", "aaben")[0].due) == date(2036, 10, 2)
    assert expecting.catch_up() == 0


def test_somebody_we_met_as_the_mothers_child_becomes_the_expected_one(
    expecting: Expecting,
) -> None:
    expecting.gives_birth("Vilja Prøvelund")
    find_child("Vilja", product=expecting.town.product, asker=KAREN, now=expecting.town.now)
    assert expecting.catch_up() == 1
    assert expecting.known(expecting.child).host_key == "nyfoedt-0"


def test_of_twins_only_a_person_can_say_which(expecting: Expecting) -> None:
    expecting.gives_birth("Vilja Prøvelund", "Viola Prøvelund")
    assert expecting.catch_up() == 0
    assert expecting.known(expecting.child).is_unborn


def test_24_of_twins_both_are_told_of_and_stand_as_siblings(expecting: Expecting) -> None:
    expecting.gives_birth("Vilja Prøvelund", "Viola Prøvelund")
    expecting.catch_up()
    expecting.catch_up()
    with expecting.town.product.store.read() as connection:
        may_be = births.may_be(connection, expecting.child, DUE)
        told = connection.scalars(
            sa.select(haendelser.c.data).where(
                haendelser.c.type == H.PERSONOPLYSNINGER_AENDRET,
                haendelser.c.sag_id == expecting.sag,
            )
        ).all()
    assert [name for name, _ in may_be] == ["Vilja Prøvelund", "Viola Prøvelund"]
    assert len([one for one in told if "ny_i_familien" in one]) == 2, "each is told of once"


def test_136_a_child_born_after_its_case_closed_is_who_it_is(expecting: Expecting) -> None:
    with expecting.town.product.store.add() as connection:
        connection.execute(sa.update(sager).values(phase="closed"))
    expecting.gives_birth("Vilja Prøvelund")
    assert expecting.catch_up() == 1
    known = expecting.known(expecting.child)
    assert (known.name, known.born) == ("Vilja Prøvelund", date(2026, 10, 2))
    assert expecting.catch_up() == 0


def test_24_a_birth_that_fits_two_expected_children_is_left_to_a_person(
    expecting: Expecting,
) -> None:
    other = expecting.town.person(
        "Ufødt barn af Freja Prøvelund", due_date=DUE + timedelta(weeks=10), mother=expecting.mother
    )
    expecting.town.sag(other)
    expecting.gives_birth("Vilja Prøvelund")
    assert expecting.catch_up() == 0
    assert expecting.known(expecting.child).is_unborn
    assert expecting.known(other).is_unborn


def test_a_child_that_has_a_case_of_its_own_is_left_to_a_person(expecting: Expecting) -> None:
    expecting.gives_birth("Vilja Prøvelund")
    (found,) = (
        find_child("Vilja", product=expecting.town.product, asker=KAREN, now=expecting.town.now)
        or ()
    )
    expecting.town.sag(found.id)
    assert expecting.catch_up() == 0
    assert expecting.known(expecting.child).is_unborn


def test_paragraf_6_the_child_is_told_of_the_bisidder_once_it_is_born(home: Home) -> None:
    mother = home.town.person("Freja Prøvelund", born=date(2003, 2, 17))
    child = home.town.person("Ufødt barn af Freja Prøvelund", due_date=DUE, mother=mother)
    sag = home.case_of(child, H.SCREENING_AFSLUTTET, H.UNDERSOEGELSE_BESLUTTET)
    assert home.rows("BISIDDER") == [], "there is nobody to tell"
    home.town.now = datetime(2026, 9, 30, 9, tzinfo=UTC)
    its = Birth("Pige Prøvelund", date(2026, 9, 29))
    register_birth(sag, its, product=home.town.product, asker=KAREN, now=home.town.now)
    (row,) = home.rows("BISIDDER", "aaben")
    assert (row.person_id, row.sag_id) == (child, sag)


def test_paragraf_6_a_child_whose_day_of_birth_nobody_knows_is_told_too(home: Home) -> None:
    home.case_of(home.town.person("Ukendt barn"), H.SCREENING_AFSLUTTET)
    assert len(home.rows("BISIDDER", "aaben")) == 1


@pytest.mark.parametrize(
    ("first", "since", "asked"),
    [
        ("a", (), 1),
        ("a", (("b", H.AFGOERELSE_TRUFFET),), 1),
        ("a", (("a", H.AFGOERELSE_TRUFFET),), 0),
        ("a", (("a", H.AFGOERELSE_OPGIVET),), 0),
        ("", (("b", H.UDVALGSAFGOERELSE_TRUFFET),), 0),
    ],
)
def test_paragraf_5_stk_3_the_child_is_heard_once_born_of_what_is_still_prepared(
    home: Home, first: str, since: tuple[tuple[str, H], ...], asked: int
) -> None:
    mother = home.town.person("Freja Prøvelund", born=date(2003, 2, 17))
    child = home.town.person("Ufødt barn af Freja Prøvelund", due_date=DUE, mother=mother)
    said = {"afgoerelse": str(uuid5(NAMESPACE_OID, first))} if first else {}
    sag = home.case_of(child, H.AFGOERELSE_FORBEREDT, medhold=False, **said)
    for which, what in since:
        home.town.happened(what, sag=sag, person=child, occurred_at=NOW + timedelta(days=9),
                           data={"afgoerelse": str(uuid5(NAMESPACE_OID, which))})  # fmt: skip
    assert home.rows("BARN-INDD") == [], "nobody can talk with a child that is not born"
    home.town.now = datetime(2026, 9, 30, 9, tzinfo=UTC)
    its = Birth("Pige Prøvelund", date(2026, 9, 29))
    register_birth(sag, its, product=home.town.product, asker=KAREN, now=home.town.now)
    assert len(home.rows("BARN-INDD", "aaben")) == asked
