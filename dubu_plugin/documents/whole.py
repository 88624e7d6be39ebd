"""Whether a PDF holds all its Word file says.

LibreOffice can lose rows of a table that it is told to keep together and that goes over a page
(seen in 7.4), without a word. The PDF is what is sent and archived, so it is read again.
"""

import io
from collections import Counter

from docx import Document as docx_document
from docx.oxml.ns import qn
from pypdf import PdfReader

from dubu_plugin.domain.folding import folded


def lost(docx: bytes, pdf: bytes) -> int:
    """Return how many words of a Word file its PDF does not have; none where either is unreadable.

    Heads and feet stand on each page, and are not looked at.
    """
    try:
        wanted, made = _said(docx), _shown(pdf)
    except Exception:  # a stranger's file can be wrong in any way; what is shown then is its own
        return 0
    return sum(max(0, number - made.count(word)) for word, number in Counter(wanted).items())


def loose(docx: bytes) -> bytes:
    """Return the Word file with nothing kept together by its text; its styles stand."""
    document = docx_document(io.BytesIO(docx))
    for kept in list(document.element.body.iter(qn("w:keepNext"))):
        kept.getparent().remove(kept)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _said(docx: bytes) -> list[str]:
    body = docx_document(io.BytesIO(docx)).element.body
    texts = (
        "".join(one.text or "" for one in line.iter(qn("w:t"))) for line in body.iter(qn("w:p"))
    )
    return [word for text in texts for word in folded(text).split() if word.isalpha()]


def _shown(pdf: bytes) -> str:
    """Return the letters of a PDF without spaces: a word may be parted at a line's end."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join(folded(page.extract_text()).replace(" ", "") for page in pages)
