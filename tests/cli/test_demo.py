"""dubu demo as a process: made once, opened again, refused where something else lies."""

import subprocess
import sys
from pathlib import Path

import pytest

from dubu_plugin.demo.municipality import proevestrup


def dubu(*said: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "dubu_plugin", *said],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
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
