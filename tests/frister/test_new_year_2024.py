"""BL § 213: which row a clock runs under that had begun when barnets lov came into force."""

from datetime import date

import pytest

from dubu_plugin.domain.danish_time import understood
from dubu_plugin.frister.rule import BARNETS_LOV, Transition
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.versions import version_of


@pytest.mark.parametrize(
    ("code", "start", "law", "due"),
    [
        # 28 December: the 24 hours ran out in 2023, the 6 hverdage (29, 2, 3, 4, 5, 8) did not.
        ("UND-24T", "2023-12-28T10:00", "SEL § 155 stk. 2", "2023-12-29"),
        ("UND-24T", "2023-12-31T10:00", "BL § 136 stk. 2", "2024-01-01"),
        ("UND-KVIT", "2023-12-28T10:00", "BL § 138 stk. 1", "2024-01-08"),
        ("UND-KVIT", "2023-12-19T10:00", "SEL § 155 b stk. 1", "2023-12-29"),
        ("BFU-4M", "2023-08-31", "SEL § 50 stk. 7", "2023-12-31"),
        ("BFU-4M", "2023-09-01", "BL § 20 stk. 3", "2024-01-01"),
        ("HJEMG-7D", "2023-12-29", "BL § 102 stk. 1", "2024-01-05"),
        ("OPF-1", "2023-10-15", "BL § 95 stk. 2", "2024-01-15"),
        # What was decided under serviceloven stays as it was (stk. 2).
        ("PLAN-3M", "2023-11-15", "SEL § 140 stk. 1", "2024-03-15"),
        ("PLAN-3M", "2024-01-01", "BL § 91 stk. 1", "2024-04-01"),
        ("GENB-1", "2023-11-15", "SEL § 62 stk. 1 og 3", "2024-11-15"),
        ("FORPAAL", "2023-11-15", "SEL § 57 a stk. 6, § 57 b stk. 6", "2024-11-15"),
        ("OPF-N", "2023-11-15", "SEL § 70 stk. 1", "2024-05-15"),
        ("AKUT-7D", "2023-12-29", "SEL § 75 stk. 3", "2024-01-05"),
    ],
)
def test_bl_213_a_clock_over_new_year_runs_under(
    rules: RuleBook, code: str, start: str, law: str, due: str
) -> None:
    anchor = understood(start)
    rule = version_of(rules.versions[code], anchor)
    assert rule is not None
    term = rule.term(anchor)
    assert term is not None
    assert (rule.law, term.due.date().isoformat()) == (law, due)


def test_bl_213_stk_1_a_duty_without_a_number_is_finished_under_barnets_lov(
    rules: RuleBook,
) -> None:
    rule = version_of(rules.versions["UND-SAMTALE"], understood("2023-06-01"))
    assert rule is not None
    assert rule.law == "BL § 137 stk. 3-4"


@pytest.mark.parametrize(
    ("born", "law"),
    [("2008-06-10", "SEL §§ 52, 58, 68, 68 a"), ("2009-06-10", "BL §§ 33, 46, 47, 67, 102, 104")],
)
def test_bl_213_an_age_is_reached_under_the_act_of_that_day(
    rules: RuleBook, born: str, law: str
) -> None:
    rule = version_of(
        rules.versions["PART-15"], understood("2023-01-10"), born=date.fromisoformat(born)
    )
    assert rule is not None
    assert rule.law == law


def test_bl_213_an_age_nobody_knows_follows_barnets_lov(rules: RuleBook) -> None:
    rule = version_of(rules.versions["PART-15"], understood("2023-01-10"))
    assert rule is not None
    assert rule.in_force_from == BARNETS_LOV


def test_bl_213_only_the_row_that_begins_with_the_act_takes_over(rules: RuleBook) -> None:
    """A later wording, as § 137 has from 2025, asks nothing of what began before it."""
    for rule in rules.rules:
        if rule.transition is Transition.NY:
            assert rule.in_force_from == BARNETS_LOV, rule.code
    earlier = version_of(rules.versions["UND-GENV"], understood("2024-12-31"))
    assert earlier is not None
    assert earlier.in_force_from == BARNETS_LOV
