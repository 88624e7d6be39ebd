"""On a full disk a command says so and answers no; a machine never gets silence for an answer."""

import resource
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import pytest


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
    assert "kunne ikke gemmes" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_where_the_answer_itself_cannot_be_written_it_is_said(installation: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = intake(installation, None, stdout=full)
    assert done.returncode == 1
    assert "Disken er fuld" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
