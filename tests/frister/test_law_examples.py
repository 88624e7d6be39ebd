"""Worked examples: what the law comes to on real dates, a paragraph a test."""

from datetime import date

import pytest

from dubu_plugin.domain.danish_time import understood
from dubu_plugin.frister.rule import Rule
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.versions import version_of


def rule(rules: RuleBook, code: str, start: str) -> Rule:
    found = version_of(rules.versions[code], understood(start))
    assert found is not None
    return found


def due(rules: RuleBook, code: str, start: str) -> str | None:
    term = rule(rules, code, start).term(understood(start))
    return term.due.isoformat() if term else None


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        # Friday afternoon before a weekend: the hours run on.
        ("2026-05-01T15:30", "2026-05-02T15:30:00+02:00"),
        ("2026-12-24T14:00", "2026-12-25T14:00:00+01:00"),
        ("2026-04-02T23:59", "2026-04-03T23:59:00+02:00"),
        # The night the clocks go forward, and the night they go back.
        ("2026-03-28T18:00", "2026-03-29T19:00:00+02:00"),
        ("2026-10-24T18:00", "2026-10-25T17:00:00+01:00"),
        ("2024-01-01T00:00", "2024-01-02T00:00:00+01:00"),
    ],
)
def test_bl_136_stk_2_assessed_within_24_hours(
    rules: RuleBook, received: str, expected: str
) -> None:
    assert due(rules, "UND-24T", received) == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        # Friday 1 May 2026: Monday 4 to Friday 8, and Monday 11.
        ("2026-05-01T15:30", "2026-05-11T23:59:59+02:00"),
        # Tuesday 12 May 2026: 14 May is Kristi himmelfartsdag.
        ("2026-05-12T08:00", "2026-05-21T23:59:59+02:00"),
        # Wednesday 23 December 2026: 24 December counts, and 31 too; 25, 26 and 1 January do not.
        ("2026-12-23T10:00", "2027-01-04T23:59:59+01:00"),
        # Just before and just after midnight are two different days.
        ("2026-03-02T23:59", "2026-03-10T23:59:59+01:00"),
        ("2026-03-03T00:00", "2026-03-11T23:59:59+01:00"),
        # Over store bededag, which 2024 no longer has.
        ("2024-04-22T12:00", "2024-04-30T23:59:59+02:00"),
    ],
)
def test_bl_138_stk_1_receipt_within_6_hverdage(
    rules: RuleBook, received: str, expected: str
) -> None:
    assert due(rules, "UND-KVIT", received) == expected


@pytest.mark.parametrize("code", ["UND-ORIENT", "UND-GENV", "UND-SAMTALE"])
def test_bl_137_and_138_stk_2_give_no_number_of_days(rules: RuleBook, code: str) -> None:
    assert due(rules, code, "2026-05-01T15:30") is None


def test_bl_137_stk_1_has_a_narrower_wording_from_2025(rules: RuleBook) -> None:
    assert rule(rules, "UND-GENV", "2024-12-31T23:59").in_force_from == date(2024, 1, 1)
    assert rule(rules, "UND-GENV", "2025-01-01T00:00").in_force_from == date(2025, 1, 1)


def test_bl_213_nothing_runs_under_barnets_lov_before_2024(rules: RuleBook) -> None:
    assert {rule.law for rule in rules.on(date(2023, 12, 31)) if rule.law.startswith("BL")} == set()
    assert rules.on(date(2022, 1, 23)) == []


def test_bl_136_stk_2_is_warned_of_at_once(rules: RuleBook) -> None:
    start = understood("2026-05-01T15:30")
    term = rule(rules, "UND-24T", "2026-05-01T15:30").term(start)
    assert term is not None
    assert term.warn == start


def test_bl_138_stk_1_is_warned_of_three_hverdage_before(rules: RuleBook) -> None:
    term = rule(rules, "UND-KVIT", "2026-05-01T15:30").term(understood("2026-05-01T15:30"))
    assert term is not None
    assert term.warn.isoformat() == "2026-05-06T00:00:00+02:00"
