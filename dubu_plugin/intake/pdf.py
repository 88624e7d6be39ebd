"""The text of a PDF file, with what was typed into its form fields. Runs in the sandbox."""

import io
import time
from collections.abc import Callable, Iterator
from typing import Final

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from dubu_plugin.domain.intake import FileState
from dubu_plugin.intake.text import clean, tidy

MOST_PAGES: Final = 500
MOST_SECONDS: Final = 12.0
"""What is not read by then is left out, and a person is told that the text is cut."""


def text_of(
    content: bytes, longest: int, elapsed: Callable[[], float] = time.monotonic
) -> tuple[FileState, str, bool]:
    """Return what can be done with a PDF file, its text, and whether the text is cut."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return FileState.ENCRYPTED, "", False
        pages = _Pages(reader, longest, elapsed)
        text = tidy(clean("\n".join([*pages.texts(), *_typed_in(reader)])))[:longest]
    except (DependencyError, FileNotDecryptedError):
        return FileState.ENCRYPTED, "", False
    except (PyPdfError, *_BROKEN):
        return FileState.DAMAGED, "", False
    return (FileState.READ if text else FileState.NO_TEXT), text, pages.cut


# What pypdf lets through from files that break the format's own rules.
_BROKEN: Final = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, NotImplementedError,
    RecursionError, OverflowError, OSError, AssertionError,
)  # fmt: skip


class _Pages:
    """The pages' texts, until one of the bounds is met."""

    def __init__(self, reader: PdfReader, longest: int, elapsed: Callable[[], float]) -> None:
        self.reader = reader
        self.longest = longest
        self.elapsed = elapsed
        self.cut = False

    def texts(self) -> Iterator[str]:
        """Yield each page's text. `cut` tells afterwards whether pages were left out."""
        start, length = self.elapsed(), 0
        for number, page in enumerate(self.reader.pages):
            if (
                number >= MOST_PAGES
                or length > self.longest
                or self.elapsed() - start > MOST_SECONDS
            ):
                self.cut = True
                return
            text = page.extract_text()
            length += len(text)
            yield text


def _typed_in(reader: PdfReader) -> Iterator[str]:
    """Yield what was typed into the form: the text of the pages holds only its headings."""
    for name, field in (reader.get_fields() or {}).items():
        value = field.value
        if isinstance(value, str) and value.strip() and not value.startswith("/"):
            label = str(field.get("/TU") or name).strip()
            yield f"{label}: {value.strip()}"
