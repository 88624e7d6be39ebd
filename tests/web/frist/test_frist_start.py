"""What a corrected start is said to come to, and what is told apart: the day and the hændelse."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from dubu_plugin.domain.danish_time import end_of_day, start_of_day
from dubu_plugin.frister.rule import Severity
from dubu_plugin.testing.rules import rule
from dubu_plugin.usecases.frist.correct_anchor import Foreseen
from dubu_plugin.web.frist.start import form, preview, started

DUE = end_of_day(date(2026, 12, 7))
NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
DECIDED = datetime(2026, 8, 26, 7, 5, tzinfo=UTC)
BFU = rule("BFU-4M", length="4 months", from_fact="kendskab", section="§ 20", law="BL § 20 stk. 3")


def row(said: str, anchor: datetime) -> Any:
    return SimpleNamespace(
        anchor_id=uuid4(), anchor_at=anchor, opened_at=DECIDED, said=said, due=DUE, id=uuid4()
    )


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (timedelta(days=19), "Fristen bliver 19 dage senere."),
        (timedelta(days=-1), "Fristen bliver 1 dag tidligere."),
        (timedelta(0), "Fristen bliver den samme."),
        (timedelta(hours=-3), "Fristen bliver 3 timer tidligere."),
        (timedelta(minutes=-20), "Fristen bliver 20 minutter tidligere."),
    ],
)
def test_it_is_said_how_much_later_or_earlier(later: timedelta, words: str) -> None:
    seen = preview(Foreseen(DUE, DUE + later, True, BFU), "", NOW)
    assert (seen.change, seen.later) == (words, later > timedelta(0))
    assert seen.lines[0].replace("\N{NO-BREAK SPACE}", " ") == "Før: senest mandag 7. december 2026"
    assert seen.lines[2] == "Barnets lov §\u00a020, stk.\u00a03: 4 måneder."


def test_a_deadline_that_would_have_passed_is_said_to_have() -> None:
    seen = preview(Foreseen(DUE, NOW - timedelta(days=3), True, BFU), "", NOW)
    assert seen.lines[1].endswith(", allerede overskredet")
    assert "overskredet" not in preview(Foreseen(DUE, DUE, True, BFU), "", NOW).lines[1]


def test_a_day_more_than_a_year_before_is_asked_for_again() -> None:
    far = Foreseen(DUE, DUE - timedelta(days=400), True, BFU, date(2026, 8, 26))
    assert "Se efter, om året er rigtigt" in preview(far, "", NOW).asks
    assert not preview(Foreseen(DUE, DUE - timedelta(days=400), True, BFU), "", NOW).asks


def test_a_house_rule_that_moves_is_not_the_laws() -> None:
    order = replace(BFU, severity=Severity.ORDEN)
    assert not preview(Foreseen(DUE, DUE + timedelta(days=9), True, order), "", NOW).later


def test_a_rule_that_was_not_in_force_then_says_the_deadline_falls_away() -> None:
    seen = preview(Foreseen(DUE, None, False, BFU), "", NOW)
    assert (seen.change, seen.later) == ("Fristen falder væk.", True)


def test_paragraf_20_the_form_is_filled_in_with_the_day_it_is_counted_from_and_no_hour() -> None:
    there = row('{"kendskab": "2026-08-07", "noteret": "x"}', start_of_day(date(2026, 8, 7)))
    shown = form(there, BFU, NOW)
    assert (shown.day, shown.clock, shown.by_day) == ("2026-08-07", "", True)
    assert "26. august" in shown.event
    assert shown.event_key == str(there.anchor_id)
    assert started(there, BFU, NOW) == (
        "Uret startede 7. august, den dag, kommunen fik kendskab; sat i gang 26. august kl. 09.05."
    )


def test_the_form_of_a_hændelses_own_moment_has_its_hour() -> None:
    plain = rule("OPF-1")
    shown = form(row("{}", DECIDED), plain, NOW)
    assert (shown.day, shown.clock, shown.by_day) == ("2026-08-26", "09:05", False)
    assert started(row("{}", DECIDED), plain, NOW) == "Uret startede 26. august kl. 09.05."


def test_paragraf_49_what_is_counted_back_from_a_term_says_the_term() -> None:
    unborn = rule("UFOEDT", kind="tidligst", length=None, before="3 months", from_fact="termin")
    said = started(row('{"termin": "2027-03-01"}', DECIDED), unborn, NOW)
    assert said == "Regnet tilbage fra termin 1. marts 2027, sat i gang 26. august kl. 09.05."
