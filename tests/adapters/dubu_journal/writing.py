"""What the processes of `test_processes` run: numbered cases, each with a document and a note.

``writing.py DATABASE FILES COUNT`` writes that many when it is told to on stdin.
``writing.py DATABASE FILES COUNT kill`` writes each in a process that is killed at a step, one step
later for each case, and then writes it again in a process that is let alone.
"""

import itertools
import os
import signal
import sys
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import sqlalchemy as sa

from dubu_journal.host import Host
from dubu_journal.journal_port import EmbeddedJournal
from dubu_plugin.ports.journal_objects import Op
from dubu_plugin.testing.citizens import Citizens
from dubu_plugin.testing.journal import Ground
from dubu_plugin.testing.journal_ground import meta, new_case, note, person, text_file

GROUND = Ground("anne", "bo", "cecilie", "anne@test", "27.24.00")


def write(journal: EmbeddedJournal, number: int) -> None:
    """Write one case and what lies on it, under the same keys every time."""

    def op(step: str) -> Op:
        return Op(uuid5(NAMESPACE_OID, f"{number}:{step}"), GROUND.actor)

    child = person(Citizens(seed=5))
    case = journal.create_case(new_case(GROUND, child, f"Test {number}"), op("case"))
    content = f"Brev nummer {number}".encode()
    journal.file_document(case.ref, meta(), [text_file(content)], op("document"))
    journal.add_note(case.ref, note(), op("note"))


def die_at(step: int) -> None:
    """Be killed at the nth statement, commit or forcing to the disk from here."""
    steps = itertools.count(1)

    def count(*given: object) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    for event in ("before_cursor_execute", "after_cursor_execute", "commit"):
        sa.event.listen(sa.Engine, event, count)
    real = os.fsync

    def fsync(*given: Any) -> None:
        count()
        real(*given)
        count()

    os.fsync = fsync  # type: ignore[assignment]


def in_a_process(database: Path, files: Path, number: int, killed_at: int | None) -> bool:
    """Write in a process of its own; tell whether it was killed."""
    process = os.fork()
    if not process:
        if killed_at is not None:
            die_at(killed_at)
        write(EmbeddedJournal(Host.at(database, files)), number)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def main(database: Path, files: Path, count: int, kill: bool) -> None:
    """Do what the module says."""
    if kill:
        for number in range(count):
            if in_a_process(database, files, number, killed_at=number + 1):
                sys.stdout.write("killed\n")
            assert not in_a_process(database, files, number, killed_at=None)
        return
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    journal = EmbeddedJournal(Host.at(database, files))
    for number in range(count):
        write(journal, number)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:] == ["kill"])
