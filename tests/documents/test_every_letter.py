"""What holds for every letter we ship, also the one that is added tomorrow."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from dubu_plugin.documents import fields, reading
from dubu_plugin.documents.fill import render
from dubu_plugin.documents.letter import Letter
from dubu_plugin.documents.lint import lint
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.ports.journal_objects import Direction

from .conftest import LETTERS, leaves, variants


def squeezed(text: str) -> str:
    """Return the text without white space: a page breaks its lines where it likes."""
    return re.sub(r"\s", "", text)


def test_there_are_letters() -> None:
    assert {letter.code for letter in LETTERS} >= {"kvittering", "orientering", "vurdering"}


def test_nothing_is_wrong_with_it(letter: Letter) -> None:
    assert lint(letter) == []


def test_it_uses_exactly_what_it_declares(letter: Letter) -> None:
    used = fields.used(letter.docx)
    lists = {name for name in letter.needs if isinstance(letter.fields[name].shown, list)}
    assert {name for name in used if name.rpartition(".")[0] not in lists} == letter.needs


def test_every_value_reaches_the_page_unharmed(letter: Letter) -> None:
    all_values = list(variants(letter))
    written = [reading.text(render(letter, values)) for values in all_values]
    lost = [
        name for name, value in leaves(all_values[0]) if not any(value in page for page in written)
    ]
    assert lost == []


def test_every_field_stands_in_a_control_with_its_own_tag(letter: Letter) -> None:
    inside = Counter(name for control in fields.controls(letter.docx) for name in control.prints)
    assert inside == Counter(fields.printed(letter.docx))


def test_the_controls_and_their_tags_are_there_when_it_is_filled_in(letter: Letter) -> None:
    for values in variants(letter):
        given = dict(leaves(values))
        held = [c for c in fields.controls(render(letter, values)) if c.tag in given]
        assert held
        assert [c.tag for c in held if c.text != given[c.tag]] == []
        assert [c.tag for c in held if not c.alias] == []


def test_no_two_controls_have_the_same_number(letter: Letter) -> None:
    written = render(letter, letter.example)
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        numbers = re.findall(r'<w:id w:val="(\d+)"/>', package.read("word/document.xml").decode())
    assert numbers
    assert len(numbers) == len(set(numbers))


def test_a_missing_value_is_an_error_and_not_a_gap(letter: Letter) -> None:
    for name in sorted(letter.needs):
        values = {key: value for key, value in letter.example.items() if key != name}
        with pytest.raises(ValueError, match=re.escape(name)):
            render(letter, values)


def test_the_same_values_give_the_same_file(letter: Letter) -> None:
    assert render(letter, letter.example) == render(letter, letter.example)


def test_its_properties_name_the_municipality_and_no_person(letter: Letter) -> None:
    document = docx.Document(io.BytesIO(render(letter, letter.example)))
    properties = document.core_properties
    assert properties.title == letter.title
    assert properties.author == "Prøvestrup Kommune"
    rest = (properties.last_modified_by, properties.comments, properties.keywords)
    assert [said for said in (*rest, properties.subject) if said] == []


def test_what_is_sent_has_a_subject_and_what_is_internal_has_none(letter: Letter) -> None:
    assert letter.is_sent is (letter.row.direction is Direction.OUT)
    assert bool(letter.row.subject) is letter.is_sent
    assert bool(letter.row.sent_haendelse) <= letter.is_sent


def test_only_what_is_internal_is_marked_as_confidential(letter: Letter) -> None:
    written = reading.text(render(letter, letter.example))
    assert ("Fortroligt" in written) is not letter.is_sent


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[PdfReader]]:
    """Return every variant of every letter as PDF, made in one call."""
    shelf = LetterShelf.load([])
    made = [(letter, values) for letter in LETTERS for values in variants(letter)]
    pdfs = shelf.to_pdf([render(letter, values) for letter, values in made])
    found: dict[str, list[PdfReader]] = {letter.code: [] for letter in LETTERS}
    for (letter, _), pdf in zip(made, pdfs, strict=True):
        found[letter.code].append(PdfReader(io.BytesIO(pdf)))
    return found


def test_libreoffice_opens_it_and_prints_every_value(
    letter: Letter, pages: dict[str, list[PdfReader]]
) -> None:
    texts = [squeezed("".join(p.extract_text() for p in pdf.pages)) for pdf in pages[letter.code]]
    values = dict(leaves(next(variants(letter))))
    lost = [name for name, value in values.items() if not any(squeezed(value) in t for t in texts)]
    assert lost == []


def test_its_pdf_can_be_read_aloud_and_archived(
    letter: Letter, pages: dict[str, list[PdfReader]]
) -> None:
    for pdf in pages[letter.code]:
        root: Any = pdf.root_object
        assert root["/Lang"] == "da-DK"
        assert bool(root["/MarkInfo"]["/Marked"])
        assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
        assert "/StructTreeRoot" in root
        claims = root["/Metadata"].get_data().decode()
        assert "<pdfuaid:part>1</pdfuaid:part>" in claims
        assert "<pdfaid:part>2</pdfaid:part>" in claims


def test_its_pdf_has_its_title_and_no_persons_name(
    letter: Letter, pages: dict[str, list[PdfReader]]
) -> None:
    for pdf in pages[letter.code]:
        assert pdf.metadata is not None
        assert pdf.metadata.title == letter.title
        assert "kommune.navn" in (pdf.metadata.author or "")


def test_its_headings_are_headings_in_the_pdf(
    letter: Letter, pages: dict[str, list[PdfReader]]
) -> None:
    for pdf in pages[letter.code]:
        assert "/H1" in set(structure(pdf.root_object["/StructTreeRoot"]))


def test_a_title_is_a_heading_and_not_only_bold(letter: Letter) -> None:
    for values in variants(letter):
        document = docx.Document(io.BytesIO(render(letter, values)))
        plain = [one for one in document.paragraphs if one.style and one.style.name == "Normal"]
        bold = [all(w.xpath("w:rPr/w:b") for w in one._p.xpath(".//w:r")) for one in plain]
        said = ["".join(one._p.xpath(".//w:t/text()")) for one in plain]
        assert [text for text, is_bold in zip(said, bold, strict=True) if text and is_bold] == []


def structure(element: Any) -> Iterator[str]:
    """Yield what each part of a tagged PDF says it is."""
    found = element.get_object()
    if isinstance(found, dict):
        if "/S" in found:
            yield found["/S"]
        yield from structure(found["/K"]) if "/K" in found else ()
    elif isinstance(found, list):
        for one in found:
            yield from structure(one)


def test_what_follows_the_head_keeps_off_its_line_however_tall_the_head_is(letter: Letter) -> None:
    """A training copy's mark, or a long name of a unit, makes the head taller than its room."""
    for stamp in ("", "ØVEMILJØ"):
        document = docx.Document(io.BytesIO(render(letter, next(iter(variants(letter))), stamp)))
        head = document.sections[0].first_page_header
        after = head.paragraphs[-1].style.paragraph_format.space_after
        assert after is not None
        assert after.pt >= 12
