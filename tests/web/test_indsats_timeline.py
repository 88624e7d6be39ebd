"""The axis of the indsatser: what stands on it, where, and in which order."""

from datetime import date

from dubu_plugin.web.indsats_timeline import Span, drawn

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
