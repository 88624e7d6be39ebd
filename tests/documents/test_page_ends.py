"""What says nothing alone is not left alone on a page."""

import io
import zipfile
from collections.abc import Sequence

import docx
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from pypdf import PdfReader

from dubu_plugin.documents import page_ends
from dubu_plugin.documents.fill import render
from dubu_plugin.documents.page_ends import unparted
from dubu_plugin.documents.pdf import LibreOffice
from dubu_plugin.documents.shelf import LetterShelf

PAGE = 600.0
"""The height of a page's text, in points."""


@pytest.fixture(scope="module")
def office() -> LibreOffice:
    return LibreOffice()


def pages(pdf: bytes) -> list[list[str]]:
    """Return the lines of each page of a letter, but for its head and foot."""
    read = PdfReader(io.BytesIO(pdf))
    lines = [[x.strip() for x in page.extract_text().splitlines()] for page in read.pages]
    return [[x for x in page if x and "Prøvestrup" not in x] for page in lines]


def test_a_greeting_takes_some_of_the_letter_with_it(
    shelf: LetterShelf, office: LibreOffice
) -> None:
    letter = shelf["afgoerelse"]
    written = [
        render(letter, {**letter.example, "afgoerelse.begrundelse": "\n".join(["Fordi."] * more)})
        for more in (18, 20, 22)
    ]
    last = [made[-1] for made in map(pages, office.to_pdf(written)) if len(made) > 1]
    assert last
    assert [page for page in last if page.index("Venlig hilsen") < 3] == []


def test_the_last_rows_of_a_table_go_together(shelf: LetterShelf, office: LibreOffice) -> None:
    letter = shelf["vurdering"]
    told = "vurdering.begrundelse"
    written = [
        render(letter, {**letter.example, told: "\n".join(["Fordi."] * more)}) for more in (2, 3, 4)
    ]
    last = [made[-1] for made in map(pages, office.to_pdf(written)) if len(made) > 1]
    assert last
    assert [page for page in last if len(page) < 4] == []


def test_the_last_rows_of_a_long_table_are_kept_together_and_its_first_is_not(
    shelf: LetterShelf,
) -> None:
    letter = shelf["barnets_plan"]
    document = docx.Document(io.BytesIO(render(letter, letter.example)))
    long = [table for table in document.tables if len(table.rows) > page_ends.SHORT]
    assert long
    for table in long:
        kept = [
            bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows
        ]
        assert (kept[0], kept[-2]) == (False, True)


WITH_TABLES = ("barnets_plan", "opfoelgning", "vurdering", "afgoerelse")


@pytest.mark.parametrize("code", WITH_TABLES)
def test_no_row_is_lost_wherever_on_a_page_a_table_stands(
    shelf: LetterShelf, office: LibreOffice, code: str
) -> None:
    """LibreOffice loses rows of a table whose first row is told to be kept with the next."""
    letter = shelf[code]
    written = render(letter, letter.example)
    moved = [further_down(written, lines) for lines in range(0, 45, 4)]
    for docx_file, pdf in zip(moved, office.to_pdf([unparted(one) for one in moved]), strict=True):
        said = "".join("".join(page.extract_text().split()) for page in
                       PdfReader(io.BytesIO(pdf)).pages)  # fmt: skip
        body = docx.Document(io.BytesIO(docx_file)).element.body
        words = ["".join(one.itertext()).split() for one in body.iter(qn("w:t"))]
        assert [
            one for one in words if any(map(str.isalpha, one)) and "".join(one) not in said
        ] == []


def further_down(written: bytes, lines: int) -> bytes:
    """Return a Word file with so many lines more before its first table."""
    document = docx.Document(io.BytesIO(written))
    table = next(document.element.body.iter(qn("w:tbl")))
    for _ in range(lines):
        table.addprevious(OxmlElement("w:p"))
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def paper(heights: Sequence[float], kept: Sequence[int]) -> bytes:
    """Return a Word file of a line for each height, some of them kept with the next."""
    document = docx.Document()
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Pt(72)
    section.page_height = Pt(PAGE + 144)
    section.footer.paragraphs[0].text = "Fod"
    for number, height in enumerate(heights, start=1):
        form = document.add_paragraph(f"nr {number}").paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(height)
        form.keep_with_next = number in kept
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def filling(first: int, second: int) -> list[float]:
    """Return the heights of so many lines that fill a page, and so many that fill the next."""
    return [PAGE / first - 0.2] * first + [PAGE / second - 0.2] * second * 2


GUESSED = (
    (filling(25, 20), [25], 0, "nr 24"),
    (filling(25, 20), [24, 25], 0, "nr 23"),
    (filling(25, 26), [51], 1, "nr 50"),
    (filling(24, 20), [24], 0, "nr 23"),
)


def test_a_heading_is_not_left_alone_where_libreoffice_guesses_the_pages_end(
    office: LibreOffice,
) -> None:
    made = office.to_pdf([paper(heights, kept) for heights, kept, _, _ in GUESSED])
    for pdf, (_, kept, page, ends_with) in zip(made, GUESSED, strict=True):
        lines = [line for line in pages(pdf)[page] if line.startswith("nr")]
        assert lines[-1] == ends_with, kept


def test_a_heading_keeps_its_distance_where_the_guess_is_moved() -> None:
    document = docx.Document(io.BytesIO(paper([10.0] * 30, [25])))
    before, heading = document.paragraphs[23:25]
    before.paragraph_format.space_after = Pt(7)
    heading.paragraph_format.space_before = Pt(13)
    saved = io.BytesIO()
    document.save(saved)
    moved = docx.Document(io.BytesIO(unparted(saved.getvalue()))).paragraphs
    assert [one.text for one in moved[23:26]] == ["nr 24", "", "nr 25"]
    assert moved[25].paragraph_format.space_before == Pt(6)


def test_the_points_of_a_list_stay_close_where_the_guess_is_moved() -> None:
    document = docx.Document(io.BytesIO(paper([10.0] * 30, [25])))
    for point in document.paragraphs[23:25]:
        point.style = document.styles["List Bullet"]
        point.paragraph_format.space_before = point.paragraph_format.space_after = Pt(5)
    saved = io.BytesIO()
    document.save(saved)
    moved = docx.Document(io.BytesIO(unparted(saved.getvalue()))).paragraphs
    assert moved[23].paragraph_format.space_after == Pt(0)
    assert moved[25].paragraph_format.space_before == Pt(0)


def test_a_document_with_nothing_to_keep_together_is_not_touched() -> None:
    plain = paper(filling(25, 20), [])
    assert unparted(plain) == plain
    assert unparted(b"noget andet") == b"noget andet"


def test_a_strangers_file_that_is_wrong_goes_on_as_it_is() -> None:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(paper([10.0] * 30, [25]))) as read,
        zipfile.ZipFile(written, "w") as made,
    ):
        for name in read.namelist():
            part = read.read(name)
            made.writestr(name, part.replace(b"<w:body>", b"<w:body><w:sdt/>"))
    assert unparted(written.getvalue()) == written.getvalue()


def test_a_short_letter_is_kept_on_its_page(shelf: LetterShelf) -> None:
    letter = shelf["kvittering"]
    document = docx.Document(io.BytesIO(render(letter, letter.example)))
    marked = [one for one in document.paragraphs if one.paragraph_format.keep_with_next]
    assert len(marked) <= page_ends.COMPANY
    assert "Venlig hilsen" not in {one.text for one in marked}
