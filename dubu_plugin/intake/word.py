"""The text of a Word document, in the order it stands on the page.

Runs in the sandbox. The archive's own list of sizes is checked before anything is unpacked; zlib
gives no more than the list says, so a list that lies is cut short and found out.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Final

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from dubu_plugin.domain.intake import FileState
from dubu_plugin.intake.text import clean, tidy

LARGEST_UNPACKED: Final = 300 * 1024 * 1024
"""In bytes, all members together."""
LARGEST_PART: Final = 100 * 1024 * 1024
MOST_MEMBERS: Final = 5_000
HIGHEST_RATIO: Final = 200
"""How many bytes one packed byte may become, in members that are large at all."""
SMALL: Final = 1024 * 1024

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_EXTRA_PARTS: Final = ("header", "footer", "footnotes", "endnotes", "comments")


def text_of(content: bytes, longest: int) -> tuple[FileState, str]:
    """Return what can be done with a Word document, and its text."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if is_bomb(archive.infolist()):
                return FileState.DANGEROUS, ""
        document = docx.Document(io.BytesIO(content))
        parts = [document.element, *_extra_parts(document.part.package.iter_parts())]
        text = tidy(clean("\n".join("".join(_pieces(part, longest)) for part in parts)))
    except (zipfile.BadZipFile, PackageNotFoundError, etree.XMLSyntaxError, *_BROKEN):
        return FileState.DAMAGED, ""
    return (FileState.READ if text else FileState.NO_TEXT), text


# What python-docx raises on archives that are no document: missing parts, wrong kinds, bad names.
_BROKEN: Final = (KeyError, ValueError, AttributeError, NotImplementedError, OSError, EOFError)


def is_bomb(members: list[zipfile.ZipInfo]) -> bool:
    """Tell whether an archive would become far larger than it is, by its own list of sizes."""
    if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > LARGEST_UNPACKED:
        return True
    return any(
        m.file_size > LARGEST_PART
        or (m.file_size > SMALL and m.file_size > HIGHEST_RATIO * max(m.compress_size, 1))
        for m in members
    )


def _extra_parts(parts: Iterator[object]) -> Iterator[etree._Element]:
    """Yield headers, footers, notes and comments, which stand outside the body."""
    for part in parts:
        name = str(getattr(part, "partname", ""))
        if not name.startswith("/word/") or not name.endswith(".xml"):
            continue
        if name.removeprefix("/word/").startswith(_EXTRA_PARTS):
            blob: bytes = getattr(part, "blob", b"")
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            yield etree.fromstring(blob, parser)


def _pieces(root: etree._Element, longest: int) -> list[str]:
    """Return the text with its breaks. A text box stands twice in the file; one is taken."""
    pieces: list[str] = []
    length, skipped = 0, 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag == _FALLBACK:
            skipped += 1 if event == "start" else -1
        if skipped or length > longest:
            continue
        if event == "end" and element.tag in _CLOSES:
            # A cell's last line end and a row's last tab give way to the break of what holds them.
            _drop_last(pieces, _CLOSES[element.tag])
        piece = _piece(event, element)
        length += len(piece)
        if piece:
            pieces.append(piece)
    return pieces


_CLOSES: Final = {f"{W}tc": "\n", f"{W}tr": "\t"}


def _drop_last(pieces: list[str], blank: str) -> None:
    if pieces and pieces[-1] == blank:
        pieces.pop()


def _piece(event: str, element: etree._Element) -> str:
    match event, element.tag:
        case "start", tag if tag == f"{W}t":
            return element.text or ""
        case "start", tag if tag == f"{W}tab":
            return "\t"
        case "start", tag if tag in {f"{W}br", f"{W}cr"}:
            return "\n"
        case "end", tag if tag in {f"{W}p", f"{W}tr"}:
            return "\n"
        case "end", tag if tag == f"{W}tc":
            return "\t"
    return ""
