"""What the letters of a complaint say in each case, read as whoever complains reads it."""

from dubu_plugin.documents import reading
from dubu_plugin.documents.fill import render
from dubu_plugin.documents.letter import Value
from dubu_plugin.documents.shelf import LetterShelf


def read(shelf: LetterShelf, code: str, **said: Value) -> str:
    letter = shelf[code]
    values = {**letter.example, **{f"klage.{name}": value for name, value in said.items()}}
    return reading.text(render(letter, values))


def test_a_child_who_complains_late_reads_once_that_it_is_sent_and_first_who_looks(
    shelf: LetterShelf,
) -> None:
    text = read(shelf, "kvittering_for_klage_barn", for_sent=True, svar_senest="")
    assert text.count("Vi sender") == 1
    assert text.index("nogle andre voksne") < text.index("efter at tiden til at klage var gået")
    early = read(shelf, "kvittering_for_klage_barn", for_sent=False, svar_senest="9. juli 2026")
    assert "var gået" not in early


def test_what_is_waited_for_is_said_so_that_a_sentence_can_follow(shelf: LetterShelf) -> None:
    waits_for = "Vi har bedt skolen om en ny udtalelse."
    text = " ".join(read(shelf, "klage_venter", mangler=waits_for).split())
    assert f"Det venter vi på: {waits_for}" in text


def test_a_receipt_says_what_holds_by_what_was_decided(shelf: LetterShelf) -> None:
    holds = "Hjælpen må først tages bort, når varslet er gået."
    text = read(shelf, "kvittering_for_klage", opsaettende=False, imens=holds)
    assert holds in text
    assert "gælder, mens" not in text
    assert "vores afgørelse" not in text, "it may be the committee's"
    assert holds not in read(shelf, "kvittering_for_klage", opsaettende=True, imens=holds)
