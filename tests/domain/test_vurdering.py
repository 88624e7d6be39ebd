"""The assessment is refused where the law asks for more, in words that name the paragraph."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dubu_plugin.domain.underretning import Fare, NaesteSkridt, Overgreb, Pligt
from dubu_plugin.domain.vurdering import Answers, Circumstances, NotComplete, Samtale
from dubu_plugin.domain.vurdering_lacks import problems

NOW = datetime(2026, 3, 2, 12, 40, tzinfo=UTC)
GOOD = Answers(
    fare=Fare.IKKE_AKUT,
    next_step=NaesteSkridt.SCREENING,
    reason="Alma er på skole.",
    concerns=frozenset({"3"}),
    suspicion=False,
)
PLAIN = Circumstances(
    assessor="karen",
    child_is_said=True,
    asks_new_person=False,
    handled_by=frozenset(),
    may_take_part=frozenset(),
    source="2",
    duty=Pligt.FAGPERSON,
    received_at=NOW - timedelta(hours=4),
    now=NOW,
)
RUNNING = replace(
    PLAIN,
    asks_new_person=True,
    handled_by=frozenset({"anders"}),
    may_take_part=frozenset({"mette", "anders"}),
)


def missing(answers: Answers, about: Circumstances = PLAIN) -> dict[str, str]:
    return {problem.field: problem.danish for problem in problems(answers, about)}


def test_a_full_answer_lacks_nothing() -> None:
    assert missing(GOOD) == {}


def test_an_empty_answer_is_told_everything_at_once() -> None:
    empty = Answers(None, None)
    found = missing(empty, replace(PLAIN, child_is_said=False))
    assert list(found) == ["barn", "bekymring", "fare", "begrundelse", "naeste"]
    assert "§ 136, stk. 2" in found["fare"]
    error = NotComplete(problems(empty, PLAIN))
    assert error.for_people().startswith("Vurderingen er ikke gemt.")
    assert str(error) == "bekymring,fare,begrundelse,naeste"


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_reason_of_blanks_is_none(reason: str) -> None:
    assert "begrundelse" in missing(replace(GOOD, reason=reason))


def test_danger_asks_what_is_done_about_it() -> None:
    acute = replace(GOOD, fare=Fare.AKUT, next_step=NaesteSkridt.AKUT)
    assert "§ 136, stk. 2" in missing(acute)["akut"]
    assert missing(replace(acute, acute_action="Farmor henter nu.")) == {}


@pytest.mark.parametrize("step", [one for one in NaesteSkridt if one is not NaesteSkridt.AKUT])
def test_a_child_in_danger_gets_acute_help(step: NaesteSkridt) -> None:
    acute = replace(GOOD, fare=Fare.AKUT, acute_action="Farmor henter.", next_step=step)
    found = missing(acute)
    assert list(found) == ["naeste"]
    assert "»Akut indsats«" in found["naeste"]


def test_no_danger_does_not_end_in_acute_help() -> None:
    found = missing(replace(GOOD, next_step=NaesteSkridt.AKUT))
    assert list(found) == ["naeste"]
    assert "svar, at barnet er i fare nu" in found["naeste"]


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        (None, False),
        ("", False),
        ("karen", False),
        ("anders", False),
        ("gaest", False),
        ("mette", True),
    ],
)
def test_a_running_case_asks_for_somebody_new(who: str | None, allowed: bool) -> None:
    found = missing(replace(GOOD, fresh_eyes=who), RUNNING)
    assert (found == {}) is allowed
    if not allowed:
        assert "§ 137, stk. 1" in found["nye_oejne"]


def test_who_saves_and_is_new_to_the_case_is_the_new_person() -> None:
    mine = replace(GOOD, fresh_eyes="karen")
    able = replace(RUNNING, may_take_part=frozenset({"karen", "mette"}))
    assert missing(mine, able) == {}
    handled = replace(able, handled_by=frozenset({"karen"}))
    assert "Du har selv haft sagen før" in missing(mine, handled)["nye_oejne"]


def test_the_24_hours_do_not_wait_where_nobody_can_be_asked() -> None:
    nobody = replace(RUNNING, may_take_part=frozenset({"anders"}))
    assert missing(replace(GOOD, fresh_eyes=None), nobody) == {}


def test_no_support_asks_for_nobody() -> None:
    assert missing(replace(GOOD, fresh_eyes=None)) == {}


@pytest.mark.parametrize("concern", ["7", "18"])
def test_suspected_abuse_asks_for_a_conversation(concern: str) -> None:
    found = missing(replace(GOOD, suspicion=True, concerns=frozenset({concern})))
    assert "§ 137, stk. 3" in found["samtale"]
    assert ("uden deres samtykke" in found["samtale"]) is (concern == "18")


ABUSE = replace(GOOD, suspicion=True, concerns=frozenset({"7"}))


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        (replace(ABUSE, conversation=Samtale.HOLDT), ["samtale_tid"]),
        (
            replace(ABUSE, conversation=Samtale.HOLDT, conversation_at=NOW + timedelta(hours=1)),
            ["samtale_tid"],
        ),
        (replace(ABUSE, conversation=Samtale.HOLDT, conversation_at=NOW - timedelta(hours=1)), []),
        (replace(ABUSE, conversation=Samtale.AFTALT), ["samtale_tid"]),
        (replace(ABUSE, conversation=Samtale.AFTALT, conversation_at=NOW), ["samtale_tid"]),
        (replace(ABUSE, conversation=Samtale.AFTALT, conversation_at=NOW + timedelta(hours=1)), []),
        (
            replace(ABUSE, conversation=Samtale.AFTALT, conversation_at=NOW + timedelta(days=365)),
            ["samtale_tid"],
        ),
        (replace(ABUSE, conversation=Samtale.UNDLADT), ["samtale_grund"]),
        (replace(ABUSE, conversation=Samtale.UNDLADT, conversation_reason=" "), ["samtale_grund"]),
        (replace(ABUSE, conversation=Samtale.UNDLADT, conversation_reason="Er 8 måneder."), []),
        (replace(ABUSE, conversation=Samtale.IKKE_AKTUEL), ["samtale"]),
    ],
)
def test_the_conversation_is_held_planned_or_left_out_with_a_reason(
    answers: Answers, fields: list[str]
) -> None:
    assert list(missing(answers)) == fields


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        (replace(GOOD, suspicion=None), "fare"),
        (replace(GOOD, suspicion=True), "bekymring"),
        (replace(ABUSE, suspicion=False, conversation=Samtale.HOLDT, conversation_at=NOW), "fare"),
    ],
)
def test_no_suspicion_of_abuse_is_stored_that_nobody_was_asked_about(
    answers: Answers, field: str
) -> None:
    found = missing(answers)
    assert list(found) == [field]
    assert "§ 137, stk. 3" in found[field]


def test_a_conversation_from_before_the_underretning_is_not_the_one_the_law_asks_for() -> None:
    long_ago = replace(ABUSE, conversation=Samtale.HOLDT, conversation_at=NOW - timedelta(days=900))
    assert "2. marts 2026" in missing(long_ago)["samtale_tid"]
    same_day = replace(long_ago, conversation_at=PLAIN.received_at - timedelta(hours=2))
    assert missing(same_day) == {}, "the mail may come after the talk at school"


def test_paragraf_20_stk_1_nr_2_suspicion_does_not_end_in_nothing() -> None:
    talked = replace(ABUSE, conversation=Samtale.HOLDT, conversation_at=NOW)
    found = missing(replace(talked, next_step=NaesteSkridt.INTET))
    assert list(found) == ["naeste"]
    assert "§ 20, stk. 1, nr. 2" in found["naeste"]
    assert missing(replace(talked, next_step=NaesteSkridt.BFU)) == {}
    nothing = replace(talked, next_step=NaesteSkridt.INTET)
    assert missing(nothing, replace(PLAIN, undersoegelse_runs=True)) == {}
    assert missing(replace(GOOD, next_step=NaesteSkridt.INTET)) == {}


def test_only_what_belongs_to_the_choice_is_an_answer() -> None:
    """What was typed under another choice is hidden from who saves: it is not filed."""
    typed = replace(
        ABUSE,
        acute_action="Politi og vagt kører ud nu.",
        conversation=Samtale.HOLDT,
        conversation_at=NOW,
        conversation_reason="Er 8 måneder.",
    )
    held = typed.as_chosen()
    assert (held.acute_action, held.conversation_reason) == ("", "")
    assert (held.conversation, held.conversation_at) == (Samtale.HOLDT, NOW)
    omitted = replace(typed, conversation=Samtale.UNDLADT).as_chosen()
    assert (omitted.conversation_at, omitted.conversation_reason) == (None, "Er 8 måneder.")
    nothing = replace(typed, concerns=frozenset({"3"}), suspicion=False).as_chosen()
    assert (nothing.conversation, nothing.conversation_at) == (None, None)
    acute = replace(typed, fare=Fare.AKUT).as_chosen()
    assert acute.acute_action == "Politi og vagt kører ud nu."


def test_abuse_by_parents_outranks_abuse_by_others() -> None:
    both = replace(GOOD, concerns=frozenset({"7", "18"}))
    assert both.abuse is Overgreb.FORAELDRE
    assert replace(GOOD, concerns=frozenset({"7"})).abuse is Overgreb.ANDRE


def test_nobody_knows_who_wrote_so_it_is_asked_before_the_assessment_counts() -> None:
    """A professional whose duty is not said would never be told what came of it."""
    found = missing(GOOD, replace(PLAIN, source=None, duty=None))
    assert list(found) == ["underretter", "pligt"]
    assert "»Anonym«" in found["underretter"]
    assert "§ 138, stk. 2" in found["pligt"]
