"""LibreOffice, and what is done when it does not do what it should."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dubu_plugin.documents.fill import render
from dubu_plugin.documents.letter import Letter
from dubu_plugin.documents.pdf import LibreOffice, NotConverted
from dubu_plugin.errors import ConfigurationError, Unreachable

STAND_IN = """#!{python}
import os, pathlib, sys
folder = pathlib.Path(__file__).parent
with open(folder / "calls", "a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\\n")
(folder / "pid").write_text(str(os.getpid()))
sources = [pathlib.Path(given) for given in sys.argv[1:] if given.endswith(".docx")]
{behaviour}
for source in sources:
    source.with_suffix(".pdf").write_bytes(b"%PDF " + source.read_bytes())
"""


class StandIn:
    """A program in LibreOffice's place that behaves as it is told to."""

    def __init__(self, folder: Path, behaviour: str) -> None:
        self.program = folder / "soffice"
        self.program.write_text(STAND_IN.format(python=sys.executable, behaviour=behaviour))
        self.program.chmod(0o755)

    @property
    def calls(self) -> list[str]:
        return (self.program.parent / "calls").read_text().splitlines()

    @property
    def is_running(self) -> bool:
        try:
            os.kill(int((self.program.parent / "pid").read_text()), 0)
        except ProcessLookupError:
            return False
        return True


def test_each_document_gets_its_own_pdf_in_the_same_order(tmp_path: Path) -> None:
    office = LibreOffice(str(StandIn(tmp_path, "").program))
    assert office.to_pdf([b"en", b"to", b"tre"]) == [b"%PDF en", b"%PDF to", b"%PDF tre"]


def test_many_documents_are_made_in_few_calls(tmp_path: Path) -> None:
    stand_in = StandIn(tmp_path, "")
    assert len(LibreOffice(str(stand_in.program)).to_pdf([b"x"] * 51)) == 51
    assert len(stand_in.calls) == 2


def test_nothing_to_make_starts_nothing(tmp_path: Path) -> None:
    stand_in = StandIn(tmp_path, "")
    assert LibreOffice(str(stand_in.program)).to_pdf([]) == []
    assert not (tmp_path / "calls").exists()


def test_a_crash_is_tried_once_more_one_at_a_time(tmp_path: Path) -> None:
    stand_in = StandIn(tmp_path, "if len(sources) > 1: os.abort()")
    assert LibreOffice(str(stand_in.program)).to_pdf([b"en", b"to"]) == [b"%PDF en", b"%PDF to"]
    assert len(stand_in.calls) == 3


def test_a_document_that_always_brings_it_down_is_an_error_that_may_be_tried_again(
    tmp_path: Path,
) -> None:
    stand_in = StandIn(tmp_path, "sources = [s for s in sources if s.read_bytes() != b'farlig']")
    with pytest.raises(NotConverted) as error:
        LibreOffice(str(stand_in.program)).to_pdf([b"en", b"farlig"])
    assert isinstance(error.value, Unreachable)
    assert len(stand_in.calls) == 2


def test_a_program_that_hangs_is_stopped(tmp_path: Path) -> None:
    behaviour = "import signal; signal.pause()"
    stand_in = StandIn(tmp_path, behaviour)
    with pytest.raises(NotConverted, match="tid"):
        LibreOffice(str(stand_in.program), timeout=1.0).to_pdf([b"en"])
    assert not stand_in.is_running
    assert len(stand_in.calls) == 1


def test_a_machine_without_it_is_told_what_to_install() -> None:
    office = LibreOffice("findes-ikke")
    for asked in (lambda: office.to_pdf([b"en"]), office.version):
        with pytest.raises(ConfigurationError, match="libreoffice-writer-nogui"):
            asked()


def test_the_profile_folder_is_its_own_and_goes_with_it(tmp_path: Path) -> None:
    stand_in = StandIn(tmp_path, "")
    office = LibreOffice(str(stand_in.program))
    office.to_pdf([b"en"])
    office.to_pdf([b"to"])
    profiles = {call.split()[0] for call in stand_in.calls}
    assert len(profiles) == 1
    folder = Path(profiles.pop().removeprefix("-env:UserInstallation=file://"))
    assert folder.parent.is_dir()
    del office
    gc.collect()
    assert not folder.parent.exists()


def test_what_a_killed_process_left_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, check=True, text=True)  # fmt: skip
    left = tmp_path / f"dubu-pdf-{gone.stdout.strip()}-x"
    in_use = tmp_path / f"dubu-pdf-{os.getpid()}-y"
    for folder in (left, in_use):
        folder.mkdir()
        (folder / "0.docx").write_bytes(b"fortroligt")
    LibreOffice(str(StandIn(tmp_path, "").program)).to_pdf([b"en"])
    assert not left.exists()
    assert in_use.exists()


def test_the_letters_are_not_left_behind(tmp_path: Path) -> None:
    stand_in = StandIn(tmp_path, "")
    LibreOffice(str(stand_in.program)).to_pdf([b"fortroligt"])
    assert not Path(stand_in.calls[0].split()[-1]).parent.exists()


def test_the_real_one_says_its_version_and_makes_a_pdf(kvittering: Letter) -> None:
    office = LibreOffice()
    assert office.version().startswith("LibreOffice")
    [pdf] = office.to_pdf([render(kvittering, kvittering.example)])
    assert pdf.startswith(b"%PDF")
