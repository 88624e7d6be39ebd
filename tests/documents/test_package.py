"""A package of documents says at which page each begins, and no part is larger than may be sent."""

import io

from pypdf import PdfReader, PdfWriter

from dubu_plugin.documents.package import OUTLINE, Sheet, first_pages, put_together


def pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def sheet(title: str, pages: int) -> Sheet:
    return Sheet(title, pdf(pages))


def test_the_pages_are_counted_after_the_index() -> None:
    sheets = [sheet("Afgørelse", 2), sheet("Brev", 3), sheet("Notat", 1)]
    assert list(first_pages(sheets, 1)) == [2, 4, 7]


def test_everything_is_in_one_where_it_fits_with_its_titles() -> None:
    [part] = put_together([sheet("Indeks", 1), sheet("Afgørelse", 2)], largest=1_000_000)
    read = PdfReader(io.BytesIO(part.pdf))
    assert (part.pages, len(read.pages)) == (3, 3)
    titles = [one.title for one in read.outline if not isinstance(one, list)]
    assert titles == ["Indeks", "Afgørelse"]


def test_a_document_stands_whole_in_one_part() -> None:
    sheets = [sheet(str(number), 2) for number in range(6)]
    largest = 2 * (len(sheets[0].pdf) + OUTLINE)
    parts = put_together(sheets, largest=largest)
    assert [one.pages for one in parts] == [4, 4, 4]
    assert all(len(one.pdf) <= largest for one in parts)


def test_one_that_is_too_large_alone_is_cut_between_its_pages() -> None:
    largest = len(pdf(10)) + OUTLINE
    parts = put_together([sheet("Lille", 1), sheet("Stor", 60)], largest=largest)
    assert sum(one.pages for one in parts) == 61
    outlines = [PdfReader(io.BytesIO(one.pdf)).outline for one in parts]
    assert all(lines for lines in outlines), "each part says what it is of"
    assert len(parts) > 3
    assert all(len(one.pdf) <= largest for one in parts)


def test_what_is_no_pdf_has_no_pages() -> None:
    assert Sheet("Billede", b"JPEG").pages == 0
    assert Sheet("Tom", b"").pages == 0
