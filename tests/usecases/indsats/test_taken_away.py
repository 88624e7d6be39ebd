"""Help that is taken from a family ends by a decision, some with a notice, or the family asked for
it (§§ 11 and 99)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dubu_plugin.domain.gates.begins import Before
from dubu_plugin.domain.gates.taken_away import How
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.usecases.indsats.conclude import end
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear

from .desk import TODAY, Desk

LONG_AGO = TODAY - timedelta(days=200)


def pay(desk: Desk) -> Indsats:
    return desk.begun("tabt_arbejdsfortjeneste", starts_on=LONG_AGO, amount=Decimal(20), per="uge")


def ended(desk: Desk, its: Indsats, words: str = "", on: date = TODAY, **more: Any) -> None:
    how = {"how": How.BEDT_OM} if words else {}
    values: dict[str, Any] = {"reason": "ophoer_maal_naaet", **how, **more}
    end(desk.sag, its.id, on, words=words, seen=its.version, **values, **desk.act())


def refused(desk: Desk, its: Indsats, **more: Any) -> dict[str, str]:
    with pytest.raises(IndsatsNotClear) as no:
        ended(desk, its, **more)
    assert desk.its(its.id).runs
    return {name: text.replace("\u00a0", " ") for name, text in no.value.fields.items()}


def test_paragraf_11_it_is_not_taken_away_without_a_decision_and_what_ends_is_paid_on(
    desk: Desk,
) -> None:
    its = pay(desk)
    assert "§ 11" in refused(desk, its)["hvordan"]
    assert set(refused(desk, its, how=How.AF_SIG_SELV)) == {"ord"}
    assert not desk.happened(H.INDSATS_OPHOERT)
    ended(desk, its, "Moderen har fået nyt arbejde og har selv bedt om det.")
    assert desk.happened(H.TABT_ARBEJDSFORTJENESTE_OPHOERT)
    assert desk.deadlines("TABT-14U") == ["aaben"]


def test_paragraf_11_the_notice_of_fourteen_weeks_runs_first(desk: Desk) -> None:
    its = pay(desk)
    told = desk.town.now - timedelta(weeks=14) + timedelta(days=1)
    desk.told(desk.decision("tabt_ophoer", on=told.date()), told)
    with pytest.raises(IndsatsNotClear) as no:
        ended(desk, its)
    assert set(no.value.fields) == {"dag"}
    desk.town.now += timedelta(days=1)
    ended(desk, its, on=TODAY + timedelta(days=1))
    assert not desk.happened(H.TABT_ARBEJDSFORTJENESTE_OPHOERT), "the notice was the run-off"


def test_paragraf_11_the_notice_runs_from_when_the_letter_is_received(desk: Desk) -> None:
    its = pay(desk)
    decision = TODAY - timedelta(weeks=14)
    number = desk.decision("tabt_ophoer", on=decision)
    assert "ikke noteret sendt" in refused(desk, its)["dag"], "nobody has been told"
    desk.told(number, desk.town.now - timedelta(weeks=14), "brev")
    no = refused(desk, its)
    assert "fra den dag, familien fik afgørelsen (§ 11)" in no["dag"]
    assert "tidligst til og med 19. juni 2026" in no["dag"], "six working days by post"
    desk.town.now += timedelta(days=8)
    ended(desk, its, on=TODAY + timedelta(days=8))


def test_paragraf_99_support_ends_before_its_time_by_a_decision(desk: Desk) -> None:
    its = desk.begun(starts_on=TODAY - timedelta(days=30))
    no = refused(desk, its, words="Det går bedre.", how=How.AFGJORT)
    assert "forvaltningsloven § 19" in no["hvordan"]
    desk.decision("ophoer", on=TODAY - timedelta(days=3))
    assert "afgjort 8. juni 2026" in refused(desk, its, on=TODAY - timedelta(days=4))["dag"]
    ended(desk, its)
    assert not desk.its(its.id).runs


def test_paragraf_99_a_decision_from_before_it_began_is_about_something_else(desk: Desk) -> None:
    desk.decision("ophoer", on=TODAY - timedelta(days=40))
    its = desk.begun(starts_on=TODAY - timedelta(days=30))
    assert set(refused(desk, its)) == {"hvordan"}


def test_paragraf_99_support_ends_where_the_family_asked_for_it(desk: Desk) -> None:
    its = desk.begun()
    assert set(refused(desk, its, how=How.BEDT_OM)) == {"ord"}
    ended(desk, its, "Moderen ringede 10. juni 2026 og bad om det.")
    assert "Familien har selv bedt om det" in desk.notes()[-1]["body"].replace("\u00a0", " ")


@pytest.mark.parametrize("here", [True, False])
def test_paragraf_99_what_was_granted_to_a_day_ends_with_it(desk: Desk, here: bool) -> None:
    first, last = TODAY - timedelta(days=30), TODAY
    granted: dict[str, Any] = {}
    if here:
        granted["afgoerelse"] = desk.decision("stoette", on=first, ends=last)
    its = desk.begun(starts_on=first, expected_end=last, **granted)
    assert set(refused(desk, its, on=last - timedelta(days=1))) == {"hvordan"}
    ended(desk, its, on=last)
    assert not desk.its(its.id).runs


def test_paragraf_99_a_day_it_was_expected_to_end_is_no_grant_where_the_decision_says_none(
    desk: Desk,
) -> None:
    first = TODAY - timedelta(days=30)
    its = desk.begun(starts_on=first, expected_end=TODAY, afgoerelse=desk.decision(on=first))
    assert set(refused(desk, its)) == {"hvordan"}


def test_paragraf_99_other_help_that_is_decided_in_its_place_is_its_decision(desk: Desk) -> None:
    its = desk.begun()
    assert set(refused(desk, its, reason="ophoer_anden_indsats")) == {"hvordan"}
    desk.decision("stoette")
    assert set(refused(desk, its)) == {"hvordan"}, "not for another reason"
    ended(desk, its, reason="ophoer_anden_indsats")


@pytest.mark.parametrize("reason", ["ophoer_fyldt_18", "ophoer_doed", "ophoer_flyttet"])
def test_paragraf_99_what_nobody_here_decides_needs_no_decision(desk: Desk, reason: str) -> None:
    its = desk.begun()
    ended(desk, its, reason=reason)
    assert not desk.its(its.id).runs


def test_paragraf_99_other_help_is_not_asked(desk: Desk) -> None:
    its = desk.begun("konsulentbistand", before=Before())
    ended(desk, its)
    assert not desk.its(its.id).runs


@pytest.mark.parametrize(
    ("matter", "code", "takes", "law"),
    [
        ("saerlige_tilbud", "hjemmetraening", "traening_ophoer", "§ 85"),
        ("kompensation", "kompensationsydelse", "kompensation_ophoer", "§ 86"),
        ("sel_90", "sel_90_2", "sel_90_ophoer", "§ 90"),
    ],
)
def test_help_to_a_child_with_a_disability_ends_by_a_decision_the_family_is_heard_on(
    desk: Desk, matter: str, code: str, takes: str, law: str
) -> None:
    first = TODAY - timedelta(days=30)
    its = desk.begun(code, starts_on=first, afgoerelse=desk.decision(matter, on=first))
    assert f"({law} og forvaltningsloven § 19)" in refused(desk, its)["hvordan"]
    desk.decision(takes)
    ended(desk, its)
    assert not desk.its(its.id).runs


def test_an_aid_that_was_given_once_is_not_taken_away(desk: Desk) -> None:
    its = desk.begun("sel_90_4", afgoerelse=desk.decision("sel_90"))
    ended(desk, its)
    assert not desk.its(its.id).runs
