"""Whose a claim on a row is, so that what a killed process held is free at once on its machine.

A claim's name holds a mark of the machine, the process and its start. On Linux a process can be
told to be gone; elsewhere, and of a process on another machine, nothing can, and its time runs out.
"""

import hashlib
import os
import socket
import struct
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import UUID

PROC: Final = Path("/proc")
STARTED: Final = 19
"""Where a process's start stands in its ``stat``, after its name. Source: proc(5), field 22."""
ENDED: Final = ("Z", "X")
"""The states of a process that has ended, and that nobody has asked for yet."""
FORM: Final = ">4sII4s"
"""The machine, the process, its start, and what is different each time."""


def name() -> UUID:
    """Return a name for one claim of this process."""
    pid = os.getpid()
    packed = struct.pack(FORM, _machine(), pid & 0xFFFFFFFF, _started(pid) or 0, os.urandom(4))
    return UUID(bytes=packed)


def is_gone(claim: UUID) -> bool:
    """Tell whether the process that made a claim certainly is no more."""
    machine: bytes
    pid: int
    started: int
    machine, pid, started, _ = struct.unpack(FORM, claim.bytes)
    if machine != _machine() or started == 0 or _started(os.getpid()) is None:
        return False
    return _started(pid) != started


@lru_cache(maxsize=1)
def _machine() -> bytes:
    """Return a mark of this machine since it was started, and of our view of its processes."""
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        view = (PROC / "self/ns/pid").stat().st_ino
    except OSError:
        boot, view = "", 0
    return hashlib.sha256(f"{socket.gethostname()} {boot} {view}".encode()).digest()[:4]


def _started(pid: int) -> int | None:
    """Return when a process was started, in ticks; None where there is none, or nobody can say."""
    try:
        said = (PROC / str(pid) / "stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    words = said.rpartition(")")[2].split()
    return None if words[0] in ENDED else int(words[STARTED]) & 0xFFFFFFFF
