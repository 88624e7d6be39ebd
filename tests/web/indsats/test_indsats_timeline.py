"""The axis of the indsatser: what stands on it, where, and in which order."""

from datetime import date
from uuid import uuid4

import pytest

from dubu_plugin.domain.indsatser import Catalogue
from dubu_plugin.store.plan.goals_agreed import Agreed
from dubu_plugin.web.indsats.noted import NotedThing
from dubu_plugin.web.indsats.timeline import Span, drawn, spans

TODAY = date(2026, 6, 11)


def test_nothing_is_drawn_where_there_is_nothing() -> None:
    assert drawn([], TODAY) is None


def test_what_goes_on_reaches_today_and_what_ended_does_not() -> None:
    on = Span("indsats", "Kontaktperson", date(2026, 1, 1), None)
    over = Span("indsats", "Familiebehandling", date(2026, 1, 1), date(2026, 3, 1))
    figure = drawn([on, over], TODAY)
    assert figure is not None
    assert figure.bars[0].x + figure.bars[0].width == figure.today
    assert figure.bars[1].x + figure.bars[1].width < figure.today
    assert [row[2] for row in figure.rows] == [
        "fra 1.\u00a0januar", "1.\u00a0januar til 1.\u00a0marts",
    ]  # fmt: skip


def test_a_day_is_seen_and_what_lies_ahead_is_beyond_today() -> None:
    day = Span("undersoegelse", "Afdækning", TODAY, TODAY)
    ahead = Span("planlagt", "Kontaktperson", date(2026, 8, 1), None)
    figure = drawn([day, ahead], TODAY)
    assert figure is not None
    assert figure.bars[0].width >= 6
    assert figure.bars[1].x > figure.today


def test_a_childhood_has_few_marks() -> None:
    long = Span("indsats", "Anbringelse", date(2009, 1, 1), None)
    figure = drawn([long], TODAY)
    assert figure is not None
    assert 5 <= len(figure.ticks) <= 25
    assert all(tick.text.isdecimal() for tick in figure.ticks)


@pytest.mark.parametrize(
    ("ended_on", "looked_at_on", "ends"),
    [
        (None, date(2026, 5, 1), None),
        (None, date(2026, 9, 1), date(2026, 9, 1)),
        (None, None, None),
        (date(2026, 4, 1), date(2026, 9, 1), date(2026, 4, 1)),
    ],
)
def test_a_goal_of_the_plan_goes_on_though_the_day_it_was_to_be_looked_at_has_passed(
    ended_on: date | None, looked_at_on: date | None, ends: date | None
) -> None:
    goal = Agreed(uuid4(), "Alma sover", date(2026, 2, 1), ended_on, looked_at_on)
    [span] = spans(Catalogue(), (), (), [goal], (), (), "", TODAY)
    assert (span.begins, span.ends) == (date(2026, 2, 1), ends)


def test_what_is_noted_stands_on_the_axis_and_leads_to_where_it_is_written_in() -> None:
    runs = NotedThing("Anbragt", date(2026, 1, 1), None, "/skriv")
    over = NotedThing("Anbragt", date(2025, 1, 1), date(2025, 6, 1), "")
    figure = drawn(spans(Catalogue(), (), (), (), (), [runs, over], "", TODAY), TODAY)
    assert figure is not None
    assert [(bar.kind, bar.label) for bar in figure.bars] == [("noteret", "Noteret: Anbragt")] * 2
    assert figure.bars[1].x + figure.bars[1].width == figure.today
    assert [row[1] for row in figure.rows] == ["Noteret, ikke skrevet ind"] * 2
    assert figure.unwritten == [("Anbragt fra 1.\u00a0januar", "/skriv")]
