"""An afdækning grows into an undersøgelse, and nobody types anything again."""

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store import kilder
from dubu_plugin.store.kilder import KildeKind
from dubu_plugin.testing.fake_ports import METTE
from dubu_plugin.usecases.skrift.begin import begin
from dubu_plugin.usecases.skrift.present import finish
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
