"""The reader process: takes files on its standard input, answers one JSON line a file.

It loads the libraries once. Each file is read by a copy of it that is bounded in memory, processor
time and writing, and that ends with the file. It ends by itself when nobody needs it any more.
"""

import json
import os
import select
import signal
import sys
from typing import IO, Any, Final

from dubu_plugin.domain.intake import FileState
from dubu_plugin.intake import pdf, word

SECONDS: Final = 25.0
"""How long a file may take."""
PROCESSOR_SECONDS: Final = 20
MEMORY: Final = 1024 * 1024 * 1024
"""In bytes of address space; reading an ordinary letter needs a tenth."""
IDLE_SECONDS: Final = 120.0

Answer = dict[str, Any]
DAMAGED: Final[Answer] = {"state": FileState.DAMAGED, "text": "", "cut": False}


def main() -> None:
    """Serve until the one who asks is gone, or has not asked for a while."""
    orders, answers = sys.stdin.buffer, sys.stdout.buffer
    while select.select([orders], [], [], IDLE_SECONDS)[0]:
        line = orders.readline()
        if not line:
            return
        order = json.loads(line)
        content = _exactly(orders, order["size"])
        answer = _read_by_a_copy(content, order["what"], order["longest"])
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def _exactly(orders: IO[bytes], size: int) -> bytes:
    content = orders.read(size)
    if len(content) != size:
        raise SystemExit(0)  # whoever asked was killed in the middle
    return content


def _read_by_a_copy(content: bytes, what: str, longest: int) -> Answer:
    """Return what a bounded copy of this process found."""
    coming, going = os.pipe()
    copy = os.fork()
    if copy == 0:
        os.close(coming)
        _be_the_copy(content, what, longest, going)
    os.close(going)
    try:
        said = _heard(coming)
    finally:
        os.close(coming)
        os.kill(copy, signal.SIGKILL)
        os.waitpid(copy, 0)
    try:
        answer: Answer = json.loads(said)
    except ValueError:
        return DAMAGED
    return answer


def _heard(coming: int) -> bytes:
    """Return what comes until the other end closes, or nothing where that takes too long."""
    said = bytearray()
    left = int(SECONDS * 10)
    while left > 0:
        if not select.select([coming], [], [], 0.1)[0]:
            left -= 1
            continue
        piece = os.read(coming, 1 << 20)
        if not piece:
            return bytes(said)
        said += piece
    return b""


def _be_the_copy(content: bytes, what: str, longest: int, going: int) -> None:
    """Read the file within bounds, tell, and end without leaving anything behind."""
    try:
        _bound_this_process()
        answer = read(content, what, longest)
        with os.fdopen(going, "wb") as told:
            told.write(json.dumps(answer).encode())
    finally:
        os._exit(0)


def read(content: bytes, what: str, longest: int) -> Answer:
    """Return what is in a file, read here and now."""
    if what == "word":
        state, text = word.text_of(content, longest)
        cut = len(text) > longest
    else:
        state, text, cut = pdf.text_of(content, longest)
    return {"state": state, "text": text[:longest], "cut": cut}


def _bound_this_process() -> None:
    import resource

    bounds = (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for which, most in bounds:
        resource.setrlimit(which, (most, most))


if __name__ == "__main__":
    main()
