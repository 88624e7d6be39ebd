"""An indsats begins on a decision that gives it, or on one that is named."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from dubu_plugin.domain.gates.begins import (
    DECIDERS,
    WHO_MAY,
    Before,
    Decider,
    afgoerelse_foer,
    paragraf_50_143,
    paragraf_143_klokken,
    takes_decision,
)
from dubu_plugin.domain.gates.standing import No
from dubu_plugin.domain.indsatser import DecidedBy, Indsats

from .deciding import DAY, INDSATSER, MATTERS

HERE_SINCE = date(2026, 3, 2)
UDVALG = Before(on=date(2026, 2, 3), by=Decider.UDVALGET, votes=4, paper="Dokument 7")
KOMMUNE = Before(on=date(2026, 2, 3), by=Decider.KOMMUNEN, paper="Dokument 7")


def row(code: str) -> Indsats:
    found = INDSATSER.indsats(code, DAY)
    assert found is not None
    return found


def asked(code: str, before: Before, **more: Any) -> No | None:
    given = {"first": DAY, "here_since": HERE_SINCE, **more}
    return afgoerelse_foer(row(code), MATTERS.giving(code, DAY), before, **given)


@pytest.mark.parametrize(
    ("code", "law"),
    [
        ("familiebehandling", "§ 32"),
        ("kontaktperson_uden", "§ 37"),
        ("foraeldrepaalaeg", "§ 38"),
        ("boernepaalaeg", "§ 39"),
        ("anbringelse_samtykke", "§ 46"),
        ("anbringelse_uden", "§ 47"),
        ("hjemmetraening", "§ 82"),
        ("kompensationsydelse", "§ 86"),
        ("tabt_arbejdsfortjeneste", "§ 87"),
        ("anbringelse_akut", "§ 143"),
        ("anbringelse_naevn", "§ 14"),
    ],
)
def test_paragraf_32_46_47_143_nothing_begins_without_the_decision_that_gives_it(
    code: str, law: str
) -> None:
    no = asked(code, Before())
    assert no is not None
    assert (no.field, no.law) == ("hvad", law)
    assert "begynder først, når der er truffet afgørelse" in no.sentence


@pytest.mark.parametrize("code", ["konsulentbistand", "adfaerdsvanskeligheder", "familievejleder"])
def test_early_help_and_advice_take_no_decision(code: str) -> None:
    assert not takes_decision(row(code), MATTERS.giving(code, DAY))
    assert asked(code, Before()) is None


def test_a_decision_that_is_switched_off_is_asked_for_all_the_same() -> None:
    off = [replace(one, on=False) for one in MATTERS.giving("familiebehandling", DAY)]
    assert takes_decision(row("familiebehandling"), off)


def test_where_the_decision_stands_on_the_case_it_says_to_choose_it() -> None:
    no = asked("familiebehandling", Before(), waits=True)
    assert no is not None
    assert "Vælg den under »Hviler på«" in no.sentence


def test_paragraf_142_a_committees_decision_made_before_has_its_meeting_and_votes() -> None:
    assert asked("anbringelse_uden", UDVALG) is None
    for more, at in (
        ({"on": None}, "afgjort_dag"),
        ({"by": None}, "afgjort_af"),
        ({"by": Decider.KOMMUNEN}, "afgjort_af"),
        ({"votes": None}, "stemmer"),
        ({"votes": 6}, "stemmer"),
        ({"votes": 3}, "stemmer"),
        ({"by": Decider.ANDEN_KOMMUNE, "votes": 3}, "stemmer"),
        ({"paper": " "}, "afgjort_hvor"),
    ):
        no = asked("anbringelse_uden", replace(UDVALG, **more))
        assert no is not None, more
        assert no.field == at, more
    court = replace(UDVALG, by=Decider.RETTEN, votes=None)
    assert asked("anbringelse_uden", court) is None, "a court has no votes of a committee"


def test_the_municipalitys_own_decision_is_from_before_the_case_came_here() -> None:
    assert asked("familiebehandling", KOMMUNE) is None
    same_day = replace(KOMMUNE, on=HERE_SINCE)
    assert asked("familiebehandling", same_day) is None
    after = replace(KOMMUNE, on=date(2026, 3, 3))
    no = asked("familiebehandling", after)
    assert no is not None
    assert no.field == "afgjort_dag"
    assert "har været her siden 2.\u00a0marts 2026" in no.sentence
    elsewhere = replace(after, by=Decider.ANKESTYRELSEN)
    assert asked("familiebehandling", elsewhere) is None


def test_a_meeting_before_the_system_knew_of_it_is_noted_on_the_case_first() -> None:
    after = replace(UDVALG, on=date(2026, 4, 7))
    no = asked("anbringelse_uden", after)
    assert no is not None
    assert "notér den først på sagen" in no.sentence
    assert asked("anbringelse_uden", after, noted={date(2026, 4, 7)}) is None


def test_it_is_not_decided_after_it_begins() -> None:
    no = asked("familiebehandling", KOMMUNE, first=date(2026, 2, 2))
    assert no is not None
    assert no.field == "afgjort_dag"


def carried(
    code: str, before: Before, born: date | None, first: date = DAY, again: date | None = None
) -> No | None:
    return paragraf_50_143(row(code), before, first, born, again)


@pytest.mark.parametrize(
    ("code", "before", "law"),
    [
        ("anbringelse_uden", replace(UDVALG, on=date(2020, 1, 1)), "§ 50"),
        ("anbringelse_akut", replace(UDVALG, by=Decider.FORMANDEN, on=date(2026, 1, 1)), "§ 143"),
    ],
)
def test_paragraf_50_and_143_a_placement_does_not_begin_on_a_decision_that_has_run_out(
    code: str, before: Before, law: str
) -> None:
    no = carried(code, before, None)
    assert no is not None
    assert (no.field, no.law) == ("afgjort_dag", law)
    help_goes_on = replace(KOMMUNE, on=date(2020, 1, 1))
    assert carried("familiebehandling", help_goes_on, date(2016, 1, 2)) is None


def test_paragraf_50_three_years_are_only_for_the_unborn_and_under_one_year() -> None:
    met = replace(UDVALG, on=date(2024, 3, 4))
    two, three = date(2026, 3, 4), date(2027, 3, 4)
    over = timedelta(days=1)
    for born in (None, date(2024, 6, 1), date(2023, 3, 5)):
        assert carried("anbringelse_uden", met, born, three) is None, born
        assert carried("anbringelse_uden", met, born, three + over), born
    for born in (date(2023, 3, 4), date(2014, 5, 6)):
        assert carried("anbringelse_uden", met, born, two) is None, born
        no = carried("anbringelse_uden", met, born, two + over)
        assert no is not None, born
        assert "senest efter to år" in no.sentence
        assert "længere frist (§\u00a050, stk.\u00a05)" in no.sentence


def test_paragraf_50_stk_4_and_5_the_time_the_committee_has_set_is_what_counts() -> None:
    met, born = replace(UDVALG, on=date(2024, 3, 4)), date(2014, 5, 6)
    over = timedelta(days=1)
    for again in (date(2024, 9, 4), date(2027, 3, 4), date(2031, 3, 4)):
        assert carried("anbringelse_uden", met, born, again, again) is None, again
        no = carried("anbringelse_uden", met, born, again + over, again)
        assert no is not None, again
        assert "Udvalget skulle behandle den igen senest den" in no.sentence
    akut = replace(UDVALG, by=Decider.FORMANDEN, on=date(2026, 1, 1))
    no = carried("anbringelse_akut", akut, born, again=date(2031, 3, 4))
    assert no is not None
    assert no.law == "§ 143", "the chairman's is for a month, whatever the committee has set"


def test_paragraf_143_the_hour_is_said_that_the_24_hours_are_counted_from() -> None:
    akut = Before(on=DAY, by=Decider.FORMANDEN, paper="Dokument 7")
    no = paragraf_143_klokken(row("anbringelse_akut"), akut, None)
    assert no is not None
    assert (no.field, no.law) == ("klokken", "§ 143")
    assert paragraf_143_klokken(row("anbringelse_akut"), akut, time(2, 30)) is None
    assert paragraf_143_klokken(row("anbringelse_uden"), UDVALG, None) is None


def test_everybody_who_can_decide_is_called_something() -> None:
    assert set(WHO_MAY) == set(DecidedBy)
    assert set(DECIDERS) == set(Decider)
