"""A PDF that lacks words of its Word file is seen, and made again."""

import io
from collections.abc import Sequence

import docx
import pytest
from docx.oxml.ns import qn

from dubu_plugin.documents.pdf import LibreOffice
from dubu_plugin.documents.whole import loose, lost

ROWS = ("Hvem gør hvad", "Ansvarlig", "Tegn på, at det virker", "Opfølgning")


def paper(rows: Sequence[str], *, kept: bool = True) -> bytes:
    document = docx.Document()
    document.add_paragraph("Barnets plan")
    table = document.add_table(len(rows), 1)
    for row, text in zip(table.rows, rows, strict=True):
        row.cells[0].text = text
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = kept
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


class LosesRows(LibreOffice):
    """As LibreOffice can: of what is kept together the last two rows are not on the page."""

    def __init__(self, *, always: bool = False) -> None:
        super().__init__()
        self.always = always

    def _call(self, program: str, documents: Sequence[bytes]) -> list[bytes | None]:
        return super()._call(program, [self._cut(one) for one in documents])

    def _cut(self, written: bytes) -> bytes:
        document = docx.Document(io.BytesIO(written))
        kept = list(document.element.body.iter(qn("w:keepNext")))
        if kept or self.always:
            for row in document.tables[0].rows[-2:]:
                document.tables[0]._tbl.remove(row._tr)
        saved = io.BytesIO()
        document.save(saved)
        return saved.getvalue()


def test_a_pdf_with_all_its_words_lacks_none() -> None:
    written = paper(ROWS)
    assert lost(written, LibreOffice().to_pdf([written])[0]) == 0


@pytest.mark.parametrize(("always", "missing"), [(False, 0), (True, 6)])
def test_rows_that_were_lost_come_back_where_nothing_is_kept_together(
    always: bool, missing: int
) -> None:
    written = paper(ROWS)
    assert lost(written, LosesRows(always=always).to_pdf([written])[0]) == missing


def test_what_cannot_be_read_lacks_nothing() -> None:
    assert lost(b"ikke Word", b"ikke PDF") == 0


def test_a_loose_file_keeps_its_words() -> None:
    rows = docx.Document(io.BytesIO(loose(paper(ROWS)))).tables[0].rows
    assert [row.cells[0].text for row in rows] == list(ROWS)
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in rows] == [
        None
    ] * 4
