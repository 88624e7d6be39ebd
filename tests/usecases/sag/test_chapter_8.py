"""Help by chapter 8, and early help, have no first follow-up in three months (§ 95)."""

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.usecases.sag.record_event import NotClear, record_event

from .desk import Desk


def test_paragraf_95_help_by_chapter_8_and_early_help_have_no_first_follow_up(desk: Desk) -> None:
    note = desk.note(H.INDSATS_IVAERKSAT, answers={"handicap": "ja"})
    with pytest.raises(NotClear) as no:
        record_event(desk.sag, note, **desk.act())
    assert set(no.value.fields) == {"hjaelp"}
    for kind in ("kapitel_8", "andet"):
        desk.say(H.INDSATS_IVAERKSAT, answers={"handicap": "ja", "hjaelp": kind})
    assert desk.rows("OPF-1") == []
    desk.say(H.INDSATS_IVAERKSAT, answers={"handicap": "nej", "hjaelp": "stoette"})
    assert desk.row("OPF-1").state == "aaben"
