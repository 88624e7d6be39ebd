"""The ends of the chains, written down now and then in a file outside the database.

Whoever can change the whole database can also cut the chain back together with its head, and what
is left is unbroken. The file remembers how far it had come. It only grows; it is best kept on
another disk, where lines can be added and not changed. A line is ``moment installation seq hash``,
with ``laest:`` before the number where it is the newest seal on the read log
(`dubu_plugin.store.read_seals`) and not the newest hændelse.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store import chain, read_seals
from dubu_plugin.store.failures import translated
from dubu_plugin.store.tables import haendelser
from dubu_plugin.store.tables import read_seals as seals

EVERY: Final = timedelta(hours=1)
"""How often it is written down, at the most."""

AT_A_TIME: Final = 500

TAIL: Final = 4096
"""Where the last line is looked for, in bytes from the end."""


EVENTS: Final = ""
READS: Final = "laest:"


@dataclass(frozen=True, slots=True)
class Seen:
    """How far a chain had come at a moment."""

    at: datetime
    installation: UUID
    seq: int
    hash: str
    chain: str = EVENTS
    """`EVENTS` for the chain of hændelser, `READS` for the seals on the read log."""

    def line(self) -> str:
        """Return it as it is written down."""
        at = self.at.isoformat(timespec="seconds")
        return f"{at} {self.installation} {self.chain}{self.seq} {self.hash}"

    @classmethod
    def read(cls, line: str) -> "Seen | None":
        """Return what a line says, or None where it is not one of ours, or only half of one."""
        words = line.split()
        try:
            at, key, seq, digest = words
            which = READS if seq.startswith(READS) else EVENTS
            number = int(seq.removeprefix(which))
            seen = cls(datetime.fromisoformat(at), UUID(key), number, digest, which)
        except ValueError:
            return None
        return seen if len(digest) == len(chain.START) else None


def begin(file: Path, installation: UUID, head: tuple[int, str], now: datetime) -> None:
    """Make the file with its first line; add a line where there is one.

    :raises StorageFull: the disk is full.
    """
    _add(file, Seen(now, installation, *head), make=True)


def installation(file: Path) -> UUID | None:
    """Return whose file it is by its first line, or None where it has none."""
    try:
        with file.open(encoding="ascii", errors="replace") as lines:
            first = Seen.read(lines.readline())
    except OSError:
        return None
    return first.installation if first else None


def note(file: Path, connection: sa.Connection, now: datetime, *, every: timedelta = EVERY) -> bool:
    """Write down how far the chains have come, unless that was done lately. Tell whether it was.

    :param every: how long ago is not lately.
    :raises FileNotFoundError: there is no such file; it is made when an installation is set up.
    :raises StorageFull: the disk is full.
    """
    heads = {EVENTS: chain.head(connection), READS: read_seals.head(connection)}
    wrote = False
    for which, head in heads.items():
        last = _last(file, which)
        key = last.installation if last else installation(file)
        lately = last and (now - last.at < every or (last.seq, last.hash) == head)
        if key is None or lately or (which == READS and head[0] == 0):
            continue
        _add(file, Seen(now, key, *head, which))
        wrote = True
    return wrote


def contradicted(file: Path, connection: sa.Connection) -> Seen | None:
    """Return the first line its chain no longer agrees with, or None where they agree with all.

    :raises FileNotFoundError: there is no such file.
    """
    with file.open(encoding="ascii", errors="replace") as lines:
        remembered = (seen for seen in map(Seen.read, lines) if seen)
        for some in _lots(remembered):
            there = _hashes(connection, some)
            for seen in some:
                if there.get((seen.chain, seen.seq)) != seen.hash:
                    return seen
    return None


def _hashes(connection: sa.Connection, some: Sequence[Seen]) -> dict[tuple[str, int], str]:
    found = {(EVENTS, 0): chain.START}
    for which, table in ((EVENTS, haendelser), (READS, seals)):
        numbers = [seen.seq for seen in some if seen.chain == which]
        query = sa.select(table.c.seq, table.c.hash).where(table.c.seq.in_(numbers))
        found |= {(which, row.seq): row.hash for row in connection.execute(query)}
    return found


def _lots(seen: Iterator[Seen]) -> Iterator[list[Seen]]:
    while some := list(islice(seen, AT_A_TIME)):
        yield some


def _last(file: Path, which: str) -> Seen | None:
    with file.open("rb") as content:
        content.seek(max(0, os.fstat(content.fileno()).st_size - TAIL))
        lines = content.read().decode("ascii", "replace").splitlines()
    remembered = (seen for seen in map(Seen.read, reversed(lines)) if seen)
    return next((seen for seen in remembered if seen.chain == which), None)


def _add(file: Path, seen: Seen, *, make: bool = False) -> None:
    """Add a line durably, after a whole line: a process killed here may have left half of one."""
    if make:
        file.parent.mkdir(parents=True, exist_ok=True)
    with translated():
        handle = os.open(file, os.O_RDWR | os.O_APPEND | (os.O_CREAT if make else 0), 0o644)
        with os.fdopen(handle, "rb+") as content:
            size = os.fstat(handle).st_size
            content.seek(max(0, size - 1))
            whole = size == 0 or content.read(1) == b"\n"
            content.write((("" if whole else "\n") + seen.line() + "\n").encode("ascii"))
            content.flush()
            os.fsync(handle)
