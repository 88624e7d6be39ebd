"""Two processes write once; a process killed at any step and started again writes once."""

import subprocess
import sys
from pathlib import Path

import pytest

from dubu_journal.host import Host

WRITING = Path(__file__).with_name("writing.py")


def start(host: Host, count: int, *more: str) -> "subprocess.Popen[str]":
    arguments = [str(WRITING), str(host.database.path), str(host.files.root), str(count), *more]
    return subprocess.Popen(
        [sys.executable, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def assert_each_is_there_once(host: Host, count: int) -> None:
    with host.database.reading() as connection:
        asked = connection.exec_driver_sql
        for table in ("cases", "documents", "document_files", "notes"):
            assert asked(f"SELECT count(*) FROM {table}").scalar() == count, table
        for table in ("documents", "notes"):
            assert asked(f"SELECT count(DISTINCT case_id) FROM {table}").scalar() == count, table
        assert asked("SELECT count(*) FROM ops").scalar() == 3 * count
        assert asked("PRAGMA integrity_check").scalar() == "ok"
        assert asked("PRAGMA foreign_key_check").all() == []
        for sha256 in asked("SELECT sha256 FROM document_files").scalars():
            assert host.files.path(sha256).is_file()


def test_two_processes_with_the_same_ops_write_once(host: Host) -> None:
    both = [start(host, 25) for _ in range(2)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("now\n")
        process.stdin.flush()
    for process in both:
        process.communicate()
        assert process.returncode == 0
    assert_each_is_there_once(host, 25)


@pytest.mark.slow
def test_a_writer_killed_at_every_step_and_started_again_writes_once(host: Host) -> None:
    # More cases than a case has steps, so that the last ones are not killed at all.
    process = start(host, 140, "kill")
    output, _ = process.communicate()
    assert process.returncode == 0
    killed = output.count("killed")
    assert 60 < killed < 140
    assert_each_is_there_once(host, 140)
