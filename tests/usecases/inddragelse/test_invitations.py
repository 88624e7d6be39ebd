"""An invitation is written in the language of who gets it, and names nobody else who got one."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.inddragelse import NotWhole
from dubu_plugin.store.access import NotYours
from dubu_plugin.usecases.dokument.order.samtale import Invitation
from dubu_plugin.usecases.inddragelse.invite import invite
from dubu_plugin.usecases.inddragelse.parties import PartiesChanged

from .desk import Desk


def invited(desk: Desk, *whom: UUID, **more: Any) -> None:
    usual = {
        "at": desk.town.now + timedelta(days=7), "place": "Familiehuset", "who": "Karen Demotoft",
        "about": "Hvordan du har det.",
    }  # fmt: skip
    invite(desk.sag, Invitation(**{**usual, **more}), whom, **desk.act())


def codes(desk: Desk) -> list[str]:
    return sorted(one["kode"] for one in desk.letters())


def test_parents_get_one_each_and_neither_names_the_other(desk: Desk) -> None:
    invited(desk, desk.mother, desk.father)
    assert codes(desk) == ["indkaldelse", "indkaldelse"]
    for letter in desk.letters():
        assert ("Sanne" in str(letter)) != ("Michael" in str(letter))
        assert "Skjultvej" not in str(letter)


def test_a_child_under_10_gets_no_letter_of_its_own(desk: Desk) -> None:
    with pytest.raises(NotWhole) as no:
        invited(desk, desk.child)
    assert set(no.value.fields) == {"hvem"}


def test_from_18_on_the_day_the_parents_are_not_invited(desk: Desk) -> None:
    desk.town.now = datetime(2034, 12, 1, 8, tzinfo=UTC)
    with pytest.raises(PartiesChanged):
        invited(desk, desk.mother, desk.child)
    invited(desk, desk.child)
    assert codes(desk) == ["indkaldelse_ung"]


def test_nobody_unknown_is_invited(desk: Desk) -> None:
    with pytest.raises(NotYours):
        invited(desk, uuid4())


def test_from_10_and_from_15_the_letter_has_a_language_of_its_own(desk: Desk) -> None:
    desk.town.now = datetime(2026, 12, 3, 8, tzinfo=UTC)
    invited(desk, desk.child)
    assert codes(desk) == ["indkaldelse_barn"]
    desk.town.now = datetime(2031, 12, 3, 8, tzinfo=UTC)
    invited(desk, desk.child)
    assert codes(desk) == ["indkaldelse_barn", "indkaldelse_ung"]


def test_a_child_who_turns_15_before_the_day_is_written_to_as_a_young_person(desk: Desk) -> None:
    desk.town.now = datetime(2031, 12, 1, 8, tzinfo=UTC)
    invited(desk, desk.child)
    assert codes(desk) == ["indkaldelse_ung"]


def test_what_is_left_out_is_said_field_by_field(desk: Desk) -> None:
    with pytest.raises(NotWhole) as no:
        invited(desk, at=desk.town.now, place="", who=" ", about="")
    assert set(no.value.fields) == {"hvem", "dag", "sted", "deltagere", "emne"}
