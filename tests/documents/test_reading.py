import re

from markupsafe import Markup

from dubu_plugin.documents import reading
from dubu_plugin.documents.fill import render
from dubu_plugin.documents.letter import Letter
from dubu_plugin.documents.shelf import LetterShelf


def words(html: str) -> list[str]:
    return Markup(re.sub(r"<[^>]+>", " ", html)).unescape().split()


def test_the_preview_says_what_the_letter_says(letter: Letter, shelf: LetterShelf) -> None:
    """The two are read from the same finished file, so they cannot differ."""
    written = render(letter, letter.example)
    said = " ".join(paragraph.text for paragraph in reading.paragraphs(written)).split()
    assert words(shelf.preview(letter.code, letter.example)) == said


def test_the_preview_shows_what_is_not_known_yet(shelf: LetterShelf) -> None:
    letter = shelf["vurdering"]
    assert letter.late == {"sag.nummer"}
    early = {name: value for name, value in letter.example.items() if name not in letter.late}
    assert "‹Sagens nummer›" in shelf.preview("vurdering", early)


def test_the_preview_is_safe_to_show(shelf: LetterShelf) -> None:
    letter = shelf["kvittering"]
    shown = shelf.preview("kvittering", {**letter.example, "modtager.navn": "<script>x</script>"})
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert not re.search(r"\s(style|on\w+)=", shown)


def test_the_preview_has_headings_lists_and_lines(shelf: LetterShelf) -> None:
    shown = shelf.preview("kvittering", shelf["kvittering"].example)
    assert "<h3>Vi har modtaget din underretning</h3>" in shown
    assert shown.count("<li>") == 2
    assert "<p>Tove Prøvelærer<br>Prøvestrup Skole<br>Skolevænget 4<br>9999 Prøvestrup</p>" in shown


def test_the_preview_has_tables_with_a_heading_for_each_row(shelf: LetterShelf) -> None:
    shown = shelf.preview("vurdering", shelf["vurdering"].example)
    assert '<th scope="row">Underretning modtaget</th>' in shown
    assert "<p></p>" not in shown


def test_everything_is_read_also_heads_and_feet(shelf: LetterShelf) -> None:
    said = reading.text(render(shelf["vurdering"], shelf["vurdering"].example))
    assert "Fortroligt" in said
    assert "Side 1 af 1" in said
