"""The course of a case is read from what has happened."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dubu_plugin.domain.forloeb import BESIDE, STEPS, TELLS, Fact, Stage, State
from dubu_plugin.domain.forloeb_handicap import line_of
from dubu_plugin.domain.forloeb_reached import reached
from dubu_plugin.domain.haendelser import Haendelse as H

FIRST = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


def told(*what: H | tuple[H, dict[str, Any]]) -> dict[Stage, State]:
    facts = []
    for number, one in enumerate(what):
        name, data = one if isinstance(one, tuple) else (one, {})
        facts.append(Fact(name, FIRST + timedelta(days=number), data))
    return {stage: found.state for stage, found in reached(reversed(facts)).items()}


def test_paragraf_18_after_an_emergency_the_screening_is_not_done() -> None:
    found = told(
        H.UNDERRETNING_MODTAGET, (H.UNDERRETNING_VURDERET, {"naeste": "akut", "behov": True})
    )
    assert found[Stage.UNDERRETNING] is State.FAERDIG
    assert found[Stage.SCREENING] is State.I_GANG
    assert found[Stage.UNDERSOEGELSE] is State.KOMMER
    assert found[Stage.AFGOERELSE] is State.KOMMER
    assert found[Stage.AKUT] is State.I_GANG


def test_a_later_step_that_has_begun_does_not_make_an_earlier_one_done() -> None:
    found = told(H.UNDERRETNING_MODTAGET, H.UNDERRETNING_VURDERET, H.INDSATS_IVAERKSAT)
    assert found[Stage.SCREENING] is State.KOMMER
    assert found[Stage.INDSATS] is State.I_GANG


def test_almas_course_from_the_school_to_the_first_follow_up() -> None:
    found = told(
        H.UNDERRETNING_MODTAGET,
        (H.UNDERRETNING_VURDERET, {"naeste": "screening", "behov": True}),
        (H.SCREENING_AFSLUTTET, {"udfald": "undersoegelse"}),
        H.UNDERSOEGELSE_BESLUTTET,
        H.UNDERSOEGELSE_AFSLUTTET,
        H.PARTSHOERING_SENDT,
        H.PARTSHOERING_BESVARET,
        H.AFGOERELSE_TRUFFET,
        (H.INDSATS_IVAERKSAT, {"indsats": "familiebehandling"}),
        (H.INDSATS_IVAERKSAT, {"indsats": "morgenstøtte"}),
        H.BARNETS_PLAN_VEDTAGET,
        H.OPFOELGNING_AFHOLDT,
        (H.INDSATS_OPHOERT, {"indsats": "morgenstøtte"}),
    )
    done = {stage for stage, state in found.items() if state is State.FAERDIG}
    assert done == {
        Stage.UNDERRETNING, Stage.SCREENING, Stage.UNDERSOEGELSE, Stage.PARTSHOERING,
        Stage.AFGOERELSE, Stage.PLAN,
    }  # fmt: skip
    assert found[Stage.INDSATS] is State.I_GANG, "one of two still runs"
    assert found[Stage.OPFOELGNING] is State.I_GANG, "it is due again while one runs"


def test_paragraf_95_without_an_indsats_the_last_follow_up_is_done() -> None:
    found = told(H.INDSATS_IVAERKSAT, H.OPFOELGNING_AFHOLDT, H.INDSATS_OPHOERT)
    assert (found[Stage.INDSATS], found[Stage.OPFOELGNING]) == (State.FAERDIG, State.FAERDIG)


def test_paragraf_18_a_screening_that_is_over_keeps_its_day() -> None:
    facts = [
        Fact(H.SCREENING_AFSLUTTET, FIRST, {"udfald": "afdaekning"}),
        Fact(H.UNDERSOEGELSE_BESLUTTET, FIRST + timedelta(days=250), {}),
    ]
    found = reached(facts)
    assert found[Stage.SCREENING].since == FIRST, "an undersøgelse decided at a follow-up is later"
    assert reached(facts[1:])[Stage.SCREENING].state is State.FAERDIG


def test_paragraf_18_a_screening_told_afterwards_is_over_whenever_it_was_done() -> None:
    """Its deadline is met by it too; the second underretning was assessed later that day."""
    need = {"behov": True}
    for earlier in (timedelta(hours=3), timedelta(days=3)):
        facts = [
            Fact(H.UNDERRETNING_VURDERET, FIRST, need, 1),
            Fact(H.UNDERRETNING_VURDERET, FIRST + timedelta(hours=1), need, 2),
            Fact(H.SCREENING_AFSLUTTET, FIRST - earlier, {"udfald": "intet"}, 3),
        ]
        found = reached(facts)[Stage.SCREENING]
        assert (found.state, found.since) == (State.FAERDIG, FIRST - earlier)
        again = Fact(H.UNDERRETNING_VURDERET, FIRST + timedelta(hours=2), need, 4)
        assert reached([*facts, again])[Stage.SCREENING].state is State.I_GANG


def test_a_step_ended_earlier_that_day_than_it_began_is_over_where_its_end_was_told_last() -> None:
    sent = Fact(H.PARTSHOERING_SENDT, FIRST, {}, 1)
    same_day = Fact(H.PARTSHOERING_BESVARET, FIRST - timedelta(hours=1), {}, 2)
    assert reached([sent, same_day])[Stage.PARTSHOERING].state is State.FAERDIG
    before = Fact(H.PARTSHOERING_BESVARET, FIRST - timedelta(days=1), {}, 2)
    assert reached([sent, before])[Stage.PARTSHOERING].state is State.I_GANG
    complaint = Fact(H.KLAGE_MODTAGET, FIRST, {"klage": "a"}, 1)
    other = Fact(H.KLAGE_TRUKKET, FIRST - timedelta(hours=1), {"klage": "b"}, 2)
    withdrawn = Fact(H.KLAGE_TRUKKET, FIRST - timedelta(hours=1), {"klage": "a"}, 2)
    assert reached([complaint, other])[Stage.KLAGE].state is State.I_GANG
    assert reached([complaint, withdrawn])[Stage.KLAGE].state is State.FAERDIG


def test_what_is_written_begins_its_step() -> None:
    found = told((H.SKRIFT_BEGYNDT, {"art": "afdaekning"}))
    assert found[Stage.UNDERSOEGELSE] is State.I_GANG
    assert found[Stage.SCREENING] is State.KOMMER


def test_a_case_a_new_underretning_opened_again_has_a_course_of_its_own() -> None:
    found = told(
        H.SCREENING_AFSLUTTET,
        H.SAG_LUKKET,
        H.UNDERRETNING_MODTAGET,
        (H.SAG_GENAABNET, {"grund": "ny_underretning"}),
    )
    assert found[Stage.AFSLUTTET] is State.KOMMER
    assert found[Stage.SCREENING] is State.KOMMER
    assert found[Stage.UNDERRETNING] is State.I_GANG


def test_a_case_opened_again_by_hand_goes_on_where_it_was() -> None:
    found = told(
        H.SCREENING_AFSLUTTET, H.AFGOERELSE_TRUFFET, H.SAG_LUKKET,
        (H.SAG_GENAABNET, {"grund": "genaabnet"}),
    )  # fmt: skip
    assert found[Stage.AFSLUTTET] is State.KOMMER
    assert found[Stage.SCREENING] is State.FAERDIG
    assert found[Stage.AFGOERELSE] is State.FAERDIG


def test_two_complaints_are_done_when_both_are() -> None:
    one, two = {"klage": "1"}, {"klage": "2"}
    first = (H.KLAGE_MODTAGET, one), (H.KLAGE_MODTAGET, two), (H.KLAGE_TRUKKET, one)
    assert told(*first)[Stage.KLAGE] is State.I_GANG
    assert told(*first, (H.KLAGE_AFGJORT, two))[Stage.KLAGE] is State.FAERDIG


def test_every_step_says_what_it_requires_produces_and_leads_to() -> None:
    for step in (*STEPS, *BESIDE):
        assert all((step.requires, step.produces, step.then, step.law))
        assert step.begins | step.ends <= TELLS
    assert {step.stage for step in (*STEPS, *BESIDE)} == set(Stage)


def test_emils_course_is_application_udredning_decisions_help_and_follow_up() -> None:
    written = {"art": "handicapudredning"}
    what: list[tuple[H, dict[str, Any]]] = [
        (H.ANSOEGNING_MODTAGET, {}),
        (H.SKRIFT_BEGYNDT, written),
        (H.SKRIFT_GODKENDT, written),
        (H.SCREENING_AFSLUTTET, {"udfald": "afdaekning"}),
        (H.SKRIFT_BEGYNDT, {"art": "afgoerelse"}),
        (H.AFGOERELSE_FORBEREDT, {"afgoerelse": "tabt"}),
        (H.AFGOERELSE_FORBEREDT, {"afgoerelse": "kompensation"}),
        (H.AFGOERELSE_TRUFFET, {"afgoerelse": "tabt"}),
        (H.AFGOERELSE_TRUFFET, {"afgoerelse": "kompensation"}),
        (H.INDSATS_IVAERKSAT, {"indsats": "tabt"}),
    ]

    def after(number: int) -> dict[Stage, State]:
        facts = [
            Fact(name, FIRST + timedelta(days=day), data)
            for day, (name, data) in enumerate(what[:number])
        ]
        found = reached(facts, line_of("boernehandicap"))
        return {stage: one.state for stage, one in found.items()}

    assert Stage.SCREENING not in after(10)
    assert Stage.PLAN not in after(10)
    assert after(1)[Stage.UNDERRETNING] is State.I_GANG
    assert after(2)[Stage.UNDERRETNING] is State.FAERDIG
    assert after(2)[Stage.UNDERSOEGELSE] is State.I_GANG
    assert after(5)[Stage.UNDERSOEGELSE] is State.FAERDIG
    assert after(8)[Stage.AFGOERELSE] is State.I_GANG, "one of two is made"
    assert after(9)[Stage.AFGOERELSE] is State.FAERDIG
    assert after(10)[Stage.INDSATS] is State.I_GANG
    assert after(10)[Stage.OPFOELGNING] is State.I_GANG
    assert line_of("udsatte_boern") is STEPS
    facts = [Fact(name, FIRST + timedelta(days=day), data) for day, (name, data) in enumerate(what)]
    since = reached(facts, line_of("boernehandicap"))[Stage.UNDERRETNING].since
    assert since == FIRST + timedelta(days=1), "it was taken on when the udredning was begun"


NEED = {"behov": True, "naeste": "screening"}
NOTHING = {"behov": False, "naeste": "intet"}
AT_ONCE = {"behov": True, "naeste": "akut"}


@pytest.mark.parametrize(
    ("answers", "screening", "akut"),
    [
        ([NEED, NOTHING], (State.KOMMER, None), State.KOMMER),
        ([AT_ONCE, NOTHING], (State.KOMMER, None), State.KOMMER),
        ([NEED, AT_ONCE, NOTHING], (State.KOMMER, None), State.KOMMER),
        ([NOTHING, NEED], (State.I_GANG, 1), State.KOMMER),
        ([NEED, NEED], (State.I_GANG, 0), State.KOMMER),
        ([NOTHING, AT_ONCE, AT_ONCE], (State.I_GANG, 1), State.I_GANG),
    ],
)
def test_of_an_assessment_put_right_only_the_newest_answer_begins_anything(
    answers: list[dict[str, Any]], screening: tuple[State, int | None], akut: State
) -> None:
    whats = [H.UNDERRETNING_VURDERET, *[H.VURDERING_RETTET] * (len(answers) - 1)]
    days = [FIRST + timedelta(days=number) for number in range(len(answers))]
    facts = [
        Fact(what, day, data, number, "u1")
        for number, (what, day, data) in enumerate(zip(whats, days, answers, strict=True))
    ]
    found = reached(facts)
    state, since = screening
    assert found[Stage.SCREENING].state is state
    assert found[Stage.SCREENING].since == (None if since is None else days[since])
    assert found[Stage.AKUT].state is akut
    assert found[Stage.UNDERRETNING].state is State.FAERDIG


def test_an_assessment_put_right_in_a_word_begins_no_finished_screening_again() -> None:
    facts = [
        Fact(H.UNDERRETNING_VURDERET, FIRST, NEED, 1, "u1"),
        Fact(H.SCREENING_AFSLUTTET, FIRST + timedelta(days=2), {"udfald": "intet"}, 2),
        Fact(H.VURDERING_RETTET, FIRST + timedelta(days=9), NEED, 3, "u1"),
    ]
    assert reached(facts)[Stage.SCREENING].state is State.FAERDIG
    another = Fact(H.UNDERRETNING_VURDERET, FIRST + timedelta(days=9), NEED, 4, "u2")
    assert reached([*facts, another])[Stage.SCREENING].state is State.I_GANG
