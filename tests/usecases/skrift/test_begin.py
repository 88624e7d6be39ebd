"""An afdækning grows into an undersøgelse, and nobody types anything again."""

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.skrift import kilder
from dubu_plugin.store.skrift.kilder import KildeKind
from dubu_plugin.testing.fake_ports import METTE
from dubu_plugin.usecases.skrift.begin import begin
from dubu_plugin.usecases.skrift.on_skrift import CarriedOn
from dubu_plugin.usecases.skrift.present import approve, begin_version, finish, give_up
from dubu_plugin.usecases.skrift.write import add_behov

from .desk import BFU, Desk

SCHOOL = ("dagtilbud_skole_laering", "beskrivelse")


def test_it_begins_with_the_method_of_the_day_and_keeps_it(desk: Desk) -> None:
    bfu = desk.begun()
    assert (bfu.method, bfu.method_version) == ("ics_2019", "1")
    assert desk.happened(H.SKRIFT_BEGYNDT) == [
        {"skrift": str(bfu.id), "art": "boernefaglig_undersoegelse", "version": 1}
    ]


def test_two_who_begin_write_in_the_same(desk: Desk) -> None:
    assert begin(desk.sag, BFU, **desk.act(METTE)).id == desk.begun().id


def test_an_afdaekning_grows_into_an_undersoegelse_with_texts_sources_and_needs(
    desk: Desk,
) -> None:
    first = desk.begun(SkriftKind.AFDAEKNING)
    desk.put(first, anledning="Skolen skrev.", udfald="undersoegelse")
    desk.put_at(first, {SCHOOL: "Fravær 21 pct. #1"})
    need = add_behov(desk.sag, first.id, SCHOOL[0], "Til tiden hver dag.", **desk.act())
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        kilder.add(work.connection, first.id, KildeKind.ANDET, "Skolen", by="k", now=desk.town.now)
    bfu = desk.begun()
    words = desk.words(bfu)
    assert words["", "anledning"] == "Skolen skrev."
    assert words[SCHOOL] == "Fravær 21 pct. #1"
    assert ("", "udfald") not in words, "the undersøgelse does not ask that"
    [grown] = desk.needs(bfu)
    assert (grown.text, grown.same_as) == ("Til tiden hver dag.", need)
    with desk.town.product.store.read() as connection:
        assert [one.number for one in kilder.of_skrift(connection, bfu.id)] == [1]
    assert {text.copied_from for text in desk.said(bfu).values()} == {first.id}


def test_a_text_that_is_written_in_is_no_copy_any_more(desk: Desk) -> None:
    first = desk.begun(SkriftKind.AFDAEKNING)
    desk.put(first, anledning="Skolen skrev.")
    bfu = desk.begun()
    desk.put(bfu, anledning="Skolen skrev igen.")
    assert desk.said(bfu)["", "anledning"].copied_from is None
    assert desk.words(first)["", "anledning"] == "Skolen skrev."


def test_paragraf_18_a_screening_that_stands_says_what_it_came_to(desk: Desk) -> None:
    screening = desk.finished(desk.begun(SkriftKind.SCREENING))
    desk.put(screening, udfald="undersoegelse")
    finish(desk.sag, screening.id, **desk.act())
    assert [one["udfald"] for one in desk.happened(H.SCREENING_AFSLUTTET)] == ["undersoegelse"]


def test_paragraf_19_an_afdaekning_asks_only_about_the_matters_that_are_chosen(desk: Desk) -> None:
    first = desk.begun(SkriftKind.AFDAEKNING)
    desk.finished(first)
    desk.put(first, forhold="dagtilbud_skole_laering,socialt_netvaerk")
    desk.put_at(first, {("sundhedsforhold", "beskrivelse"): ""})
    finish(desk.sag, first.id, **desk.act())
    assert desk.happened(H.AFDAEKNING_AFSLUTTET)


def test_an_afdaekning_that_became_an_undersoegelse_is_written_in_no_more(desk: Desk) -> None:
    first = desk.begun(SkriftKind.AFDAEKNING)
    desk.put(first, anledning="Skolen skrev.")
    bfu = desk.begun()
    assert desk.now(first).state is SkriftState.VIDEREFOERT
    [said] = desk.happened(H.SKRIFT_VIDEREFOERT)
    assert (said["skrift"], said["blev"]) == (str(first.id), str(bfu.id))
    with pytest.raises(CarriedOn):
        desk.put(first, anledning="Nyt, som ingen ser.")
    with pytest.raises(CarriedOn):
        finish(desk.sag, first.id, **desk.act())
    with pytest.raises(CarriedOn):
        begin_version(desk.sag, first.id, **desk.act())


def test_it_is_taken_up_again_where_the_undersoegelse_is_given_up(desk: Desk) -> None:
    first = desk.begun(SkriftKind.AFDAEKNING)
    bfu = desk.begun()
    give_up(desk.sag, bfu.id, **desk.act())
    assert begin_version(desk.sag, first.id, **desk.act()) == 1, "it is written in already"
    assert desk.now(first).is_open


def test_a_screening_that_is_not_finished_goes_on_in_what_it_leads_to(desk: Desk) -> None:
    screening = desk.begun(SkriftKind.SCREENING)
    desk.begun(SkriftKind.AFDAEKNING)
    assert desk.now(screening).state is SkriftState.VIDEREFOERT


def test_what_is_finished_stands_and_gets_no_new_version_beside_what_grew_from_it(
    desk: Desk,
) -> None:
    screening = desk.finished(desk.begun(SkriftKind.SCREENING))
    finish(desk.sag, screening.id, **desk.act())
    bfu = desk.begun()
    assert desk.now(screening).state is SkriftState.GODKENDT
    with pytest.raises(CarriedOn):
        begin_version(desk.sag, screening.id, **desk.act())
    desk.finished(bfu)
    approve(desk.sag, bfu.id, **desk.leader)
    assert begin_version(desk.sag, screening.id, **desk.act()) == 2


def test_while_an_undersoegelse_is_written_it_is_the_afdaekning_too(desk: Desk) -> None:
    bfu = desk.begun()
    assert desk.begun(SkriftKind.AFDAEKNING).id == bfu.id
