"""A case is called by the name its child has, here and in the host, and by what a person says."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.ports.journal_objects import Case, CaseChange, Kind, Op, Ref
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.family import personer
from dubu_plugin.store.sag import sager
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import FREJA, GOOD, Reception, build_reception
from dubu_plugin.usecases.sag.follow_host import catch_up
from dubu_plugin.usecases.sag.register_birth import Birth, register_birth
from dubu_plugin.usecases.sag.register_number import register_number
from dubu_plugin.usecases.underretning.child_choice import UnbornChild

BEFORE = "Ufødt barn af Freja Prøvelund"
GIRL = "Pige Prøvelund"


class House:
    """A case on a child Freja expects, and what the host has of it."""

    def __init__(self, reception: Reception, *, looked_up: bool = True) -> None:
        self.reception = reception
        freja = Cpr.parse(FREJA)
        key = next(one.key for one in reception.persons.people.values() if one.cpr == freja)
        brother = reception.person("Lukas Prøvelund", "020220-4991")
        reception.related(key, brother, Tie.CHILD, Tie.MOTHER)
        self.number = reception.registered(made_post.eml("Freja er gravid og bliver slået."))
        due = reception.now.date() + timedelta(days=3)
        child = UnbornChild(due, mother_cpr=FREJA, mother_name="Freja Prøvelund")
        reception.save(self.number, GOOD, child=child)
        if looked_up:
            reception.deliver()
        sag = reception.about(self.number).sag_id
        assert sag is not None
        self.sag: UUID = sag

    @property
    def ours(self) -> sager.Sag:
        with self.reception.product.store.read() as connection:
            found = sager.by_id(connection, self.sag)
        assert found is not None
        return found

    @property
    def ref(self) -> Ref:
        assert self.ours.host_key is not None
        return Ref(self.reception.journal.name, Kind.CASE, self.ours.host_key)

    @property
    def theirs(self) -> Case:
        return self.reception.journal.get_case(self.ref)

    def change_there(self, title: str) -> None:
        op = Op(self.sag, "karen")
        self.reception.journal.change_case(self.ref, CaseChange(title=title), expected=None, op=op)

    def born(self, name: str = GIRL) -> None:
        birth = Birth(name, self.reception.now.date())
        register_birth(self.sag, birth, **self.reception.by())

    def family(self) -> set[str]:
        with self.reception.product.store.read() as connection:
            found = personer.family_of(connection, self.ours.child_id)
        return {f"{one.tie}: {one.person.name}" for one in found}


HERS = {"mor: Freja Prøvelund", "soeskende: Lukas Prøvelund", "bedsteforaelder: Helle Prøvelund"}


@pytest.fixture
def reception(tmp_path: Path) -> Iterator[Reception]:
    built = build_reception(tmp_path)
    yield built
    built.product.store.close()


@pytest.fixture
def house(reception: Reception) -> House:
    return House(reception)


def test_the_host_is_told_the_name_the_child_got(house: House) -> None:
    assert house.theirs.title == BEFORE
    house.born()
    house.reception.deliver()
    assert (house.ours.title, house.theirs.title) == (GIRL, GIRL)


def test_comparing_before_the_host_is_told_keeps_the_new_name(house: House) -> None:
    house.born()
    catch_up(house.reception.product, house.reception.now)
    assert house.ours.title == GIRL
    house.reception.deliver()
    assert house.theirs.title == GIRL
    assert catch_up(house.reception.product, house.reception.now) == 0


def test_what_a_person_called_it_in_the_host_stays(house: House) -> None:
    house.change_there("Se også moderens sag")
    house.born()
    house.reception.deliver()
    assert house.theirs.title == "Se også moderens sag"
    catch_up(house.reception.product, house.reception.now)
    assert house.ours.title == "Se også moderens sag"


# -- the family of a child the address book does not know ------------------------------------------


def test_a_birth_before_the_family_was_looked_up_does_not_lose_it(reception: Reception) -> None:
    house = House(reception, looked_up=False)
    house.born()
    reception.deliver()
    assert house.family() == HERS


def test_a_book_that_knows_nothing_but_what_we_said_takes_no_family_away(
    house: House,
) -> None:
    """The host's parties are its address book: it has the child from us, without a family."""
    reception = house.reception
    house.born()
    birth = Birth("Signe Prøvelund", reception.now.date(), Cpr.parse("020326-4002"))
    register_number(house.sag, birth, seen=None, **reception.by())
    reception.deliver()
    assert house.family() == HERS
    reception.person("Signe Prøvelund", "020326-4002")
    again = reception.registered(made_post.eml("Om Signe Prøvelund, cpr 020326-4002. Sulter."))
    assert reception.about(again).sag_id == house.sag
    assert house.family() == HERS


def test_a_sibling_has_the_child_whose_number_only_we_know(house: House) -> None:
    reception = house.reception
    house.born()
    birth = Birth(GIRL, reception.now.date(), Cpr.parse("020326-4002"))
    register_number(house.sag, birth, seen=None, **reception.by())
    with reception.product.store.read() as connection:
        lukas = personer.by_cpr(connection, Cpr.parse("020220-4991"))
        assert lukas is not None
        found = {one.person.name: one.tie for one in personer.family_of(connection, lukas.id)}
    assert found[GIRL] is Tie.SIBLING
