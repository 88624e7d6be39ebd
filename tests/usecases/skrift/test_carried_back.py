"""An undersøgelse that is given up: the afdækning it grew from goes on with all that is written."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.skrift import kilder
from dubu_plugin.store.skrift.kilder import KildeKind
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.tables import frister, sager
from dubu_plugin.usecases.skrift.present import begin_version, give_up, present, send_back
from dubu_plugin.usecases.skrift.write import add_behov

from .desk import Desk

AFD = SkriftKind.AFDAEKNING
SCHOOL = ("dagtilbud_skole_laering", "beskrivelse")
HEALTH = ("sundhedsforhold", "beskrivelse")


def left(desk: Desk, skrift: Skrift) -> None:
    give_up(desk.sag, skrift.id, **desk.act())


def source(desk: Desk, skrift: Skrift, title: str) -> int:
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        return kilder.add(work.connection, skrift.id, KildeKind.ANDET, title, by="k",
                          now=desk.town.now)  # fmt: skip


def sources(desk: Desk, skrift: Skrift) -> list[tuple[int, str]]:
    with desk.town.product.store.read() as connection:
        return [(one.number, one.title) for one in kilder.of_skrift(connection, skrift.id)]


def open_codes(desk: Desk) -> set[str]:
    with desk.town.product.store.read() as connection:
        return set(connection.scalars(sa.select(frister.c.rule).where(frister.c.state == "aaben")))


def test_the_afdaekning_is_written_in_again_with_what_was_written_since(desk: Desk) -> None:
    first = desk.begun(AFD)
    desk.put(first, anledning="Skolen skrev.", forhold=SCHOOL[0])
    desk.put_at(first, {SCHOOL: "Fravær 21 pct. #1"})
    source(desk, first, "Skolen")
    need = add_behov(desk.sag, first.id, SCHOOL[0], "Til tiden.", **desk.act())
    bfu = desk.begun()
    desk.put_at(bfu, {SCHOOL: "Fravær 30 pct. #1", HEALTH: "Sover dårligt. #2"})
    source(desk, bfu, "Lægen")
    [grown] = desk.needs(bfu)
    desk.put_at(bfu, {(grown.place, "behov"): "Til tiden hver dag."})
    add_behov(desk.sag, bfu.id, HEALTH[0], "Søvn.", **desk.act())
    left(desk, bfu)
    assert desk.now(first).state is SkriftState.UDKAST
    words = desk.words(first)
    assert (words[SCHOOL], words[HEALTH]) == ("Fravær 30 pct. #1", "Sover dårligt. #2")
    assert words["", "forhold"] == f"{SCHOOL[0]},{HEALTH[0]}", "else nobody would see it"
    assert [(one.text, one.id == need) for one in desk.needs(first)] == [
        ("Til tiden hver dag.", True), ("Søvn.", False),
    ]  # fmt: skip
    assert sources(desk, first) == [(1, "Skolen"), (2, "Lægen")]
    [said] = desk.happened(H.SKRIFT_GENOPTAGET)
    assert (said["skrift"], said["tilstand"]) == (str(first.id), "udkast")


def test_paragraf_19_the_afdaekning_is_asked_for_again(desk: Desk) -> None:
    desk.begun(AFD)
    bfu = desk.begun()
    assert "AFD" not in open_codes(desk)
    left(desk, bfu)
    assert "AFD" in open_codes(desk)
    assert "BFU-4M" not in open_codes(desk)
    with desk.town.product.store.read() as connection:
        step = connection.scalar(sa.select(sager.c.step).where(sager.c.id == desk.sag))
    assert step == "afdaekning"


@pytest.mark.parametrize("state", [SkriftState.FREMLAGT, SkriftState.SENDT_TILBAGE])
def test_the_afdaekning_stands_with_the_leader_as_it_stood(desk: Desk, state: SkriftState) -> None:
    first = desk.begun(AFD)
    present(desk.sag, first.id, **desk.act())
    if state is SkriftState.SENDT_TILBAGE:
        send_back(desk.sag, first.id, "Skriv fars syn.", **desk.leader)
    left(desk, desk.begun())
    assert desk.now(first).state is state


def test_a_screening_is_written_in_again_where_what_it_became_is_given_up(desk: Desk) -> None:
    screening = desk.begun(SkriftKind.SCREENING)
    left(desk, desk.begun(AFD))
    assert desk.now(screening).is_open


def test_begun_again_has_every_word_of_both(desk: Desk) -> None:
    first = desk.begun(AFD)
    desk.put_at(first, {SCHOOL: "Fravær."})
    bfu = desk.begun()
    desk.put(bfu, grund="alvorligt")
    desk.put_at(bfu, {HEALTH: "Sover dårligt."})
    add_behov(desk.sag, bfu.id, HEALTH[0], "Søvn.", **desk.act())
    left(desk, bfu)
    assert desk.begun(AFD).id == first.id
    desk.put_at(first, {SCHOOL: "Fravær hver uge."})
    again = desk.begun()
    words = desk.words(again)
    assert again.id != bfu.id
    assert (words[SCHOOL], words[HEALTH]) == ("Fravær hver uge.", "Sover dårligt.")
    assert words["", "grund"] == "alvorligt", "the afdækning does not ask that"
    assert [one.text for one in desk.needs(again)] == ["Søvn."]


def test_one_that_grew_from_nothing_is_begun_again_with_its_words(desk: Desk) -> None:
    bfu = desk.begun()
    desk.put_at(bfu, {HEALTH: "Sover dårligt."})
    left(desk, bfu)
    assert desk.words(desk.begun())[HEALTH] == "Sover dårligt."


def test_taken_up_again_with_a_new_version_it_carries_the_afdaekning_on(desk: Desk) -> None:
    first = desk.begun(AFD)
    bfu = desk.begun()
    left(desk, bfu)
    desk.put_at(first, {SCHOOL: "Fravær."})
    assert begin_version(desk.sag, bfu.id, **desk.act()) == 2
    assert desk.words(bfu)[SCHOOL] == "Fravær."
    assert desk.now(first).state is SkriftState.VIDEREFOERT
    assert "BFU-4M" in open_codes(desk), "it is decided again"
    left(desk, bfu)
    assert desk.now(first).is_open, "twice"


def test_a_number_that_is_struck_out_is_nobody_elses_in_what_grows(desk: Desk) -> None:
    first = desk.begun(AFD)
    source(desk, first, "Skolen")
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        kilder.strike_out(work.connection, first.id, 1, now=desk.town.now)
    bfu = desk.begun()
    assert source(desk, bfu, "Lægen") == 2
    left(desk, bfu)
    assert sources(desk, first) == [(2, "Lægen")]


def came(desk: Desk) -> None:
    child = desk.town.person("Viggo Prøvesen")
    desk.town.underretning("Bekymret.", child=child, sag=desk.sag)


def kendskab(desk: Desk) -> list[str]:
    return [one["kendskab"] for one in desk.happened(H.UNDERSOEGELSE_BESLUTTET)]


@pytest.mark.parametrize("begins", ["again", "new version"])
def test_paragraf_20_the_four_months_run_from_the_first_time_it_was_known(
    desk: Desk, begins: str
) -> None:
    came(desk)
    day = desk.town.now.date()
    desk.town.now += timedelta(days=22)
    bfu = desk.begun()
    left(desk, bfu)
    desk.town.now += timedelta(days=30)
    if begins == "again":
        desk.begun()
    else:
        begin_version(desk.sag, bfu.id, **desk.act())
    assert kendskab(desk) == [day.isoformat(), day.isoformat()]


def test_paragraf_20_with_no_henvendelse_they_run_from_the_first_decision(desk: Desk) -> None:
    desk.begun(AFD)
    left(desk, desk.begun())
    desk.town.now += timedelta(days=30)
    came(desk)
    desk.begun()
    assert kendskab(desk) == [date(2026, 6, 11).isoformat()] * 2
