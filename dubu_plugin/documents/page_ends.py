"""Where a page ends: what says nothing alone is not left alone on it.

Word and LibreOffice both keep a paragraph, or a row, on the page of what follows where they are
told to (*keep with next*). A heading is told so by its style. The end of a document is told here.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any, Final

from docx import Document as docx_document
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from docx.text.paragraph import Paragraph

GREETING: Final = frozenset({"Hilsen", "Underskrift"})
"""The styles of what stands under a letter: they are no company for each other."""
COMPANY: Final = 4
"""So many lines at least go with the end to a new page."""
SHORT: Final = 4
"""A table of so many rows is kept on one page."""
SMALL: Final = 20
"""So many lines surely go on one page."""
LINE: Final = 88
"""Signs on a line of running text, about."""
CELL: Final = 58
"""Signs on a line of a fact, about."""

BEGUN_WITH: Final = 25
"""So many paragraphs and rows LibreOffice puts on the first page before it measures any of them,
and one more on each page after it. Where the measured page ends at the same place, it does not ask
again what was to be kept together (seen in 7.4)."""
NO_HEIGHT: Final = Pt(0.5)


def keep_together(document: Document) -> None:
    """Let no row of a table, no greeting and no last line stand alone on a page."""
    blocks = _blocks(document)
    for block in blocks:
        if not _is_text(block):
            _keep_table(block)
    _keep_end(document, blocks)


def _keep_table(table: Any) -> None:
    """Keep a short table whole; of a long one, the two last rows.

    The first row of a table that goes over a page is never told so: LibreOffice then keeps the
    whole table with what follows, and loses the rows that do not go on the page (seen in 7.4).
    """
    rows = list(table.iter(qn("w:tr")))
    for row in rows[:-1] if _is_small(rows) else rows[1:][-2:-1]:
        _keep_row(row)


def _is_small(rows: Sequence[Any]) -> bool:
    return len(rows) <= SHORT and sum(map(_height, rows)) <= SMALL


def _height(row: Any) -> int:
    """Return about how many lines a row takes."""
    cells = (sum(max(1, _lines(one, CELL)) for one in cell.iter(qn("w:p"))) for cell in row)
    return max(cells, default=0)


def _keep_end(document: Document, blocks: Sequence[Any]) -> None:
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
        if lines >= wanted or (row is rows[0] and not _is_small(rows)):
            break
        lines += max((_lines(one, CELL) for one in row.iter(qn("w:p"))), default=0)
        if row is rows[-1] and last:
            continue
        _keep_row(row)
    return lines


def _keep_row(row: Any) -> None:
    for one in row.iter(qn("w:p")):
        Paragraph(one, None).paragraph_format.keep_with_next = True  # type: ignore[arg-type]


def unparted(docx: bytes) -> bytes:
    """Return the Word file as LibreOffice keeps together in it what is to be kept together.

    Where its first guess of a page's end would part them, lines without height move that guess.
    What cannot be read here is returned as it is.
    """
    try:
        return _moved(docx)
    except Exception:  # a stranger's file can be wrong in any way; LibreOffice judges it
        return docx


def _moved(docx: bytes) -> bytes:
    document = docx_document(io.BytesIO(docx))
    blocks = _blocks(document)
    counted, ends, moved = 0, BEGUN_WITH, False
    for place, block in enumerate(blocks):
        counted += 1 if _is_text(block) else len(list(block.iter(qn("w:tr"))))
        if counted < ends:
            continue
        if counted == ends and _is_text(block):
            before = reversed(blocks[: place + 1])
            chain = list(takewhile(lambda one: _is_text(one) and _kept(document, one), before))
            if chain and chain[-1] is not blocks[0]:
                _move(document, chain[-1], blocks[place - len(chain)], len(chain))
                counted += len(chain)
                moved = True
        ends += BEGUN_WITH + 1
    return _saved(document) if moved else docx


def _move(document: Document, block: Any, before: Any, lines: int) -> None:
    """Put lines without height before a paragraph, and keep its distance to what stands before."""
    paragraph = Paragraph(block, document.part)
    for _ in range(lines):
        form = paragraph.insert_paragraph_before().paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = NO_HEIGHT
    if _is_text(before) and _is_one_list(document, block, before):
        paragraph.paragraph_format.space_before = Pt(0)
        Paragraph(before, document.part).paragraph_format.space_after = Pt(0)
    elif _is_text(before):
        # What stands between two paragraphs is the greater of their distances; now it is both.
        own, theirs = _told(document, block, "space_before"), _told(document, before, "space_after")
        if own is not None:
            theirs = _after(document) if theirs is None else theirs
            paragraph.paragraph_format.space_before = max(Pt(0), Pt(own.pt - theirs.pt))


def _is_one_list(document: Document, block: Any, before: Any) -> bool:
    """Tell whether two paragraphs have one style that leaves nothing between its own."""
    style: Any = Paragraph(block, document.part).style
    its = f"./w:style[@w:styleId='{style.style_id}']/w:pPr/w:contextualSpacing"
    return _style(block) == _style(before) and bool(document.styles.element.xpath(its))


def _after(document: Document) -> Any:
    """Return the distance after a paragraph of which nothing is said."""
    path = "./w:docDefaults/w:pPrDefault/w:pPr/w:spacing/@w:after"
    found = document.styles.element.xpath(path)
    return Twips(int(found[0])) if found else Pt(0)


def _kept(document: Document, block: Any) -> bool:
    """Tell whether a paragraph is kept with the next, by itself or by its style."""
    return bool(_told(document, block, "keep_with_next"))


def _told(document: Document, block: Any, what: str) -> Any:
    """Return what a paragraph's form is told to be, by itself or by its style."""
    paragraph = Paragraph(block, document.part)
    told = getattr(paragraph.paragraph_format, what)
    style: Any = paragraph.style
    while told is None and style is not None:
        told = getattr(style.paragraph_format, what)
        style = style.base_style
    return told


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
