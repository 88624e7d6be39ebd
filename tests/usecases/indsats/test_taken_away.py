"""Help that is taken from a family ends by a decision with a notice, or the family asked (§ 11)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear

from .desk import TODAY, Desk

LONG_AGO = TODAY - timedelta(days=200)


def pay(desk: Desk) -> Indsats:
    return desk.begun("tabt_arbejdsfortjeneste", starts_on=LONG_AGO, amount=Decimal(20), per="uge")


def ended(desk: Desk, its: Indsats, words: str = "", on: date = TODAY) -> None:
    end(desk.sag, its.id, on, "ophoer_maal_naaet", words, seen=its.version, **desk.act())


def test_paragraf_11_it_is_not_taken_away_without_a_decision_and_what_ends_is_paid_on(
    desk: Desk,
) -> None:
    its = pay(desk)
    with pytest.raises(IndsatsNotClear) as no:
        ended(desk, its)
    assert "§\u00a011" in no.value.fields["ord"]
    assert not desk.happened(H.INDSATS_OPHOERT)
    ended(desk, its, "Moderen har fået nyt arbejde og har selv bedt om det.")
    assert desk.happened(H.TABT_ARBEJDSFORTJENESTE_OPHOERT)
    assert desk.deadlines("TABT-14U") == ["aaben"]


def test_paragraf_11_the_notice_of_fourteen_weeks_runs_first(desk: Desk) -> None:
    its = pay(desk)
    decision = TODAY - timedelta(weeks=14)
    desk.decision("tabt_ophoer", on=decision + timedelta(days=1))
    with pytest.raises(IndsatsNotClear) as no:
        ended(desk, its)
    assert set(no.value.fields) == {"dag"}
    desk.town.now += timedelta(days=1)
    ended(desk, its, on=TODAY + timedelta(days=1))
    assert not desk.happened(H.TABT_ARBEJDSFORTJENESTE_OPHOERT), "the notice was the run-off"


def test_paragraf_11_other_help_is_not_asked(desk: Desk) -> None:
    its = desk.begun()
    end(desk.sag, its.id, TODAY, "ophoer_maal_naaet", "", seen=its.version, **desk.act())
    assert not desk.its(its.id).runs
