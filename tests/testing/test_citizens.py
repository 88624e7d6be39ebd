"""Made-up people can never be mistaken for real ones."""

from datetime import date, timedelta

import pytest

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.testing.citizens import MARKS, Citizens, NoMoreNumbers


def test_every_number_fails_modulus_11_and_tells_the_right_date_and_sex() -> None:
    people = Citizens(7)
    for year in (1901, 1936, 1937, 1999, 2000, 2036, 2037, 2057):
        for female in (True, False):
            born = date(year, 2, 28)
            number = people.cpr(born, female=female)
            assert number.is_unusual
            assert Cpr.parse(number.digits).born == born
            assert int(number.digits[-1]) % 2 == (0 if female else 1)


def test_no_number_is_given_out_twice_or_to_somebody_who_has_it() -> None:
    born, taken = date(2016, 12, 3), Cpr("0312164990")
    people = Citizens(taken=[taken])
    given = [people.cpr(born, female=True) for _ in range(2_500)]
    assert len(set(given)) == len(given)
    assert taken not in given


def test_a_day_that_is_used_up_says_so() -> None:
    people, born = Citizens(), date(1980, 5, 5)

    def use_up() -> None:
        for _ in range(5_000):
            people.cpr(born, female=False)

    with pytest.raises(NoMoreNumbers):
        use_up()


def test_nobody_is_born_on_1_january() -> None:
    people = Citizens()
    with pytest.raises(NoMoreNumbers):
        people.cpr(date(2020, 1, 1), female=True)
    assert people.citizen(date(2020, 1, 1)).born == date(2020, 1, 2)


def test_every_surname_says_that_it_is_made_up() -> None:
    people = Citizens(3)
    day = date(2011, 6, 1)
    for _ in range(300):
        family = people.household(day, children=3)
        for person in (family.mother, family.father, *family.children):
            assert person.name.split(" ", 1)[1].startswith(MARKS)
            assert person.address.endswith("9999 Prøvestrup")
        day += timedelta(days=1)


def test_parents_are_grown_up_when_their_first_child_is_born() -> None:
    people = Citizens(4)
    for _ in range(200):
        family = people.household(date(2012, 7, 9), children=2)
        first = min(child.born for child in family.children)
        assert all(
            first - parent.born > timedelta(days=19 * 365)
            for parent in (family.mother, family.father)
        )


def test_the_same_seed_gives_the_same_people() -> None:
    assert Citizens(11).household(date(2015, 3, 3)) == Citizens(11).household(date(2015, 3, 3))
    assert Citizens(11).household(date(2015, 3, 3)) != Citizens(12).household(date(2015, 3, 3))
