"""What a Word file says: its paragraphs, also those that stand in content controls and tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from docx.oxml.ns import qn
from lxml import etree
from markupsafe import Markup, escape

from dubu_plugin.documents.fill import content_parts

LETTER: Final = "word/document.xml"
BREAKS: Final = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t"}
HEADINGS: Final = {"Heading1": "h3", "Heading2": "h4", "Heading3": "h5"}
"""A page has its own first and second heading, so a letter shown on it begins at the third."""

LISTED: Final = frozenset({"ListBullet", "ListNumber"})
CLOSE: Final = frozenset({"Modtager", "Underskrift"})
"""Styles whose paragraphs are lines of one thing: an address, a signature."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a letter."""

    style: str
    text: str
    row: int | None = None
    """Which table row it stands in, counted through the letter; None outside tables."""


def paragraphs(docx: bytes) -> list[Paragraph]:
    """Return the paragraphs of the letter itself, without its heads and feet."""
    return list(_paragraphs(content_parts(docx)[LETTER]))


def text(docx: bytes) -> str:
    """Return everything the file says, heads and feet too, a line a paragraph."""
    parts = content_parts(docx).values()
    return "\n".join(found.text for part in parts for found in _paragraphs(part))


def html(docx: bytes) -> Markup:
    """Return the letter as HTML of headings, paragraphs, lists and tables, without styles.

    It is read from the finished file, so what is shown is what is sent.
    """
    blocks = groupby(paragraphs(docx), key=_block)
    return Markup("\n").join(_shown(kind, list(found)) for kind, found in blocks)


def _paragraphs(part: bytes) -> Iterator[Paragraph]:
    rows: dict[etree._Element, int] = {}
    for found in etree.fromstring(part).iter(qn("w:p")):
        style = found.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        row = next(found.iterancestors(qn("w:tr")), None)
        number = None if row is None else rows.setdefault(row, len(rows))
        name = "" if style is None else style.get(qn("w:val"), "")
        yield Paragraph(name, _text(found), number)


def _text(paragraph: etree._Element) -> str:
    pieces = paragraph.iter(qn("w:t"), *BREAKS)
    # A tab in the paragraph's properties is a stop, not a sign.
    inside = (piece for piece in pieces if _parent(piece) != qn("w:tabs"))
    return "".join(BREAKS.get(piece.tag) or piece.text or "" for piece in inside)


def _parent(piece: etree._Element) -> str | None:
    above = piece.getparent()
    return None if above is None else above.tag


def _block(paragraph: Paragraph) -> str:
    if paragraph.row is not None:
        return "table"
    if paragraph.style in LISTED:
        return "ul"
    return paragraph.style if paragraph.style in CLOSE else "text"


def _shown(kind: str, found: list[Paragraph]) -> Markup:
    if kind == "table":
        rows = (list(cells) for _, cells in groupby(found, key=lambda cell: cell.row))
        return Markup("<table>{}</table>").format(Markup("").join(map(_row, rows)))
    if kind == "ul":
        points = (Markup("<li>{}</li>").format(_lines(point.text)) for point in found)
        return Markup("<ul>{}</ul>").format(Markup("").join(points))
    if kind in CLOSE:
        return _one(Paragraph(kind, "\n".join(line.text for line in found)))
    return Markup("\n").join(_one(paragraph) for paragraph in found if paragraph.text)


def _row(cells: list[Paragraph]) -> Markup:
    name, *values = cells
    head = Markup('<th scope="row">{}</th>').format(_lines(name.text))
    rest = (Markup("<td>{}</td>").format(_lines(value.text)) for value in values)
    return Markup("<tr>{}{}</tr>").format(head, Markup("").join(rest))


def _one(paragraph: Paragraph) -> Markup:
    element = Markup(HEADINGS.get(paragraph.style, "p"))
    return Markup("<{0}>{1}</{0}>").format(element, _lines(paragraph.text))


def _lines(said: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in said.split("\n"))
