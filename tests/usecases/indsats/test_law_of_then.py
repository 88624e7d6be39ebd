"""Which law an indsats stands under: that of the decision, or of its first day (§ 213, stk. 2)."""

from datetime import date, timedelta
from typing import Any

import pytest

from dubu_plugin.domain.gates.begins import Before, Decider
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear
from dubu_plugin.usecases.indsats.put_into_effect import put_into_effect
from dubu_plugin.usecases.indsats.start import begin
from dubu_plugin.usecases.indsats.wanted import Wanted

from .desk import TODAY, Desk

SEL = "SEL § 52 stk. 3 nr. 2"
BL = "BL § 32 stk. 1 nr. 2"
HOME = "stoette_i_hjemmet"


def elsewhere(on: date, **more: Any) -> Before:
    """Return a decision another municipality made."""
    return Before(on=on, by=Decider.ANDEN_KOMMUNE, paper="Dokument 3", **more)


@pytest.mark.parametrize(
    ("decided", "first", "law"),
    [
        (date(2023, 4, 1), date(2023, 5, 1), SEL),
        (date(2023, 12, 20), date(2024, 1, 15), SEL),
        (date(2023, 12, 31), date(2023, 12, 31), SEL),
        (date(2024, 1, 1), date(2024, 1, 1), BL),
        (date(2025, 4, 1), date(2025, 5, 1), BL),
    ],
)
def test_paragraf_213_what_was_decided_before_2024_stands_under_serviceloven(
    desk: Desk, decided: date, first: date, law: str
) -> None:
    its = desk.begun(HOME, starts_on=first, before=elsewhere(decided))
    assert (its.law, its.decision_law, its.state) == (law, law, IndsatsState.I_GANG)
    assert its.before.on == decided


@pytest.mark.parametrize(
    ("first", "law"),
    [(date(2023, 3, 1), "SEL § 11 stk. 3 nr. 1"), (date(2024, 3, 1), "BL § 30 stk. 1 nr. 1")],
)
def test_what_takes_no_decision_stands_under_the_law_of_its_first_day(
    desk: Desk, first: date, law: str
) -> None:
    its = desk.begun("konsulentbistand", starts_on=first, before=Before())
    assert its.law == law


def test_what_took_a_decision_under_serviceloven_is_asked_for_it_by_its_name(desk: Desk) -> None:
    with pytest.raises(IndsatsNotClear) as no:
        desk.begun(HOME, starts_on=date(2023, 5, 1), before=Before())
    said = no.value.fields["hvad"].replace("\u00a0", " ")
    assert "(serviceloven § 52 stk. 3 nr. 2)" in said
    with pytest.raises(IndsatsNotClear) as no:
        desk.begun(HOME, starts_on=date(2023, 5, 1),
                   before=Before(on=date(2023, 4, 1), by=Decider.KOMMUNEN))  # fmt: skip
    assert "serviceloven" in no.value.fields["afgjort_hvor"]


def test_what_the_law_of_then_did_not_have_is_refused_with_the_day(desk: Desk) -> None:
    on = date(2023, 4, 1)
    with pytest.raises(IndsatsNotClear) as no:
        desk.begun("venskabsfamilie", starts_on=on, before=elsewhere(on))
    assert "1. april 2023" in no.value.fields["hvad"].replace("\u00a0", " ")
    with pytest.raises(IndsatsNotClear) as no:
        desk.placed(starts_on=date(2018, 4, 1), before=elsewhere(date(2018, 4, 1)))
    assert "hvad" in no.value.fields, "the kind of place is of 1 July 2019"
    assert desk.placed(starts_on=on, before=elsewhere(on)).law == "SEL § 52 stk. 3 nr. 7"


def test_what_is_older_than_the_catalogue_stands_under_the_oldest_it_has(desk: Desk) -> None:
    young = desk.town.person("Bo Testvad", born=date(2009, 1, 3))
    desk.sag = desk.town.sag(young)
    its = desk.begun(HOME, starts_on=date(2010, 5, 1), before=elsewhere(date(2010, 4, 1)))
    assert its.law == SEL


def test_what_is_planned_and_rests_on_an_old_decision_is_of_that_law_once_it_begins(
    desk: Desk,
) -> None:
    ahead = TODAY + timedelta(days=9)
    before = elsewhere(date(2023, 11, 1))
    its = begin(desk.sag, Wanted(code=HOME, starts_on=ahead, before=before), **desk.act())
    assert its.law == SEL
    early = begin(desk.sag, Wanted(code="konsulentbistand", starts_on=ahead), **desk.act())
    assert early.law == "BL § 30 stk. 1 nr. 1"
    said = Wanted(code="", starts_on=date(2023, 6, 1))
    put_into_effect(desk.sag, early.id, said, seen=early.version, **desk.act())
    began = desk.its(early.id)
    assert (began.law, began.starts_on) == ("SEL § 11 stk. 3 nr. 1", date(2023, 6, 1))
