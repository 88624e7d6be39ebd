"""A day before the one the four months run from is not lost: it is said where to put it right."""

from datetime import timedelta

import pytest

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.usecases.sag.record_event import NotClear, record_event

from .desk import NOW, Desk


def test_paragraf_20_an_earlier_day_than_the_clock_runs_from_is_not_lost(desk: Desk) -> None:
    day = danish_day(NOW) - timedelta(days=5)
    desk.say(H.UNDERSOEGELSE_BESLUTTET, answers={"undersoegelse": "barnet", "kendskab": str(day)})
    earlier = {"undersoegelse": "barnet", "kendskab": str(day - timedelta(days=9))}
    with pytest.raises(NotClear) as no:
        record_event(desk.sag, desk.note(H.UNDERSOEGELSE_BESLUTTET, answers=earlier), **desk.act())
    assert "løber allerede fra" in no.value.fields["kendskab"]
    assert danish_day(desk.row("BFU-4M").anchor_at) == day


def test_paragraf_20_a_day_before_the_child_was_conceived_is_a_slip_of_the_year(desk: Desk) -> None:
    answers = {"undersoegelse": "barnet", "kendskab": "2006-10-01"}
    with pytest.raises(NotClear) as no:
        record_event(desk.sag, desk.note(H.UNDERSOEGELSE_BESLUTTET, answers=answers), **desk.act())
    assert "undfanget" in no.value.fields["kendskab"]
