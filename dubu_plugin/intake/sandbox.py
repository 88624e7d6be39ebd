"""Word and PDF files are read in a process of their own, so that a hostile one takes only that.

The process gets the file on its standard input, bounds on memory, processor time and writing,
and answers one JSON object. Where it dies or takes too long, the file counts as damaged.
"""

import json
import os
import subprocess
import sys
from typing import Final, Literal, NamedTuple

from dubu_plugin.domain.intake import FileState

Format = Literal["word", "pdf"]

SECONDS: Final = 25.0
PROCESSOR_SECONDS: Final = 20
MEMORY: Final = 1024 * 1024 * 1024
"""In bytes of address space; reading an ordinary letter needs a tenth."""


class Reading(NamedTuple):
    """What the process found."""

    state: FileState
    text: str = ""
    cut: bool = False


def read_apart(content: bytes, what: Format, longest: int) -> Reading:
    """Return what is in a Word or PDF file, reading it in another process."""
    # -P keeps the current folder off the path; ours is handed over whole instead.
    command = [sys.executable, "-P", "-m", __name__, what, str(longest)]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env=surroundings,
        )
        answer = json.loads(done.stdout)
        return Reading(FileState(answer["state"]), str(answer["text"]), bool(answer["cut"]))
    except (subprocess.SubprocessError, ValueError, KeyError, BrokenPipeError):
        return Reading(FileState.DAMAGED)


def main(what: str, longest: int) -> None:
    """Be the process: bound yourself, read standard input, answer on standard output."""
    bound_this_process()
    content = sys.stdin.buffer.read()
    if what == "word":
        from dubu_plugin.intake import word

        reading = Reading(*word.text_of(content, longest))
    else:
        from dubu_plugin.intake import pdf

        reading = Reading(*pdf.text_of(content, longest))
    json.dump(
        {"state": reading.state, "text": reading.text[:longest], "cut": reading.cut}, sys.stdout
    )


def bound_this_process() -> None:
    """Set the bounds on the process itself. Where the system has none, time alone is."""
    try:
        import resource
    except ImportError:  # Windows
        return
    bounds = (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for which, most in bounds:
        resource.setrlimit(which, (most, most))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
