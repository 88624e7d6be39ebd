"""Where somebody is held apart, or the child's place is hidden, somebody looks at each letter
to the family before it is sent."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from dubu_plugin.domain.inddragelse import Grundlag, NotWhole
from dubu_plugin.store.tables import indsatser
from dubu_plugin.usecases.dokument.order.samtale import Invitation
from dubu_plugin.usecases.inddragelse.invite import invite

from .desk import SCHOOL, Desk

SEEN = "adskilt_set"


def unasked(desk: Desk, **more: object) -> dict[str, str]:
    with pytest.raises(NotWhole) as no:
        desk.requested(SCHOOL, basis=Grundlag.UDEN_SAMTYKKE, basis_reason="Haster.", **more)
    assert desk.letters() == []
    return dict(no.value.fields)


def test_paragraf_27_who_is_asked_is_told_where_somebody_has_looked(desk: Desk) -> None:
    desk.held_apart(desk.mother)
    assert set(unasked(desk, told=(desk.father,))) == {SEEN}
    without = {"basis": Grundlag.UDEN_SAMTYKKE, "basis_reason": "Haster."}
    desk.requested(SCHOOL, told=(desk.father,), apart_seen=True, **without)
    assert len(desk.letters("besked_indhentning")) == 1


def test_paragraf_27_where_nobody_of_the_family_is_told_there_is_nothing_to_look_at(
    desk: Desk,
) -> None:
    desk.held_apart(desk.mother)
    desk.requested(SCHOOL, basis=Grundlag.UDEN_SAMTYKKE, basis_reason="Haster.")
    assert desk.letters("besked_indhentning") == []


def test_paragraf_27_a_letter_that_asks_for_consent_is_looked_at(desk: Desk) -> None:
    desk.held_apart(desk.mother)
    with pytest.raises(NotWhole) as no:
        desk.asked(desk.father)
    assert set(no.value.fields) == {SEEN}
    desk.asked(desk.father, with_letter=False)
    desk.asked(desk.father, apart_seen=True)
    assert len(desk.letters()) == 1


def test_paragraf_27_an_invitation_is_looked_at(desk: Desk) -> None:
    desk.held_apart(desk.mother)
    what = Invitation(desk.town.now + timedelta(days=7), "Familiehuset", "Karen", "Skolen.")
    with pytest.raises(NotWhole) as no:
        invite(desk.sag, what, [desk.father], **desk.act())
    assert set(no.value.fields) == {SEEN}
    assert len(invite(desk.sag, what, [desk.father], apart_seen=True, **desk.act())) == 1


def test_paragraf_105_the_name_of_who_is_asked_may_tell_where_a_child_is(desk: Desk) -> None:
    desk.town.insert(
        indsatser, id=uuid4(), sag_id=desk.sag, person_id=desk.child, code="anbringelse_samtykke",
        law="BL § 46", decision_law="BL § 46", unit="uge", state="i_gang",
        starts_on=date(2026, 2, 1), place_hidden=True, version=1, made_at=desk.town.now,
        made_by="karen",
    )  # fmt: skip
    wrong = unasked(desk, told=(desk.father,))
    assert "105" in wrong[SEEN]
    without = {"basis": Grundlag.UDEN_SAMTYKKE, "basis_reason": "Haster."}
    desk.requested(SCHOOL, told=(desk.father,), apart_seen=True, **without)
    assert len(desk.letters("besked_indhentning")) == 1
