"""The end of an indsats that has its page is not noted by hand, where its reason would be lost."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Subject
from dubu_plugin.usecases.sag.record_event import NotClear, Note, record_event

from .desk import Desk


def noted(desk: Desk, what: H, about: UUID | None = None) -> None:
    act = desk.act()
    note = Note(
        what=what, occurred_at=act["now"] - timedelta(seconds=1), form=uuid4(), title="Ophørt",
        about={Subject.INDSATS: str(about)} if about else {},
    )  # fmt: skip
    record_event(desk.sag, note, **act)


def test_what_was_begun_on_its_page_ends_there(desk: Desk) -> None:
    its = desk.begun()
    with pytest.raises(NotClear) as no:
        noted(desk, H.INDSATS_OPHOERT, its.id)
    assert "Indsatser" in no.value.fields["indsats"]
    placed = desk.placed()
    with pytest.raises(NotClear) as no:
        noted(desk, H.ANBRINGELSE_OPHOERT)
    assert "Indsatser" in no.value.fields[""]
    assert desk.its(its.id).runs
    assert desk.its(placed.id).runs


def test_what_was_noted_by_hand_ends_by_hand(desk: Desk) -> None:
    desk.begun()
    other = uuid4()
    desk.town.happened(
        H.INDSATS_IVAERKSAT, sag=desk.sag, person=desk.alma, data={"indsats": str(other)}
    )
    noted(desk, H.INDSATS_OPHOERT, other)
    assert desk.happened(H.INDSATS_OPHOERT)[0]["indsats"] == str(other)
