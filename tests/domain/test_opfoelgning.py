"""The rhythm of the opfølgninger: what is offered, and what departs from it (§ 95, stk. 3)."""

from datetime import date

from dubu_plugin.domain.opfoelgning import CHOICES, MEANT, TO_CHILD, Next, Valg, departs, offered


def test_the_cases_own_rhythm_is_among_those_offered() -> None:
    held_on = date(2026, 10, 31)
    assert offered(held_on, None) == [
        (1, date(2026, 11, 30)), (3, date(2027, 1, 31)), (6, date(2027, 4, 30))
    ]  # fmt: skip
    assert [months for months, _ in offered(held_on, 2)] == [1, 2, 3, 6]
    assert [months for months, _ in offered(held_on, None, 12)] == [1, 3, 6, 12]


def test_the_first_day_is_always_a_decision_of_its_own() -> None:
    assert departs(Next(date(2027, 1, 26), 3), None)
    assert not departs(Next(date(2027, 1, 26), 3), 3)
    assert departs(Next(date(2027, 1, 20), None), 3)
    assert not departs(Next(None, None), 3)


def test_every_choice_has_its_words() -> None:
    assert set(CHOICES) == set(MEANT) == set(TO_CHILD) == set(Valg)
