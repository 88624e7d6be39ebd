"""Word and PDF files are read in a process of their own, so that a hostile one takes only that.

A reader process is kept ready with the libraries loaded, and makes a bounded copy of itself for
each file (`dubu_plugin.intake.reader`). Where the copy dies or takes too long, the file counts as
damaged; where the reader itself is gone, the next file gets a new one.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal, NamedTuple

from dubu_plugin.domain.intake import FileState

Format = Literal["word", "pdf"]

READERS: Final = max(2, os.cpu_count() or 2)
"""How many files are read at once in one process of ours."""
PATIENCE: Final = 35.0
"""How long a reader may be silent, in seconds. It gives up on a file itself before that."""


class Reading(NamedTuple):
    """What was found."""

    state: FileState
    text: str = ""
    cut: bool = False


DAMAGED: Final = Reading(FileState.DAMAGED)


def read_apart(content: bytes, what: Format, longest: int) -> Reading:
    """Return what is in a Word or PDF file, reading it in another process."""
    with _READERS.one() as reader:
        return reader.read(content, what, longest)


class Reader:
    """A reader process, started when it is first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, content: bytes, what: Format, longest: int) -> Reading:
        """Return what is in a file. A reader that went away in the meantime is replaced once."""
        fresh = self._process is None
        answer = self._asked(content, what, longest)
        if answer is None and not fresh:
            answer = self._asked(content, what, longest)
        return answer or DAMAGED

    def close(self) -> None:
        """Let the process go."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.communicate()

    def _asked(self, content: bytes, what: Format, longest: int) -> Reading | None:
        process = self._process = self._process or _started()
        assert process.stdin is not None
        assert process.stdout is not None
        order = {"what": what, "longest": longest, "size": len(content)}
        overdue = threading.Timer(PATIENCE, process.kill)
        overdue.start()
        try:
            process.stdin.write(json.dumps(order).encode() + b"\n")
            process.stdin.write(content)
            process.stdin.flush()
            answer = json.loads(process.stdout.readline() or b"{}")
            return Reading(FileState(answer["state"]), str(answer["text"]), bool(answer["cut"]))
        except (OSError, ValueError, KeyError):
            self.close()
            return None
        finally:
            overdue.cancel()


def _started() -> "subprocess.Popen[bytes]":
    # -P keeps the current folder off the path; ours is handed over whole instead.
    command = [sys.executable, "-P", "-m", "dubu_plugin.intake.reader"]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=surroundings,
    )


class _Readers:
    """The readers of this process, lent out one at a time."""

    def __init__(self) -> None:
        self._lent = threading.BoundedSemaphore(READERS)
        self._idle: list[Reader] = []
        self._owner = 0
        """The process the idle readers belong to: a forked copy of us must not share them."""

    @contextmanager
    def one(self) -> Iterator[Reader]:
        """Lend a reader."""
        with self._lent:
            if self._owner != os.getpid():
                self._idle, self._owner = [], os.getpid()
                atexit.register(self.close)
            reader = self._idle.pop() if self._idle else Reader()
            try:
                yield reader
            finally:
                self._idle.append(reader)

    def close(self) -> None:
        """Let every idle reader go."""
        while self._owner == os.getpid() and self._idle:
            self._idle.pop().close()


_READERS: Final = _Readers()
