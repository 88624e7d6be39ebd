from pathlib import Path

import pytest

from dubu_plugin.documents import reading
from dubu_plugin.documents.fill import content_parts
from dubu_plugin.documents.letter import Letter
from dubu_plugin.documents.shelf import TRAINING, LetterShelf
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import ConfigurationError

from .conftest import SHELF

ROW = """
[kvittering]
title = "Kvittering fra Demoby"
legal_basis = "barnets lov § 138, stk. 1"
recipient = "underretter"
direction = "out"
journal_title = "Kvittering"
journal_note = "Underretter får en kvittering."
sent_haendelse = "kvittering_sendt"
needs = ["kommune.navn"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return the folder of a municipality that has a kvittering of its own."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters.toml").write_text(ROW, encoding="utf-8")
    (tmp_path / "letters" / "kvittering.docx").write_bytes(b"PK")
    return tmp_path


def test_a_municipalitys_letter_stands_in_place_of_ours(own: Path) -> None:
    shelf = LetterShelf.load([SHELF, own])
    assert shelf["kvittering"].title == "Kvittering fra Demoby"
    assert shelf["orientering"].title == "Orientering om underretning"


def test_a_changed_word_file_is_another_version(own: Path) -> None:
    before = LetterShelf.load([SHELF, own])["kvittering"].version
    (own / "letters" / "kvittering.docx").write_bytes(b"PK2")
    assert LetterShelf.load([SHELF, own])["kvittering"].version != before


def test_a_letter_nobody_has_is_not_found() -> None:
    with pytest.raises(KeyError):
        LetterShelf.load([SHELF])["ukendt"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"kommune.navn"',
            '"kommune.navm"',
            "kommune.navm, som ikke findes. Nærmeste: kommune.navn",
        ),
        ('title = "K', 'titel = "K', "kvittering.titel"),
        ('"out"', '"ud"', "kvittering.direction"),
        ('"kvittering_sendt"', '"sendt"', "kvittering.sent_haendelse"),
        ("[kvittering]", "[../kvittering]", "er ikke rigtig TOML, linje 2: "),
        ("[kvittering]", '["../kvittering"]', "er ikke skrevet, som det skal være"),
    ],
)
def test_a_slip_in_the_list_is_named(own: Path, old: str, new: str, said: str) -> None:
    (own / "letters.toml").write_text(ROW.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        LetterShelf.load([SHELF, own])
    assert said in str(error.value)


def test_a_missing_word_file_is_named(own: Path) -> None:
    (own / "letters" / "kvittering.docx").unlink()
    with pytest.raises(ConfigurationError, match="mangler sin Word-fil"):
        LetterShelf.load([SHELF, own])


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"letters\.toml"):
        LetterShelf.load([tmp_path])


def test_what_a_letter_meets_is_a_haendelse() -> None:
    shelf = LetterShelf.load([SHELF])
    assert shelf["kvittering"].row.sent_haendelse is Haendelse.KVITTERING_SENDT
    assert shelf["orientering"].row.sent_haendelse is Haendelse.UNDERRETTER_ORIENTERET
    assert shelf["vurdering"].row.sent_haendelse is None


def test_files_are_named_for_the_letter() -> None:
    shelf = LetterShelf.load([SHELF])
    assert shelf["kvittering"].filename("pdf") == "Kvittering for underretning.pdf"


def test_a_letter_of_a_training_copy_says_it_is_none(letter: Letter) -> None:
    """On every page, so in the head; and in what is shown before it is sent."""
    real, practice = LetterShelf.load([SHELF]), LetterShelf.load([SHELF], training=True)
    docx = practice.render(practice[letter.code], letter.example)
    assert reading.text(docx).startswith(TRAINING)
    assert docx == practice.render(practice[letter.code], letter.example)
    assert TRAINING not in reading.text(real.render(letter, letter.example))
    assert TRAINING in practice.preview(letter.code, letter.example)
    for part, content in content_parts(docx).items():
        if "header" in part:
            assert TRAINING in content.decode(), part
