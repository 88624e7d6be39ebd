"""Each party is heard for itself before a decision (forvaltningsloven § 19)."""

from datetime import date

import pytest

from dubu_plugin.domain.gates.standing import Hearing
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.testing.fake_ports import ANDERS
from dubu_plugin.usecases.afgoerelse.decide import GatesShut, decide
from dubu_plugin.usecases.afgoerelse.hear import (
    HeardAlready,
    HearingNotClear,
    answer,
    leave_out,
    send,
)

from .bench import CHOSEN, TEXTS, Bench

DUE = date(2026, 6, 25)
ABOUT = {"om": Written("Skolen har oplyst fravær på 21 pct.", 0)}
ANSWERED = {"svar": Written("Det passer ikke i maj.", 0), "vaegt": Written("Maj er taget ud.", 0)}


def test_paragraf_19_a_party_gets_a_letter_with_its_own_matter_and_a_day(bench: Bench) -> None:
    number = bench.prepared()
    part = bench.part(number, bench.mother)
    send(bench.sag, number, part, ABOUT, DUE, **bench.act())
    [(to, said)] = bench.letters("partshoering")
    assert to.startswith("Sofie Testvad")
    assert said["hoering.om"] == "Skolen har oplyst fravær på 21 pct."
    assert said["hoering.frist"] == "torsdag 25.\u00a0juni 2026"
    assert bench.happened(H.PARTSHOERING_SENDT) == [
        {"afgoerelse": str(number), "part": str(part), "svarfrist": "2026-06-25"}
    ]
    with pytest.raises(HeardAlready):
        send(bench.sag, number, part, ABOUT, DUE, **bench.act())


def test_a_child_is_heard_in_its_own_words(bench: Bench) -> None:
    bench.grows(date(2014, 1, 2))
    number = bench.prepared()
    send(bench.sag, number, bench.part(number, bench.alma), ABOUT, DUE, **bench.act())
    [(to, said)] = bench.letters("partshoering_barn")
    assert to.startswith("Alma Testvad")
    assert said["barn.fornavn"] == "Alma", "the letter says hello by the first name"


def test_paragraf_105_a_placed_child_is_written_to_by_the_adviser_and_not_at_its_parents(
    bench: Bench,
) -> None:
    bench.grows(date(2014, 1, 2))
    bench.town.happened(H.ANBRINGELSE_IVAERKSAT, sag=bench.sag, data={"anbringelse": "en"})
    number = bench.prepared()
    for person in (bench.alma, bench.mother):
        send(bench.sag, number, bench.part(number, person), ABOUT, DUE, **bench.act())
    [(to, said)] = bench.letters("partshoering_barn")
    assert to == "Alma Testvad\nOverleveres af rådgiveren"
    assert said["modtager.adresse"] == "Overleveres af rådgiveren"
    [(mother, _)] = bench.letters("partshoering")
    assert mother.endswith("Testvej 1\n9999 Prøvestrup")


@pytest.mark.parametrize(("due", "field"), [(None, "frist"), (date(2026, 6, 11), "frist")])
def test_a_hearing_has_a_day_ahead(bench: Bench, due: date | None, field: str) -> None:
    number = bench.prepared()
    part = bench.part(number, bench.mother)
    with pytest.raises(HearingNotClear) as no:
        send(bench.sag, number, part, ABOUT, due, **bench.act())
    assert list(no.value.fields) == [field]
    with pytest.raises(HearingNotClear) as no:
        send(bench.sag, number, part, {}, DUE, **bench.act())
    assert list(no.value.fields) == ["om"]
    assert bench.letters("partshoering") == []


def test_paragraf_19_the_decision_waits_for_the_answer_and_its_weight(bench: Bench) -> None:
    bench.talked()
    number = bench.prepared()
    bench.kept(number, TEXTS, **CHOSEN)
    bench.consents(number, bench.mother, bench.father)
    bench.left_out(number)
    part = bench.part(number, bench.mother)
    send(bench.sag, number, part, ABOUT, DUE, **bench.act())
    with pytest.raises(GatesShut):
        decide(bench.sag, number, **bench.leader)
    half = {"svar": ANSWERED["svar"]}
    with pytest.raises(HearingNotClear) as no:
        answer(bench.sag, number, part, half, date(2026, 6, 11), **bench.act())
    assert list(no.value.fields) == ["vaegt"]
    answer(bench.sag, number, part, ANSWERED, date(2026, 6, 11), **bench.act())
    decide(bench.sag, number, **bench.leader)
    [(_, to_father), (_, to_mother)] = bench.letters("afgoerelse")
    assert to_mother["afgoerelse.hoering"] == "Det passer ikke i maj.\n\nMaj er taget ud."
    assert to_father["afgoerelse.hoering"] == "", "nobody reads another's answer"


def test_no_answer_is_one_when_the_day_has_passed(bench: Bench) -> None:
    number = bench.prepared()
    part = bench.part(number, bench.mother)
    send(bench.sag, number, part, ABOUT, DUE, **bench.act())
    with pytest.raises(HearingNotClear) as no:
        answer(bench.sag, number, part, {}, None, **bench.act())
    assert "ikke gået" in no.value.fields["svar"]
    bench.town.now = bench.town.now.replace(day=26)
    answer(bench.sag, number, part, {}, None, **bench.act())
    assert [one.state for one in bench.parts(number) if one.id == part] == [Hearing.INTET_SVAR]


def test_paragraf_19_stk_2_who_is_not_heard_has_a_number_and_a_reason(bench: Bench) -> None:
    number = bench.prepared()
    part = bench.part(number, bench.father)
    with pytest.raises(HearingNotClear) as no:
        leave_out(bench.sag, number, part, None, {}, **bench.act())
    assert set(no.value.fields) == {"undtagelse", "hvorfor"}
    why = {"hvorfor": Written("Fristen i § 102 er 7 dage.", 0)}
    leave_out(bench.sag, number, part, 2, why, **bench.act())
    assert bench.happened(H.PARTSHOERING_UDELADT)[0]["nummer"] == 2


def test_who_has_no_part_in_the_case_hears_nobody(bench: Bench) -> None:
    number = bench.prepared()
    part = bench.part(number, bench.father)
    with pytest.raises(NotYours):
        send(bench.sag, number, part, ABOUT, DUE, **bench.act(ANDERS))
    with pytest.raises(NotYours):
        send(bench.sag, number, number, ABOUT, DUE, **bench.act())
