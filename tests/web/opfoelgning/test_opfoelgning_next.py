"""The next day an opfølgning proposes is in time for what has just begun (barnets lov § 95)."""

from datetime import UTC, date, datetime

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.sag.sag_panel import OpenStep
from dubu_plugin.testing.rules import book, rule
from dubu_plugin.web.opfoelgning.next import first_left, proposed

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def rules() -> RuleBook:
    return book(
        rule("OPF-1", recurs=True, each=True, covers="1 months"),
        rule("OPF-N", recurs=True, opens_on=(H.OPFOELGNING_AFHOLDT,)),
    )


def step(code: str, day: date, state: State = State.AABEN) -> OpenStep:
    due = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return OpenStep(rule=code, version=date(2024, 1, 1), state=state, due=due)


FEBRUARY = date(2027, 2, 20)


def test_bl_95_stk_2_the_next_day_is_in_time_for_the_indsats_that_has_just_begun(
    rules: RuleBook,
) -> None:
    steps = [step("OPF-1", date(2026, 11, 28)), step("OPF-1", FEBRUARY)]
    left = first_left(steps, rules, NOW)
    assert left == FEBRUARY
    fields = proposed(6, left, TODAY)
    assert (fields["naeste"], fields["naeste_dag"]) == ("anden", "2027-02-20")
    assert "20. februar 2027" in fields["naeste_grund"]
    assert proposed(1, left, TODAY) == {"naeste": "1"}, "a sooner rhythm is soon enough"


def test_what_this_opfoelgning_is_the_first_of_asks_for_no_sooner_day(rules: RuleBook) -> None:
    soon = [step("OPF-1", date(2026, 11, 28)), step("OPF-1", date(2026, 12, 20))]
    assert first_left(soon, rules, NOW) is None
    assert first_left([step("OPF-1", FEBRUARY)], rules, NOW) is None
    assert first_left([step("OPF-1", FEBRUARY, State.OPFYLDT)], rules, NOW) is None
    assert proposed(None, None, TODAY) == {"naeste": "3"}


def test_an_agreed_opfoelgning_leaves_what_has_just_begun_to_its_own(rules: RuleBook) -> None:
    steps = [step("OPF-N", TODAY), step("OPF-1", FEBRUARY)]
    assert first_left(steps, rules, NOW) == FEBRUARY
