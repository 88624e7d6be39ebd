"""A child whose birth was noted without a number has one case, also when the number comes."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.match import ChildState
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.family import personer
from dubu_plugin.store.tables import candidates, sager
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import FREJA, GOOD, Reception
from dubu_plugin.usecases.sag.register_birth import Birth, register_birth
from dubu_plugin.usecases.sag.register_number import register_number
from dubu_plugin.usecases.underretning.child_choice import ChildByCpr, KnownChild, UnbornChild
from dubu_plugin.usecases.underretning.choose_child import choose_child
from dubu_plugin.usecases.underretning.perhaps_same import PerhapsTheSame
from dubu_plugin.usecases.underretning.register_call import Call, register_call

BORN = date(2026, 9, 20)
NUMBER = "200926-4002"
NAMED = f"Vi underretter om Sofie Prøvelund, CPR {NUMBER}. Hun tager ikke på."


class Newborn:
    """Freja's girl: her case, and that she is born, of whom nobody knows the number."""

    def __init__(self, reception: Reception) -> None:
        first = reception.registered(made_post.eml("Freja er gravid og drikker."))
        expected = UnbornChild(date(2026, 9, 28), mother_cpr=FREJA, mother_name="Freja Prøvelund")
        done = reception.save(first, GOOD, child=expected)
        self.reception, self.sag, self.child = reception, done.sag, done.child
        reception.town.now = datetime(2026, 9, 22, 9, tzinfo=UTC)

    def is_born(self) -> None:
        register_birth(self.sag, Birth("Pige Prøvelund", BORN), **self.reception.by())

    def in_the_book(self, *, mother: str | None = "Freja Prøvelund") -> None:
        """Let the address book have her, and perhaps whose child she is."""
        key = self.reception.person("Sofie Prøvelund", NUMBER)
        people = self.reception.persons.people.values()
        for one in [one for one in people if one.name == mother]:
            self.reception.related(key, one.key, Tie.MOTHER, Tie.CHILD)

    def likely(self, underretning: UUID) -> dict[UUID, str]:
        rows = self.reception.rows(candidates, underretning_id=underretning)
        return {row.person_id: row.reasons for row in rows}

    def cases(self) -> int:
        return len(self.reception.rows(sager))


@pytest.fixture
def newborn(reception: Reception) -> Newborn:
    made = Newborn(reception)
    made.is_born()
    return made


@pytest.mark.parametrize("mother", ["Freja Prøvelund", None])
def test_a_number_that_may_be_hers_opens_no_second_case_by_itself(
    reception: Reception, newborn: Newborn, mother: str | None
) -> None:
    newborn.in_the_book(mother=mother)
    about = reception.about(reception.registered(made_post.eml(NAMED)))
    assert (about.child_state, about.child_id) == (ChildState.SUGGESTED, None)
    assert len(newborn.likely(about.id)) == 2
    assert newborn.likely(about.id)[newborn.child] == "foedt,uden_nummer"
    assert newborn.cases() == 1


def test_a_number_nobody_has_in_the_book_shows_her_by_her_birthday(
    reception: Reception, newborn: Newborn
) -> None:
    about = reception.about(reception.registered(made_post.eml(NAMED)))
    assert set(newborn.likely(about.id)) == {newborn.child}


@pytest.mark.parametrize("text", [f"Moren er {FREJA}.", "Hendes mor hedder Freja Prøvelund."])
def test_her_mother_in_the_text_shows_her(
    reception: Reception, newborn: Newborn, text: str
) -> None:
    about = reception.about(reception.registered(made_post.eml(f"En nyfødt græder. {text}")))
    assert newborn.likely(about.id)[newborn.child] == "foraelder,uden_nummer"


def test_a_day_of_birth_that_was_noted_wrong_is_no_second_case_either(
    reception: Reception, newborn: Newborn
) -> None:
    newborn.in_the_book()
    person = next(one for one in reception.persons.people.values() if "Sofie" in one.name)
    reception.persons.people[person.key] = replace(person, born=date(2026, 9, 19))
    about = reception.about(reception.registered(made_post.eml(NAMED)))
    assert about.child_id is None
    assert newborn.child in newborn.likely(about.id)


def test_one_still_expected_is_shown_when_the_number_comes_first(reception: Reception) -> None:
    newborn = Newborn(reception)
    newborn.in_the_book()
    about = reception.about(reception.registered(made_post.eml(NAMED)))
    assert about.child_id is None
    assert newborn.child in newborn.likely(about.id)
    assert newborn.cases() == 1


def test_another_mothers_child_of_the_same_day_is_found_as_ever(
    reception: Reception, newborn: Newborn
) -> None:
    newborn.in_the_book(mother="Sanne Testvad")
    about = reception.about(reception.registered(made_post.eml(NAMED)))
    assert about.child_state is ChildState.FOUND


def test_one_that_has_a_case_of_its_own_is_found_as_ever(
    reception: Reception, newborn: Newborn
) -> None:
    newborn.in_the_book()
    first = reception.registered(made_post.eml(NAMED))
    hers = next(one for one in newborn.likely(first) if one != newborn.child)
    reception.save(first, child=KnownChild(hers))
    assert newborn.cases() == 2, "whoever has seen both may say that they are two"
    about = reception.about(reception.registered(made_post.eml(f"{NAMED} Igen.")))
    assert about.child_id == hers


def test_a_typed_number_asks_once_whether_it_is_hers(
    reception: Reception, newborn: Newborn
) -> None:
    number = reception.registered(made_post.eml("Et barn på barselsgangen mistrives."))
    choice = ChildByCpr(NUMBER, "Sofie Prøvelund")

    def choose() -> UUID:
        version = reception.about(number).version
        return choose_child(number, choice, version=version, **reception.by()).sag

    assert newborn.child not in newborn.likely(number)
    with pytest.raises(PerhapsTheSame, match=r"^$"):
        choose()
    assert newborn.likely(number) == {newborn.child: "uden_nummer"}
    assert newborn.cases() == 1
    assert choose() != newborn.sag, "asked, they say that it is another child"


def test_assessed_under_a_typed_number_it_asks_too_and_she_can_be_chosen(
    reception: Reception, newborn: Newborn
) -> None:
    number = reception.registered(made_post.eml("Et barn på barselsgangen mistrives."))
    with pytest.raises(PerhapsTheSame):
        reception.save(number, child=ChildByCpr(NUMBER, "Sofie Prøvelund"))
    assert reception.save(number, child=KnownChild(newborn.child)).sag == newborn.sag


def test_a_call_is_kept_and_asks_which_child_it_is(reception: Reception, newborn: Newborn) -> None:
    call = Call(
        text="Sofie tager ikke på.", received_at=reception.now, form=uuid4(), underretter="9",
        child=ChildByCpr(NUMBER, "Sofie Prøvelund"),
    )  # fmt: skip
    receipt = register_call(call, **reception.by())
    assert receipt.underretning is not None
    about = reception.about(receipt.underretning)
    assert (about.child_state, about.sag_id) == (ChildState.SUGGESTED, None)
    with reception.product.store.read() as connection:
        shown = [personer.by_id(connection, one) for one in newborn.likely(about.id)]
    assert {one.name for one in shown if one} == {"Pige Prøvelund", "Sofie Prøvelund"}
    assert newborn.cases() == 1


# -- a number somebody typed -----------------------------------------------------------------------

SLIP = "200926-4010"


def numbered(newborn: Newborn, number: str) -> None:
    """Write a number on her case while nobody in the address book has it."""
    birth = Birth("Sofie Prøvelund", BORN, Cpr.parse(number))
    register_number(newborn.sag, birth, seen=None, **newborn.reception.by())


def test_the_right_number_opens_no_second_case_where_hers_is_a_slip(
    reception: Reception, newborn: Newborn
) -> None:
    numbered(newborn, SLIP)
    newborn.in_the_book()
    about = reception.about(reception.registered(made_post.eml(NAMED)))
    assert (about.child_state, about.child_id) == (ChildState.SUGGESTED, None)
    assert newborn.likely(about.id)[newborn.child] == "foedt,uden_nummer"
    assert newborn.cases() == 1


def test_the_number_only_we_know_shows_her_first(reception: Reception, newborn: Newborn) -> None:
    numbered(newborn, NUMBER)
    about = reception.about(reception.registered(made_post.eml(NAMED)))
    assert newborn.likely(about.id) == {newborn.child: "cpr,foedt,uden_nummer"}
