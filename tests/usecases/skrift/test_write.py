"""What is typed is never lost: two people in one field, pasted Word and HTML, and far too much."""

import random
from datetime import timedelta

import pytest

from dubu_plugin.domain.skrift import LONGEST, SkriftKind, cleaned
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.testing.fake_ports import KAREN, METTE
from dubu_plugin.usecases.skrift.write import NotAChoice, TooLong, add_behov, write

from .desk import Desk

SLEEP = ("sundhedsforhold", "beskrivelse")
SCHOOL = ("dagtilbud_skole_laering", "beskrivelse")


def test_two_people_in_one_field_the_second_sees_what_the_first_wrote(desk: Desk) -> None:
    bfu = desk.begun()
    desk.put_at(bfu, {SLEEP: "Fra Karen."}, KAREN)
    seen_by_mette = Written("Fra Mette.", 0)
    saved = write(desk.sag, bfu.id, {SLEEP: seen_by_mette}, **desk.act(METTE))
    [clash] = saved.clashes
    assert (clash.theirs.text, clash.mine) == ("Fra Karen.", "Fra Mette.")
    assert desk.words(bfu)[SLEEP] == "Fra Karen."


def test_a_clash_in_one_field_does_not_hold_back_the_others(desk: Desk) -> None:
    bfu = desk.begun()
    desk.put_at(bfu, {SLEEP: "Fra Karen."}, KAREN)
    both = {SLEEP: Written("Fra Mette.", 0), SCHOOL: Written("Fravær 21 pct.", 0)}
    write(desk.sag, bfu.id, both, **desk.act(METTE))
    assert desk.words(bfu)[SCHOOL] == "Fravær 21 pct."


def test_the_same_words_twice_are_no_clash(desk: Desk) -> None:
    bfu = desk.begun()
    desk.put_at(bfu, {SLEEP: "Sover uroligt."}, KAREN)
    saved = write(desk.sag, bfu.id, {SLEEP: Written("Sover uroligt.", 0)}, **desk.act(METTE))
    assert not saved.clashes


def test_the_second_chooses_by_saving_over_what_she_now_has_seen(desk: Desk) -> None:
    bfu = desk.begun()
    desk.put_at(bfu, {SLEEP: "Fra Karen."}, KAREN)
    saved = write(desk.sag, bfu.id, {SLEEP: Written("Fra Mette.", 0)}, **desk.act(METTE))
    chosen = Written("Fra Karen. Fra Mette.", saved.clashes[0].theirs.revision)
    assert not write(desk.sag, bfu.id, {SLEEP: chosen}, **desk.act(METTE)).clashes
    assert desk.words(bfu)[SLEEP] == "Fra Karen. Fra Mette."


def test_no_update_is_lost_whoever_saves_in_whatever_order(desk: Desk) -> None:
    """A loop with a fixed seed: each of two people saves from the screen they have, again and
    again; a word is gone from the field only where its writer was shown a clash for it."""
    pick = random.Random(20260611)
    bfu = desk.begun()
    screens = {who: desk.said(bfu).get(SLEEP) for who in (KAREN, METTE)}
    told = 0
    for number in range(60):
        who = pick.choice((KAREN, METTE))
        there = screens[who]
        text = f"{there.text if there else ''} {who}{number}".strip()
        written = {SLEEP: Written(text, there.revision if there else 0)}
        saved = write(desk.sag, bfu.id, written, **desk.act(who))
        told += len(saved.clashes)
        standing = desk.said(bfu)[SLEEP]
        assert standing.text == (saved.clashes[0].theirs.text if saved.clashes else text)
        screens[who] = standing if pick.random() < 0.8 else there
    words = desk.words(bfu)[SLEEP].split()
    assert told > 5
    assert len(words) == 60 - told


def test_undo_goes_back_to_what_stood_there_when_the_typing_began(desk: Desk) -> None:
    bfu = desk.begun()
    desk.put_at(bfu, {SLEEP: "Det første."})
    desk.town.now += timedelta(hours=2)
    for text in ("Det a", "Det an", "Det andet."):
        desk.put_at(bfu, {SLEEP: text})
        desk.town.now += timedelta(seconds=20)
    assert desk.said(bfu)[SLEEP].before == "Det første."


PASTED = """<p class=MsoNormal>Hej<script>alert('x')</script></p>\r\n\x00\x0b\ufeffÅse\u0301 \r\n"""


def test_a_script_pasted_is_a_text_and_signs_no_document_holds_are_gone(desk: Desk) -> None:
    bfu = desk.begun()
    desk.put_at(bfu, {SLEEP: PASTED})
    said = desk.words(bfu)[SLEEP]
    assert said == "<p class=MsoNormal>Hej<script>alert('x')</script></p>\nÅsé"
    assert cleaned(said) == said


def test_five_megabytes_are_refused_in_danish_and_nothing_is_half_saved(desk: Desk) -> None:
    bfu = desk.begun()
    much = {SLEEP: Written("ord " * 1_300_000, 0), SCHOOL: Written("Fravær.", 0)}
    with pytest.raises(TooLong) as no:
        write(desk.sag, bfu.id, much, **desk.act())
    assert "dokument" in no.value.for_people()
    assert desk.words(bfu) == {}
    desk.put_at(bfu, {SLEEP: "å" * LONGEST})


@pytest.mark.parametrize(
    "at",
    [("", "findes_ikke"), ("sundhed", "beskrivelse"), ("sundhedsforhold", "beskrivels"),
     ("behov:1", "behov"), ("behov:00000000-0000-0000-0000-000000000000", "behov")],
)  # fmt: skip
def test_what_has_no_field_is_not_written(desk: Desk, at: tuple[str, str]) -> None:
    bfu = desk.begun()
    with pytest.raises(NotYours):
        write(desk.sag, bfu.id, {at: Written("Noget.", 0)}, **desk.act())


def test_an_answer_that_is_none_of_the_choices_is_refused(desk: Desk) -> None:
    bfu = desk.begun()
    with pytest.raises(NotAChoice):
        desk.put(bfu, grund="fordi")
    late = desk.begun(SkriftKind.FORELOEBIG_VURDERING)
    with pytest.raises(NotAChoice):
        desk.put(late, faerdig="31-02-2026")
    desk.put(late, faerdig="2026-07-31")


def test_a_need_keeps_its_key_when_its_words_change_and_is_gone_without_them(desk: Desk) -> None:
    bfu = desk.begun()
    number = add_behov(desk.sag, bfu.id, "sundhedsforhold", "Fast morgen.", **desk.act())
    add_behov(desk.sag, bfu.id, "sundhedsforhold", "Mad til tiden.", **desk.act())
    place = f"behov:{number}"
    desk.put_at(bfu, {(place, "behov"): "Fast morgen og aften."})
    assert [one.text for one in desk.needs(bfu)] == ["Fast morgen og aften.", "Mad til tiden."]
    assert desk.needs(bfu)[0].id == number
    desk.put_at(bfu, {(place, "behov"): ""})
    assert [one.text for one in desk.needs(bfu)] == ["Mad til tiden."]
