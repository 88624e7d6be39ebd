"""Word files to PDF by LibreOffice, many in one call: starting it takes longer than a letter does.

The PDF is tagged and says its language and title (PDF/UA), so that a screen reader can read it, and
it is PDF/A-2, so that an archive takes it.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final

import structlog

from dubu_plugin.documents.page_ends import unparted
from dubu_plugin.documents.whole import loose, lost
from dubu_plugin.errors import ConfigurationError, Unreachable

PROGRAMS: Final = ("soffice", "libreoffice")
TIMEOUT_SECONDS: Final = 120.0
LARGEST_CALL: Final = 50
"""Documents in one call. It bounds what one bad document can hold up."""

OPTIONS: Final[Mapping[str, Any]] = {
    "SelectPdfVersion": {"type": "long", "value": "2"},
    "PDFUACompliance": {"type": "boolean", "value": "true"},
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportFormFields": {"type": "boolean", "value": "false"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "DisplayPDFDocumentTitle": {"type": "boolean", "value": "true"},
}

WORKPLACE: Final = "dubu-pdf-"

MISSING: Final = (
    "LibreOffice findes ikke på denne maskine, så breve kan ikke laves til PDF. "
    "Installér Debian-pakken libreoffice-writer-nogui; brevene venter så længe."
)


class NotConverted(Unreachable):
    """LibreOffice gave no PDF. A later try may go better."""


class LibreOffice:
    """LibreOffice, run for one call at a time with a profile folder of our own."""

    def __init__(self, program: str | None = None, timeout: float = TIMEOUT_SECONDS) -> None:
        self._program = program
        self._timeout = timeout
        self._one_at_a_time = Lock()
        self._folder: Path | None = None

    def version(self) -> str:
        """Return what it calls itself, for example ``LibreOffice 7.4.7.2``.

        :raises ConfigurationError: it is not here.
        """
        asked = [self._found(), "--version"]
        try:
            said = subprocess.run(asked, capture_output=True, timeout=self._timeout, check=True)
        except (OSError, subprocess.SubprocessError):
            raise ConfigurationError(MISSING) from None
        return " ".join(said.stdout.decode("utf-8", "replace").split()[:2])

    def to_pdf(self, documents: Sequence[bytes]) -> list[bytes]:
        """Return the PDF of each Word file, in the same order.

        A document that came out as nothing is tried once more, alone, since another one in the same
        call may have brought LibreOffice down. After the time limit nothing is tried again. One
        that lacks words of its Word file is made anew with nothing kept together.

        :raises ConfigurationError: LibreOffice is not here.
        :raises NotConverted: a document gave no PDF.
        """
        program = self._found()
        with self._one_at_a_time:
            return [
                pdf
                for start in range(0, len(documents), LARGEST_CALL)
                for pdf in self._converted(program, documents[start : start + LARGEST_CALL])
            ]

    def _converted(self, program: str, documents: Sequence[bytes]) -> Iterator[bytes]:
        made = self._call(program, documents)
        for document, pdf in zip(documents, made, strict=True):
            again = pdf or self._call(program, [document])[0]
            if again is None:
                raise NotConverted("libreoffice", "to_pdf")
            yield self._whole(program, document, again)

    def _whole(self, program: str, document: bytes, pdf: bytes) -> bytes:
        """Return the PDF, made again without what is kept together where that lost any word."""
        missing = lost(document, pdf)
        if not missing:
            return pdf
        again = self._call(program, [loose(document)])[0]
        better = again is not None and lost(document, again) < missing
        structlog.get_logger().warning("pdf_lost_words", count=missing, mended=better)
        return again if again is not None and better else pdf

    def _call(self, program: str, documents: Sequence[bytes]) -> list[bytes | None]:
        with tempfile.TemporaryDirectory(dir=self._workplace()) as name:
            folder = Path(name)
            sources = [folder / f"{number}.docx" for number in range(len(documents))]
            for source, document in zip(sources, documents, strict=True):
                source.write_bytes(unparted(document))
            self._run([program, *self._arguments(folder), *map(str, sources)])
            made = [source.with_suffix(".pdf") for source in sources]
            return [pdf.read_bytes() if pdf.is_file() else None for pdf in made]

    def _arguments(self, folder: Path) -> list[str]:
        return [
            f"-env:UserInstallation={(self._workplace() / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            f"pdf:writer_pdf_Export:{json.dumps(OPTIONS)}",
            "--outdir",
            str(folder),
        ]

    def _run(self, command: list[str]) -> None:
        """Run to the end; what was made tells how it went.

        :raises NotConverted: it took too long, and was stopped.
        """
        silent = subprocess.DEVNULL
        running = subprocess.Popen(
            command, stdin=silent, stdout=silent, stderr=silent, start_new_session=True
        )
        try:
            running.wait(self._timeout)
        except subprocess.TimeoutExpired:
            # The program is a script that starts another: both are in the session that began here.
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            raise NotConverted("libreoffice", "to_pdf", "tid") from None

    def _workplace(self) -> Path:
        """Return a folder of this process's own, for the profile and what is being made."""
        if self._folder is None:
            _sweep()
            self._folder = Path(tempfile.mkdtemp(prefix=f"{WORKPLACE}{os.getpid()}-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    def _found(self) -> str:
        names = PROGRAMS if self._program is None else (self._program,)
        found = next(filter(None, map(shutil.which, names)), None)
        if found is None:
            raise ConfigurationError(MISSING)
        return found


def _sweep() -> None:
    """Remove what processes that were killed left behind: letters may lie in it."""
    for left in Path(tempfile.gettempdir()).glob(f"{WORKPLACE}*"):
        pid = left.name.removeprefix(WORKPLACE).partition("-")[0]
        if pid.isdigit() and not _is_alive(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
