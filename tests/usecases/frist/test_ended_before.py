"""After a release that lets more end a deadline, what had happened ends it."""

from datetime import date
from typing import Any

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Subject
from dubu_plugin.testing.rules import rule
from dubu_plugin.usecases.frist.recompute import Report, recompute
from tests.usecases.frist.conftest import House

ASK = rule("HJEMG-7D", opens_on=("hjemgivelse_soegt",), met_by=("hjemgivelse_vurderet",),
           annulled_by=("sag_lukket",), recurs=True, each=True, length="7 days")  # fmt: skip
HOME: dict[str, Any] = {"lapses_with": ("anbringelse_ophoert", "barn_hjemgivet")}


def counted(house: House, **more: Any) -> Report:
    return recompute(house.product.store, house.town.now, **more)


def later(house: House) -> None:
    """Have the rule end with the child's coming home too."""
    house.rules(rule("HJEMG-7D", opens_on=("hjemgivelse_soegt",), met_by=("hjemgivelse_vurderet",),
                     annulled_by=("sag_lukket",), recurs=True, each=True, length="7 days",
                     **HOME))  # fmt: skip


@pytest.fixture
def home(house: House) -> House:
    """A child that came home while a request to was open, under the rule as it was."""
    house.rules(ASK)
    house.happen(H.ANBRINGELSE_IVAERKSAT)
    house.wait(days=1)
    house.happen(H.HJEMGIVELSE_SOEGT)
    house.wait(days=1)
    house.happen(H.BARN_HJEMGIVET)
    counted(house)
    assert house.row("HJEMG-7D").state == "aaben"
    house.wait(days=1)
    return house


def test_what_had_happened_ends_it_when_it_did(home: House) -> None:
    later(home)
    came_home = home.town.now
    assert counted(home).ended == 0, "it is asked for"
    report = counted(home, everything=True)
    assert report.ended == 1
    row = home.row("HJEMG-7D", "bortfaldet")
    assert row.ended_at < came_home
    assert counted(home, everything=True).ended == 0


def test_what_is_asked_for_still_is_left(home: House) -> None:
    home.happen(H.ANBRINGELSE_IVAERKSAT)
    home.wait(days=1)
    home.happen(H.HJEMGIVELSE_SOEGT)
    later(home)
    assert counted(home, everything=True).ended == 0, "the child is placed"
    assert len(home.rows("aaben")) == 2


def test_a_case_that_was_closed_and_opened_again_keeps_what_it_got_back(house: House) -> None:
    house.rules(ASK)
    house.happen(H.HJEMGIVELSE_SOEGT)
    house.wait(days=1)
    house.happen(H.SAG_LUKKET)
    house.wait(days=1)
    house.happen(H.SAG_GENAABNET)
    assert counted(house, everything=True).ended == 0
    assert house.row("HJEMG-7D").state == "aaben"


def test_what_is_told_late_of_a_case_opened_again_is_not_ended_by_its_closing(
    house: House,
) -> None:
    house.rules(ASK)
    asked = house.town.now
    house.wait(days=1)
    house.happen(H.SAG_LUKKET)
    house.wait(days=1)
    house.happen(H.SAG_GENAABNET)
    house.wait(days=1)
    house.happen(H.HJEMGIVELSE_SOEGT, asked)
    assert house.row("HJEMG-7D").state == "aaben"


def test_what_is_asked_of_a_born_child_lapses_on_one_that_is_expected(house: House) -> None:
    """Opened before its rule said that it is about a child that is born."""
    mother = house.town.person("Freja Testgren", born=date(2003, 2, 17))
    child = house.town.person("Ufødt barn", due_date=date(2026, 9, 1), mother=mother)
    sag = house.town.sag(child)
    said: dict[str, Any] = {"opens_on": ("screening_afsluttet",), "subject": Subject.PERSON}
    house.rules(rule("FORTAEL", **said))
    house.town.happened(H.SCREENING_AFSLUTTET, sag=sag, person=child)
    house.happen(H.SCREENING_AFSLUTTET)
    house.rules(rule("FORTAEL", of_born=True, **said))
    assert counted(house, everything=True).ended == 1
    assert house.row("FORTAEL").person_id == house.child
    assert house.row("FORTAEL", "bortfaldet").person_id == child
    assert counted(house, everything=True).ended == 0
