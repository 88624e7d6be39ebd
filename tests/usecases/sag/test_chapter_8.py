"""Help to a child with a disability by chapter 8 has no first follow-up in three months (§ 95)."""

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.usecases.sag.record_event import NotClear, record_event

from .desk import Desk


def test_paragraf_95_help_by_chapter_8_is_asked_of_a_child_with_a_disability_alone(
    desk: Desk,
) -> None:
    note = desk.note(H.INDSATS_IVAERKSAT, answers={"handicap": "ja"})
    with pytest.raises(NotClear) as no:
        record_event(desk.sag, note, **desk.act())
    assert set(no.value.fields) == {"kapitel_8"}
    desk.say(H.INDSATS_IVAERKSAT, answers={"handicap": "ja", "kapitel_8": "ja"})
    assert desk.rows("OPF-1") == []
    desk.say(H.INDSATS_IVAERKSAT, answers={"handicap": "nej", "kapitel_8": "ja"})
    assert desk.row("OPF-1").state == "aaben", "what stood in the form is not kept"
