"""Documents put together as one PDF with an index, in parts that are no larger than can be sent."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

OUTLINE: Final = 1024
"""In bytes: what a document's line in the outline takes, at most."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document of the package."""

    title: str = field(repr=False)
    pdf: bytes = field(repr=False)

    @property
    def pages(self) -> int:
        """How many pages it has; none where it cannot be read."""
        try:
            return len(PdfReader(io.BytesIO(self.pdf)).pages)
        except (PyPdfError, ValueError, KeyError, TypeError):
            return 0


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the package."""

    pdf: bytes = field(repr=False)
    pages: int


def first_pages(sheets: Sequence[Sheet], before: int) -> Sequence[int]:
    """Return the page each document begins at, after the pages of the index."""
    found, at = [], before + 1
    for sheet in sheets:
        found.append(at)
        at += sheet.pages
    return found


def put_together(sheets: Sequence[Sheet], *, largest: int) -> Sequence[Part]:
    """Return the parts: a document stands whole in one, unless it alone is too large.

    :param sheets: the index first, then the documents in their order.
    :param largest: how large a part may be, in bytes.
    """
    parts: list[Part] = []
    current: list[Sheet] = []
    for sheet in sheets:
        if sum(map(_size, [*current, sheet])) <= largest:
            current.append(sheet)
            continue
        if current:
            parts.append(_written(current))
        current = [sheet]
        if _size(sheet) > largest:
            *whole, last = _cut(sheet, largest)
            parts += whole
            current = [Sheet(sheet.title, last.pdf)]
    return [*parts, _written(current)] if current else parts


def _size(sheet: Sheet) -> int:
    """Return how much a document adds to a part, at most: itself, and its line in the outline."""
    return len(sheet.pdf) + OUTLINE


def _written(sheets: Sequence[Sheet]) -> Part:
    writer = PdfWriter()
    for sheet in sheets:
        reader = PdfReader(io.BytesIO(sheet.pdf))
        first = len(writer.pages)
        for page in reader.pages:
            writer.add_page(page)
        writer.add_outline_item(title=sheet.title, page_number=first)
    written = io.BytesIO()
    writer.write(written)
    return Part(written.getvalue(), len(writer.pages))


def _cut(sheet: Sheet, largest: int) -> Iterator[Part]:
    """Yield a document in pieces; a page that is too large alone is a piece of its own."""
    reader = PdfReader(io.BytesIO(sheet.pdf))
    writer, last = PdfWriter(), None
    for page in reader.pages:
        _on(writer, page, sheet.title)
        written = _bytes(writer)
        if len(written) > largest and last is not None:
            yield last
            writer = PdfWriter()
            _on(writer, page, sheet.title)
            written = _bytes(writer)
        last = Part(written, len(writer.pages))
    if last is not None:
        yield last


def _on(writer: PdfWriter, page: PageObject, title: str) -> None:
    """Add a page of a document; the first has its line in the outline, as where it is whole."""
    writer.add_page(page)
    if len(writer.pages) == 1:
        writer.add_outline_item(title=title, page_number=0)


def _bytes(writer: PdfWriter) -> bytes:
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
