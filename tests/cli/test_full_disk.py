"""On a full disk a command says so and answers no; a machine never gets silence for an answer."""

import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TextIO, TypeAlias

import pytest

from dubu_plugin.cli import disks
from dubu_plugin.cli import intake as cli_intake
from dubu_plugin.cli import serve as cli_serve
from dubu_plugin.settings import Settings
from dubu_plugin.store.failures import StorageBusy, StorageFull, translated

Run: TypeAlias = Callable[..., Any]


def intake(
    installation: Path, room: int | None, stdout: int | TextIO = subprocess.PIPE
) -> "subprocess.CompletedProcess[str]":
    """Take a file in.

    :param room: how large a file may grow, in bytes; None for as large as it likes.
    """
    (installation / "a.txt").write_text("Vi underretter om en dreng.", encoding="utf-8")

    def small() -> None:
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    return subprocess.run(
        [sys.executable, "-m", "dubu_plugin", "intake", "a.txt", "--json"],
        cwd=installation,
        preexec_fn=small,
        text=True,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("room", [0, 1_000, 40_000])
def test_where_nothing_can_be_stored_it_is_said(installation: Path, room: int) -> None:
    done = intake(installation, room)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "kunne ikke gemmes" in said or "så intet er gemt" in said
    assert "Traceback" not in done.stderr


def test_where_the_answer_itself_cannot_be_written_it_is_said(installation: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = intake(installation, None, stdout=full)
    assert done.returncode == 1
    assert "Disken er fuld" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


# -- which disk it is ------------------------------------------------------------------------------


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk with the files be full, and nothing be stored."""

    def no_room(*_: Any, **__: Any) -> Any:
        raise StorageFull

    def usage(place: Path) -> SimpleNamespace:
        return SimpleNamespace(free=0 if place.name == "filer" else 10**9)

    monkeypatch.setattr("shutil.disk_usage", usage)
    for module, name in ((cli_intake, "receive"), (cli_serve, "run")):
        monkeypatch.setattr(module, name, no_room)


@pytest.mark.usefixtures("full")
def test_the_full_disk_is_named_where_a_file_finds_no_room(dubu: Run, installation: Path) -> None:
    (installation / "a.txt").write_text("Vi underretter om en dreng.", encoding="utf-8")
    answer = dubu("intake", "a.txt")
    assert answer.status == 1
    assert f"plads på disken med {installation / 'filer'}, så" in answer.out + answer.err


@pytest.mark.usefixtures("full")
def test_the_full_disk_is_named_where_it_cannot_start(dubu: Run, installation: Path) -> None:
    answer = dubu("serve", "--port", "0")
    assert answer.status == 1
    assert f"plads på disken med {installation / 'filer'}, så" in answer.err


def test_no_disk_is_blamed_that_has_room(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings.found(installation / "dubu.toml")
    roomy = SimpleNamespace(free=10**9)
    monkeypatch.setattr("shutil.disk_usage", lambda _: roomy)
    assert disks.why_full(settings) is None
    with pytest.raises(StorageBusy), disks.naming_the_full_one(settings):
        raise StorageBusy


def test_a_log_of_the_database_that_finds_no_room_is_a_full_disk() -> None:
    said = sqlite3.OperationalError("disk I/O error")
    said.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    with pytest.raises(StorageFull), translated():
        raise said
