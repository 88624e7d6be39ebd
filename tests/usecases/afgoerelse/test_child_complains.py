"""A child that complains itself is answered in its own words, and not at its parents' door."""

from datetime import date, timedelta

import pytest

from dubu_plugin.store.afgoerelse.klager import Genvurdering
from dubu_plugin.usecases.afgoerelse import complain
from dubu_plugin.usecases.afgoerelse.complain import Received
from dubu_plugin.usecases.afgoerelse.decide import decide

from .bench import TODAY, Bench

BY_HAND = "Overleveres af rådgiveren"


def complains(bench: Bench, born: date, *, late: bool = False) -> None:
    bench.grows(born)
    number = bench.ready()
    if born <= date(2011, 6, 11):
        bench.consents(number, bench.alma)
    decide(bench.sag, number, **bench.leader)
    day = TODAY
    more = {}
    if late:
        bench.town.now = bench.town.now + timedelta(days=120)
        day, more = TODAY + timedelta(days=119), {"told_on": TODAY}
    words = Received(person=bench.alma, day=day, form="mundtligt", words="Jeg vil ikke.", **more)
    klage = complain.receive(bench.sag, number, words, **bench.act())
    if not late:
        complain.reassess(klage, Genvurdering.INTET, "Støtten er nødvendig, for mor drikker.",
                          sag=bench.sag, **bench.leader)  # fmt: skip
    complain.send_on(klage, sag=bench.sag, **bench.act())


def test_paragraf_145_a_child_of_ten_reads_of_its_complaint_in_its_own_words(bench: Bench) -> None:
    complains(bench, date(2014, 1, 2))
    assert bench.letters("kvittering_for_klage", "klage_sendt_videre") == []
    found = bench.letters("kvittering_for_klage_barn", "klage_sendt_videre_barn")
    assert [to for to, _ in found] == [f"Alma Testvad\n{BY_HAND}"] * 2
    for _, said in found:
        assert said["barn.fornavn"] == "Alma"
        assert said["afgoerelse.handler_om"] == "hjælp til dig og din familie"
        assert said["klage.for_sent"] is False


@pytest.mark.parametrize("late", [False, True])
def test_a_child_is_told_whether_it_came_too_late_and_no_paragraph(
    bench: Bench, late: bool
) -> None:
    complains(bench, date(2014, 1, 2), late=late)
    for _, said in bench.letters("kvittering_for_klage_barn", "klage_sendt_videre_barn"):
        assert said["klage.for_sent"] is late
    [(_, receipt)] = bench.letters("kvittering_for_klage_barn")
    assert (receipt["klage.svar_senest"] == "") is late


def test_a_young_person_of_fifteen_reads_the_ordinary_letter_handed_over(bench: Bench) -> None:
    complains(bench, date(2011, 6, 11))
    assert bench.letters("kvittering_for_klage_barn", "klage_sendt_videre_barn") == []
    found = bench.letters("kvittering_for_klage", "klage_sendt_videre")
    assert [to for to, _ in found] == [f"Alma Testvad\n{BY_HAND}"] * 2


def test_a_parent_who_complains_reads_the_ordinary_letter(bench: Bench) -> None:
    bench.grows(date(2014, 1, 2))
    number = bench.decided()
    words = Received(person=bench.mother, day=TODAY, form="mundtligt", words="Nej.")
    complain.receive(bench.sag, number, words, **bench.act())
    [(to, _)] = bench.letters("kvittering_for_klage")
    assert to.startswith("Sofie Testvad\nTestvej 1")
