"""The mark of a rule changes with what a deadline is counted by, and with nothing else."""

from datetime import date
from typing import Any

import pytest

from dubu_plugin.frister.counting import Length, Unit
from dubu_plugin.frister.fingerprint import fingerprint
from dubu_plugin.testing.rules import rule


@pytest.mark.parametrize(
    "other",
    [
        {"length": "4 months"},
        {"warn_before": "1 weeks"},
        {"bundle": "andet"},
        {"month_end": True},
        {"due_fact": "svarfrist"},
        {"due_fact_at_most": Length(6, Unit.WEEKS)},
        {"age": 15, "length": None},
        {"on_date": frozenset({(1, 31)}), "length": None},
    ],
)
def test_what_it_is_counted_by_changes_it(other: dict[str, Any]) -> None:
    assert fingerprint(rule("A", **other)) != fingerprint(rule("A"))


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Bedre ord"},
        {"in_force_to": date(2030, 1, 1)},
        {"note": "En note"},
        {"consequence": "Noget"},
        {"met_by": ("sag_lukket",)},
    ],
)
def test_words_and_an_end_do_not(other: dict[str, Any]) -> None:
    assert fingerprint(rule("A", **other)) == fingerprint(rule("A"))


def test_it_does_not_depend_on_the_order_of_a_set() -> None:
    dates = [(1, 15), (4, 15), (7, 15), (10, 15)]
    one = rule("A", on_date=frozenset(dates), length=None)
    other = rule("A", on_date=frozenset(reversed(dates)), length=None)
    assert fingerprint(one) == fingerprint(other)
