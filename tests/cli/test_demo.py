"""dubu demo as a process: made once, opened again, refused where something else lies."""

import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from dubu_plugin import cli
from dubu_plugin.cli import demo
from dubu_plugin.demo import making
from dubu_plugin.demo.making import Demo
from dubu_plugin.demo.municipality import proevestrup
from dubu_plugin.demo.sizes import SizeName


def dubu(*said: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "dubu_plugin", *said],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dubu") / "min demo æøå"


@pytest.fixture(scope="module")
def made(folder: Path) -> "subprocess.CompletedProcess[str]":
    return dubu("demo", "--dir", str(folder), "--no-serve")


@pytest.mark.slow
def test_it_is_made_and_says_as_whom_to_log_in(
    made: "subprocess.CompletedProcess[str]", folder: Path
) -> None:
    assert made.returncode == 0, made.stderr
    assert made.stdout == "", "what it says stands on stderr, beside the progress"
    assert (folder / "dubu.toml").is_file()
    told = " ".join(made.stderr.split())
    assert "11 breve er modtaget" in told
    for one in proevestrup().staff:
        assert not one.shows or one.name in told
    after = told.partition("Sådan kommer du videre")[2]
    assert f"dubu serve --config {folder / 'dubu.toml'}" in after
    assert "Åbn http://127.0.0.1:8080/ i browseren." in after
    assert "tryk »Log ind«. Der er ingen adgangskode." in after


@pytest.mark.slow
def test_everything_answers(made: "subprocess.CompletedProcess[str]", folder: Path) -> None:
    answer = dubu("check", "--config", str(folder / "dubu.toml"))
    assert answer.returncode == 0, answer.stdout


@pytest.mark.slow
def test_the_second_time_it_is_only_opened(
    made: "subprocess.CompletedProcess[str]", folder: Path
) -> None:
    before = (folder / "dubu.sqlite").stat().st_mtime_ns
    again = dubu("demo", "--dir", str(folder), "--no-serve")
    assert again.returncode == 0
    assert "--fresh" in again.stderr
    assert (folder / "dubu.sqlite").stat().st_mtime_ns == before


@pytest.mark.slow
def test_another_size_does_not_silently_open_the_one_there_is(
    made: "subprocess.CompletedProcess[str]", folder: Path
) -> None:
    other = dubu("demo", "--dir", str(folder), "--no-serve", "--size", "copenhagen")
    assert other.returncode == 1
    assert "--fresh" in other.stderr
    assert (folder / "dubu.sqlite").is_file()


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vigtigt.txt").write_text("mit", encoding="utf-8")
    answer = dubu("demo", "--dir", str(tmp_path), "--no-serve")
    assert answer.returncode == 1
    assert "ikke en demo" in answer.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["vigtigt.txt"]


def test_a_size_that_is_not_there_is_wrong_use() -> None:
    answer = dubu("demo", "--size", "kæmpe")
    assert answer.returncode == 2


def test_shown_it_says_where_as_whom_and_how_to_stop(capsys: pytest.CaptureFixture[str]) -> None:
    there = Demo(Path("min [demo]"), SizeName.SMALL, 1, "2026-03-02T09:00:00+00:00")
    demo._open("http://127.0.0.1:8099/", there, Console(stderr=True, width=200))
    told = capsys.readouterr().err
    assert "1. Åbn http://127.0.0.1:8099/ i browseren." in told
    assert "2. Vælg Karen" in told
    assert "3. Stop med Ctrl-C. Demoen bliver liggende i min [demo]" in told


def test_ctrl_c_while_it_is_made_ends_kindly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "make", interrupted)
    monkeypatch.setattr(sys, "argv", ["dubu", "demo", "--dir", str(tmp_path / "demo")])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 130
    assert capsys.readouterr().err.rstrip().endswith("Stoppet. Tak for nu.")
