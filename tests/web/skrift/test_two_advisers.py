"""The undersøgelse suggests who was with the child, where § 21, stk. 5, asks for two advisers."""

from datetime import timedelta
from uuid import uuid4

import pytest

from dubu_plugin.domain.inddragelse import Samtaleform, SamtaleState
from dubu_plugin.store.inddragelse.boernesamtaler import Told
from dubu_plugin.testing.fake_ports import KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.inddragelse.note_samtale import note_samtale
from tests.web.skrift_desk import Pages

HOW = "del-forloeb"


@pytest.fixture
def desk(day: Day) -> Pages:
    return Pages(day)


def talked(desk: Pages, *advisers: str, why: str = "") -> None:
    said = Told(
        occurred_at=desk.town.now - timedelta(hours=2), form=Samtaleform.SAMTALE, first_time=True,
        advisers=advisers, one_adviser_reason=why, own_words="Jeg vil hjem.",
    )  # fmt: skip
    note_samtale(desk.sag, uuid4(), SamtaleState.HOLDT, said, **desk.act())


def test_paragraf_21_stk_5_who_was_at_the_talk_is_suggested(desk: Pages) -> None:
    assert "Samtalen den" not in desk.shown(HOW)
    talked(desk, KAREN, METTE)
    assert "2026: Karen Demotoft og Mette " in desk.shown(HOW)


def test_paragraf_21_stk_5_why_there_was_one_is_suggested_too(desk: Pages) -> None:
    talked(desk, KAREN, why="Kollegaen var syg.")
    assert "Karen Demotoft (Kollegaen var syg.)" in desk.shown(HOW)


def test_what_is_written_is_suggested_no_more(desk: Pages) -> None:
    talked(desk, KAREN, METTE)
    desk.put(desk.bfu, to_raadgivere="Vi var to.")
    assert "Samtalen den" not in desk.shown(HOW)
