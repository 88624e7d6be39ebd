"""A made-up municipality holds what was asked for, and holds together."""

from collections import Counter
from datetime import timedelta

import pytest

from dubu_plugin.demo.dwellers import residents
from dubu_plugin.demo.municipality import proevestrup
from dubu_plugin.demo.plan import Plan
from dubu_plugin.demo.rows import of_absences
from dubu_plugin.demo.sizes import SIZES, Size, SizeName
from dubu_plugin.domain.access import Role
from dubu_plugin.domain.underretning import BEKYMRINGER, UNDERRETTERE
from dubu_plugin.ports.persons import Tie


def test_asked_twice_it_says_the_same(plan: Plan) -> None:
    """One asking fills the host's database, the other ours."""
    assert list(plan.cases()) == list(plan.cases())
    again = Plan(plan.size, proevestrup(), now=plan.now)
    assert list(again.cases()) == list(plan.cases())
    assert again.organisation == plan.organisation


def test_another_seed_gives_other_people(plan: Plan) -> None:
    other = Plan(plan.size, proevestrup(), now=plan.now, seed=plan.seed + 1)
    assert list(other.cases())[-1].child.name != list(plan.cases())[-1].child.name


def test_there_are_as_many_as_the_size_says(plan: Plan) -> None:
    cases = list(plan.cases())
    assert [case.number for case in cases] == list(range(1, plan.size.cases + 1))
    assert len(plan.organisation.staff) == plan.size.users
    leaders = [one for one in plan.organisation.staff if Role.TEAM_LEADER in one.roles]
    assert len(leaders) == plan.size.leaders
    documents = sum(case.documents for case in cases)
    assert 0.8 < documents / plan.size.documents < 1.2


def test_nobody_is_in_the_address_book_twice(plan: Plan) -> None:
    known = list(residents(plan.known))
    people = [*known, *(one for case in plan.cases() for one in case.family)]
    assert [one.number for one in people] == list(range(1, len(people) + 1))
    assert len({one.cpr for one in people}) == len(people)
    assert all(one.cpr.is_unusual for one in people)


def test_a_caseworker_has_as_many_cases_as_in_life(plan: Plan) -> None:
    held = Counter(case.responsible.key for case in plan.cases() if case.closed_at is None)
    assert max(held.values()) <= 40
    assert held["karen"] >= 20


def test_time_runs_forwards(plan: Plan) -> None:
    for case in plan.cases():
        assert case.opened_at <= plan.now
        assert case.closed_at is None or case.opened_at < case.closed_at <= plan.now
        for one in case.underretninger:
            assert one.received_at <= plan.now
            for later in (one.assessed_at, one.receipt_at, one.oriented_at):
                assert later is None or one.received_at < later <= plan.now


def test_a_case_is_about_a_child(plan: Plan) -> None:
    for case in plan.cases():
        ended = (case.closed_at or plan.now).date()
        assert timedelta(0) < case.opened_at.date() - case.child.cpr.born
        assert ended - case.child.cpr.born < timedelta(days=18 * 366)


def test_an_underretning_left_for_more_than_a_day_is_assessed(plan: Plan) -> None:
    small = Plan(SIZES[SizeName.SMALL], proevestrup(), now=plan.now)
    left = [one for case in small.cases() for one in case.underretninger if not one.assessed_at]
    assert left, "nothing to do: the queue would be empty"
    assert all(plan.now - one.received_at < timedelta(hours=27) for one in left)
    # 1.79 a child and year: of 400 children two have one of the last 25 hours.
    assert len(left) <= 8, "no caseworker in life has so many new ones at once"


def test_the_codes_are_those_of_the_law(plan: Plan) -> None:
    found = [one for case in plan.cases() for one in case.underretninger]
    assert {one.underretter for one in found} <= {kind.code for kind in UNDERRETTERE}
    assert {one.concern for one in found} <= {kind.code for kind in BEKYMRINGER}


def test_the_known_children_have_their_families(plan: Plan) -> None:
    by_name = {one.name: one for one in residents(plan.known)}
    alma, birthe = by_name["Alma Testvad"], by_name["Birthe Prøvesen"]
    assert alma.ties == (
        (Tie.MOTHER, by_name["Sanne Testvad"].number),
        (Tie.FATHER, by_name["Michael Prøvesen"].number),
    )
    assert (Tie.MOTHER, birthe.number) in by_name["Michael Prøvesen"].ties
    assert by_name["Selma Testkilde"].protected
    assert not by_name["Karim Prøvehøj"].protected


def test_ida_gets_support_and_viggos_case_is_closed(plan: Plan) -> None:
    cases = {case.child.name: case for case in plan.cases()}
    assert cases["Ida Demobæk"].has_indsats
    assert cases["Ida Demobæk"].closed_at is None
    assert cases["Viggo Prøvesen"].closed_at is not None


def test_every_department_has_cases_and_a_place_above_it(plan: Plan) -> None:
    units = {unit.key: unit for unit in plan.organisation.units}
    assert all(unit.parent in units for unit in units.values() if unit.parent)
    used = {case.responsible.unit for case in plan.cases()}
    assert {"modtagelse", "afdeling-1", "afdeling-3"} <= used


def test_somebody_is_away_and_somebody_sees_their_lines(plan: Plan) -> None:
    small = Plan(SIZES[SizeName.COPENHAGEN], proevestrup(), now=plan.now)
    away = list(of_absences(small))
    staff = {one.key: one.unit for one in small.organisation.staff}
    assert 5 < len(away) < 60
    assert all(one["first"] <= small.now.date() <= one["last"] for one in away)
    assert all(staff[one["stand_in"]] == staff[one["employee"]] for one in away if one["stand_in"])
    assert not {"karen", "henrik"} & {one["employee"] for one in away}


@pytest.mark.parametrize("size", SIZES.values(), ids=lambda size: size.name)
def test_every_size_is_staffed_by_people_with_as_many_cases_each(size: Size, plan: Plan) -> None:
    organisation = Plan(size, proevestrup(), now=plan.now).organisation
    assert len(organisation.staff) == size.users
    assert len({one.key for one in organisation.staff}) == size.users
    assert size.open_cases / len(organisation.carriers) < 32
