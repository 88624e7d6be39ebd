"""Somebody held apart is not told of by a letter nobody has looked at, and a child's own letter
comes to the child."""

from datetime import date
from uuid import UUID

import pytest

from dubu_plugin.domain.netvaerk import Kreds, Myndighed, Part, Rolle
from dubu_plugin.store.afgoerelse.klager import Genvurdering
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.usecases.afgoerelse import complain, hear
from dubu_plugin.usecases.afgoerelse.decide import GatesShut, decide
from dubu_plugin.usecases.afgoerelse.hear import HearingNotClear
from dubu_plugin.usecases.afgoerelse.on_klage import KlageNotClear

from .bench import TEXTS, Bench, hidden_place
from .complaining import complained

TEN = date(2014, 3, 1)


def held_apart(bench: Bench, person: UUID) -> None:
    with bench.town.product.store.write(actor=KAREN, now=bench.town.now) as work:
        part = Part(role=Rolle.MOR, circle=Kreds.PRIMAER, apart=True, custody=Myndighed.UKENDT)
        netvaerk.begin(work.connection, bench.alma, person, part, by=KAREN, now=bench.town.now)


def test_fvl_27_no_decision_is_sent_before_somebody_has_seen_what_it_tells(bench: Bench) -> None:
    number = bench.ready()
    held_apart(bench, bench.mother)
    with pytest.raises(GatesShut) as shut:
        decide(bench.sag, number, **bench.leader)
    assert [one.field for one in shut.value.lacking] == ["adskilt_set"]
    assert "Sofie" not in shut.value.lacking[0].sentence, "an error names nobody"
    assert bench.letters("afgoerelse") == []
    decide(bench.sag, number, apart_seen=True, **bench.leader)
    assert len(bench.letters("afgoerelse")) == 2


def test_fvl_27_no_party_is_heard_before_somebody_has_seen_what_it_tells(bench: Bench) -> None:
    number = bench.prepared()
    held_apart(bench, bench.mother)
    to = bench.part(number, bench.father)
    about = {"om": Written("Skolen har oplyst fravær.", 0)}
    with pytest.raises(HearingNotClear) as no:
        hear.send(bench.sag, number, to, about, date(2026, 6, 25), **bench.act())
    assert set(no.value.fields) == {"adskilt_set"}
    assert bench.letters("partshoering") == []
    hear.send(bench.sag, number, to, about, date(2026, 6, 25), apart_seen=True, **bench.act())
    assert len(bench.letters("partshoering")) == 1


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_child_is_heard_the_way_its_decision_comes(bench: Bench, by_hand: bool) -> None:
    bench.grows(TEN)
    number = bench.prepared()
    assert bench.its(number).child_by_hand, "she lives at her mother's address"
    bench.kept(number, {}, child_by_hand=by_hand)
    about = {"om": Written("Skolen har oplyst fravær.", 0)}
    for person in (bench.alma, bench.mother):
        part = bench.part(number, person)
        hear.send(bench.sag, number, part, about, date(2026, 6, 25), **bench.act())
    [(to, said)] = bench.letters("partshoering_barn")
    assert ("Testvej" not in to) is by_hand
    assert (said["modtager.adresse"] == "Overleveres af rådgiveren") is by_hand
    [(mother, _)] = bench.letters("partshoering")
    assert "Testvej" in mother


@pytest.mark.parametrize("by_hand", [True, False])
def test_the_childs_own_decision_is_handed_over_where_a_parent_opens_the_post(
    bench: Bench, by_hand: bool
) -> None:
    bench.grows(TEN)
    number = bench.ready()
    assert bench.its(number).child_by_hand, "she lives at her mother's address"
    bench.kept(number, {}, child_by_hand=by_hand)
    decide(bench.sag, number, **bench.leader)
    [(to, said)] = bench.letters("afgoerelse_barn")
    assert ("Testvej" not in to) is by_hand
    assert said["afgoerelse.barnets_syn"] == TEXTS["barnet_sagt"]


def test_a_child_who_lives_elsewhere_is_written_to_there(bench: Bench) -> None:
    bench.grows(TEN)
    bench.moves(bench.alma, "Prøvegården 4, 9999 Prøvestrup")
    assert bench.its(bench.prepared()).child_by_hand is False


def test_fvl_27_who_complains_reads_no_reasons_before_somebody_has_seen_what_they_tell(
    bench: Bench,
) -> None:
    klage = complained(bench, bench.decided(), person=bench.father).id
    held_apart(bench, bench.mother)
    later = date(2026, 7, 24)
    waits = (klage, later, "Vi venter på skolen.")
    with pytest.raises(KlageNotClear) as no:
        complain.put_off(*waits, sag=bench.sag, **bench.act())
    assert set(no.value.fields) == {"adskilt_set"}
    assert bench.letters("klage_venter") == []
    complain.put_off(*waits, sag=bench.sag, apart_seen=True, **bench.act())
    intet = (klage, Genvurdering.INTET, "Mor bor trygt.")
    with pytest.raises(KlageNotClear):
        complain.reassess(*intet, sag=bench.sag, **bench.leader)
    complain.reassess(*intet, sag=bench.sag, apart_seen=True, **bench.leader)
    with pytest.raises(KlageNotClear):
        complain.send_on(klage, sag=bench.sag, **bench.act())
    assert bench.letters("klage_sendt_videre") == []
    complain.send_on(klage, sag=bench.sag, apart_seen=True, **bench.act())
    assert len(bench.letters("klage_sendt_videre")) == 1


def test_paragraf_105_a_parent_who_complains_reads_no_reasons_before_somebody_has_seen_them(
    bench: Bench,
) -> None:
    klage = complained(bench, bench.decided()).id
    hidden_place(bench.town, bench.sag, bench.alma)
    waits = (klage, date(2026, 7, 24), "Vi venter på Prøvestedet.")
    with pytest.raises(KlageNotClear) as no:
        complain.put_off(*waits, sag=bench.sag, **bench.act())
    assert set(no.value.fields) == {"adskilt_set"}
    complain.put_off(*waits, sag=bench.sag, apart_seen=True, **bench.act())


def test_a_child_reads_no_reasons_so_nothing_is_to_be_seen(bench: Bench) -> None:
    bench.grows(TEN)
    number = bench.decided()
    klage = complained(bench, number, person=bench.alma).id
    held_apart(bench, bench.mother)
    waits = (klage, date(2026, 7, 24), "Vi venter på skolen.")
    complain.put_off(*waits, sag=bench.sag, **bench.act())
    assert len(bench.letters("klage_venter_barn")) == 1
