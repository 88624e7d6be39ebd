"""A forecast from what is awaited: whether the deadline will be kept, and what is missing."""

from datetime import UTC, date, datetime

import pytest

from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.frister.counting import Length, Unit
from dubu_plugin.frister.forecast import (
    Awaited,
    Wait,
    forecast,
    missing_words,
    sentence,
    will_be_missed,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FOUR_MONTHS = Length(4, Unit.MONTHS)
DUE = end_of_day(date(2026, 4, 10))


def wait(what: Awaited, expected: date | None = None, asked: date = date(2026, 3, 2)) -> Wait:
    return Wait(what, datetime.combine(asked, NOW.timetz()), expected)


def test_two_statements_that_come_too_late_are_told_as_the_law_is_talked_of() -> None:
    waits = [
        wait(Awaited.SKOLEUDTALELSE, date(2026, 4, 9)),
        wait(Awaited.LAEGE, date(2026, 3, 20)),
    ]
    found = forecast(DUE, FOUR_MONTHS, waits, NOW)
    assert found is not None
    assert found.missed
    assert sentence(found, FOUR_MONTHS) == "Du når ikke de 4 måneder: to udtalelser mangler"


def test_what_comes_in_time_with_two_weeks_to_write_is_kept() -> None:
    found = forecast(DUE, FOUR_MONTHS, [wait(Awaited.SKOLEUDTALELSE, date(2026, 3, 16))], NOW)
    assert found is not None
    assert found.ready == date(2026, 3, 30)
    assert not found.missed
    said = sentence(found, FOUR_MONTHS)
    assert said == "Du kan nå de 4 måneder, men en skoleudtalelse mangler"


def test_easter_is_no_time_to_write_in() -> None:
    found = forecast(DUE, FOUR_MONTHS, [wait(Awaited.SKOLEUDTALELSE, date(2026, 3, 27))], NOW)
    assert found is not None
    assert found.ready == date(2026, 4, 15)  # Maundy Thursday, Good Friday, Easter Monday
    assert found.missed


def test_a_promise_that_was_broken_is_not_believed_any_more() -> None:
    late = wait(Awaited.POLITI, date(2026, 2, 1), asked=date(2026, 1, 5))
    found = forecast(DUE, FOUR_MONTHS, [late], NOW)
    assert found is not None
    assert found.ready == date(2026, 3, 16)


def test_where_nobody_promised_it_is_a_guess_and_said_as_one() -> None:
    found = forecast(DUE, FOUR_MONTHS, [wait(Awaited.HOSPITAL)], NOW)
    assert found is not None
    assert (found.guessed, found.ready) == (True, date(2026, 4, 9))


def test_nothing_awaited_or_no_date_gives_no_forecast() -> None:
    assert forecast(DUE, FOUR_MONTHS, [], NOW) is None
    assert forecast(None, None, [wait(Awaited.LAEGE)], NOW) is None


@pytest.mark.parametrize(
    ("promised", "missed"), [(date(2026, 3, 27), False), (date(2026, 4, 9), False),
                             (date(2026, 4, 10), True)]
)  # fmt: skip
def test_a_follow_up_on_its_day_needs_no_two_weeks(promised: date, missed: bool) -> None:
    found = forecast(DUE, None, [wait(Awaited.ANDET, promised)], NOW)
    assert found is not None
    assert found.missed is missed


def test_an_answer_that_comes_well_before_the_day_is_said_as_a_guess() -> None:
    """Only our own guess at what remains says that it is too late."""
    waits = [wait(Awaited.ANDET, date(2026, 3, 26))]
    due = end_of_day(date(2026, 4, 9 - 1))
    found = forecast(due, FOUR_MONTHS, waits, NOW)
    assert found is not None
    assert (found.missed, found.left) == (True, 6)
    assert will_be_missed(found, FOUR_MONTHS, waits) == (
        "Når næppe de 4 måneder: et svar mangler, lovet 26. marts; ventes 26. marts, så er der 6 "
        "hverdage til resten"
    )
    assert sentence(found, FOUR_MONTHS) == (
        "Du når næppe de 4 måneder: et svar mangler; ventes 26. marts, så er der 6 hverdage til "
        "resten"
    )


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ([Awaited.SAMTYKKE], "et samtykke"),
        ([Awaited.SKOLEUDTALELSE] * 2, "to skoleudtalelser"),
        ([Awaited.SKOLEUDTALELSE, Awaited.DAGTILBUD, Awaited.LAEGE], "tre udtalelser"),
        ([Awaited.POLITI, Awaited.SAMTALE], "politiets svar og en samtale"),
        (
            [Awaited.SAMTALE, Awaited.SAMTYKKE, Awaited.UDVALG],
            "en samtale, et samtykke og børne- og ungeudvalgets behandling",
        ),
        ([Awaited.SAMTALE] * 13, "13 samtaler"),
    ],
)
def test_what_is_missing_in_plain_words(missing: list[Awaited], words: str) -> None:
    assert missing_words(missing) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (Length(1, Unit.MONTHS), "den ene måned"),
        (Length(7, Unit.DAYS), "de 7 dage"),
        (Length(1, Unit.WEEKS), "den ene uge"),
        (None, "fristen"),
    ],
)
def test_the_deadline_is_called_by_its_length(length: Length | None, words: str) -> None:
    late = wait(Awaited.LAEGE, date(2026, 6, 1))
    found = forecast(DUE, length, [late], NOW)
    assert found is not None
    assert sentence(found, length).startswith(f"Du når ikke {words}: ")


@pytest.mark.parametrize(
    ("waits", "words"),
    [
        ([wait(Awaited.ANDET, date(2026, 4, 9))], "et svar mangler, lovet 9. april"),
        ([wait(Awaited.HOSPITAL)], "hospitalets svar mangler, ikke lovet til nogen dag"),
        (
            [wait(Awaited.SKOLEUDTALELSE, date(2026, 4, 9)), wait(Awaited.LAEGE, date(2026, 4, 1))],
            "to udtalelser mangler, den sidste lovet 9. april",
        ),
        (
            [wait(Awaited.SKOLEUDTALELSE, date(2026, 4, 9)), wait(Awaited.LAEGE)],
            "to udtalelser mangler, den sidste lovet 9. april, resten ikke lovet",
        ),
        ([wait(Awaited.LAEGE)] * 2, "to lægeudtalelser mangler, ingen af dem lovet til nogen dag"),
    ],
)
def test_a_leader_reads_what_is_missing_and_when_it_was_promised(
    waits: list[Wait], words: str
) -> None:
    found = forecast(DUE, FOUR_MONTHS, waits, NOW)
    assert found is not None
    sure = any(one.expected for one in waits)
    hardly = "ikke" if sure else "næppe"
    assert will_be_missed(found, FOUR_MONTHS, waits) == f"Når {hardly} de 4 måneder: {words}"
