"""Where a page ends: what says nothing alone is not left alone on it.

Word and LibreOffice both keep a paragraph, or a row, on the page of what follows where they are
told to (*keep with next*). A heading is told so by its style. The end of a document is told here.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any, Final

from docx import Document as docx_document
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

GREETING: Final = frozenset({"Hilsen", "Underskrift"})
"""The styles of what stands under a letter: they are no company for each other."""
COMPANY: Final = 4
"""So many lines at least go with the end to a new page."""
LINE: Final = 88
"""Signs on a line of running text, about."""
CELL: Final = 58
"""Signs on a line of a fact, about."""

BEGUN_WITH: Final = 25
"""So many paragraphs and rows LibreOffice puts on the first page before it measures any of them,
and one more on each page after it. Where the measured page ends at the same place, it does not ask
again what was to be kept together (seen in 7.4)."""
NO_HEIGHT: Final = Pt(0.5)


def keep_end_together(document: Document) -> None:
    """Let a greeting, or the last rows and lines of a document, take company to a new page."""
    blocks = list(_blocks(document))
    lines = 0
    for block in reversed(blocks[:-1] if blocks and _is_text(blocks[-1]) else blocks):
        if lines >= COMPANY:
            return
        if not _is_text(block):
            lines += _keep_rows(block, COMPANY - lines, last=block is blocks[-1])
            return
        if _style(block) in GREETING:
            continue
        Paragraph(block, document.part).paragraph_format.keep_with_next = True
        lines += _lines(block, LINE)


def _keep_rows(table: Any, wanted: int, *, last: bool) -> int:
    """Keep the last rows of a table with what follows them.

    :param last: nothing follows the table, so its last row is what the others are kept with.
    """
    lines = 0
    rows = list(table.iter(qn("w:tr")))
    for row in reversed(rows):
        if lines >= wanted:
            break
        lines += max((_lines(one, CELL) for one in row.iter(qn("w:p"))), default=0)
        if row is rows[-1] and last:
            continue
        for one in row.iter(qn("w:p")):
            Paragraph(one, None).paragraph_format.keep_with_next = True  # type: ignore[arg-type]
    return lines


def unparted(docx: bytes) -> bytes:
    """Return the Word file as LibreOffice keeps together in it what is to be kept together.

    Where its first guess of a page's end would part them, lines without height move that guess.
    What is no Word file is returned as it is.
    """
    try:
        document = docx_document(io.BytesIO(docx))
    except (zipfile.BadZipFile, KeyError, ValueError):
        return docx
    blocks = list(_blocks(document))
    counted, ends, moved = 0, BEGUN_WITH, False
    for place, block in enumerate(blocks):
        counted += 1 if _is_text(block) else len(list(block.iter(qn("w:tr"))))
        if counted < ends:
            continue
        if counted == ends and _is_text(block):
            before = reversed(blocks[: place + 1])
            chain = list(takewhile(lambda one: _is_text(one) and _kept(document, one), before))
            for _ in chain:
                _empty_before(chain[-1], document)
            counted += len(chain)
            moved = moved or bool(chain)
        ends += BEGUN_WITH + 1
    return _saved(document) if moved else docx


def _empty_before(block: Any, document: Document) -> None:
    line = Paragraph(block, document.part).insert_paragraph_before()
    form = line.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = NO_HEIGHT


def _kept(document: Document, block: Any) -> bool:
    """Tell whether a paragraph is kept with the next, by itself or by its style."""
    paragraph = Paragraph(block, document.part)
    told = paragraph.paragraph_format.keep_with_next
    style = paragraph.style
    while told is None and style is not None:
        told = style.paragraph_format.keep_with_next
        style = style.base_style
    return bool(told)


def _blocks(document: Document) -> Sequence[Any]:
    """Return the paragraphs and tables in order, also those inside a content control."""
    return list(_inside(document.element.body))


def _inside(parent: Any) -> Iterator[Any]:
    for child in parent:
        if child.tag == qn("w:sdt"):
            yield from _inside(child.find(qn("w:sdtContent")))
        elif child.tag in (qn("w:p"), qn("w:tbl")):
            yield child


def _is_text(block: Any) -> bool:
    return bool(block.tag == qn("w:p"))


def _style(block: Any) -> str:
    found = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else str(found.get(qn("w:val")))


def _lines(block: Any, signs: int) -> int:
    written = sum(len(one.text or "") for one in block.iter(qn("w:t")))
    return -(-written // signs)


def _saved(document: Document) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()
