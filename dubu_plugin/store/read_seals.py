"""Seals on the read log: each holds the hash of a range of lines and of the seal before it.

A page writes its line and nothing else, so that reading costs nothing more. Once a minute the lines
that are old enough are sealed, a range at a time; from then on a line that was changed, removed or
put in between is found. The newest seal is written down outside the database as the chain's end is
(`dubu_plugin.store.witness`). What is younger than `AGE` is kept by the database's own refusal to
change or delete alone.

Source: databeskyttelsesforordningen art. 5, stk. 1, litra f, and 32.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.store.canonical import JSON, canonical
from dubu_plugin.store.chain import START
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import read_log, read_seals
from dubu_plugin.store.transaction import SYSTEM

AGE: Final = timedelta(minutes=10)
"""How old a line is before it is sealed: by then whoever was to write one from before has."""

EVERY: Final = timedelta(minutes=10)
"""How much of the log waits, at the least, before it gets a seal."""

AT_A_TIME: Final = 20_000
"""How many lines a seal is for, about: those of the same moment are never parted."""

BATCH: Final = 2_000

FIRST: Final = datetime(1, 1, 1, tzinfo=UTC)
"""What the first seal begins after."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal on the lines after one moment and up to another."""

    seq: int
    after: datetime
    until: datetime
    lines: int
    digest: str
    """Of the lines."""
    previous: str
    """The hash of the seal before it."""

    def hash(self) -> str:
        """Return the hash of everything the seal says."""
        row: dict[str, JSON] = {
            "seq": self.seq,
            "after": _stamp(self.after),
            "until": _stamp(self.until),
            "lines": self.lines,
            "digest": self.digest,
            "previous": self.previous,
        }
        return sha256(canonical(row).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the seals found."""

    seals: int
    lines: int
    """How many lines are sealed."""
    head: str
    broken: Seal | None = None
    """The first seal that does not fit; None where all do."""
    why: str = ""
    """aendret, fjernet, indsat or segl; empty where all fit."""

    def __bool__(self) -> bool:
        return self.broken is None


def head(connection: sa.Connection) -> tuple[int, str]:
    """Return the number and hash of the newest seal."""
    newest = connection.execute(
        sa.select(read_seals.c.seq, read_seals.c.hash).order_by(read_seals.c.seq.desc()).limit(1)
    ).one_or_none()
    return (newest.seq, newest.hash) if newest else (0, START)


def seal(
    store: Store,
    now: datetime,
    *,
    every: timedelta = EVERY,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Seal every line that is old enough, and return how many seals that took.

    :param every: how much must wait at the least.
    :param stopping: asked between seals.
    :raises StorageError: the database cannot be read or written.
    """
    made = 0
    while not stopping():
        with store.read() as connection:
            new = _next(connection, now - AGE, every)
        if new is None:
            return made
        with store.write(actor=SYSTEM, now=now) as work:
            if head(work.connection) != (new.seq - 1, new.previous):
                return made  # somebody else was quicker
            row = {name: getattr(new, name) for name in Seal.__slots__} | {"hash": new.hash()}
            work.connection.execute(sa.insert(read_seals), {**row, "sealed_at": now})
        made += 1
    return made


def verify(
    connection: sa.Connection, progress: Callable[[int, int], None] = lambda done, all: None
) -> Verdict:
    """Hash every sealed line again and return what was found. Memory stays flat.

    :param progress: told how many seals are tried, and of how many.
    """
    total = connection.scalar(sa.select(sa.func.count()).select_from(read_seals)) or 0
    previous, after, lines = START, FIRST, 0
    for number, row in enumerate(_seals(connection), start=1):
        one = Seal(**{name: getattr(row, name) for name in Seal.__slots__})
        fits = (one.seq, one.after, one.previous) == (number, after, previous)
        if not fits or one.hash() != row.hash:
            return Verdict(total, lines, previous, one, "segl")
        found, digest = _digest(connection, one.after, one.until)
        if digest != one.digest:
            why = "fjernet" if found < one.lines else "indsat" if found > one.lines else "aendret"
            return Verdict(total, lines, previous, one, why)
        previous, after, lines = row.hash, one.until, lines + one.lines
        progress(number, total)
    return Verdict(total, lines, previous)


def _next(connection: sa.Connection, before: datetime, every: timedelta) -> Seal | None:
    """Return the seal that is due, not stored yet, or None where nothing is old enough."""
    newest = connection.execute(
        sa.select(read_seals.c.until).order_by(read_seals.c.seq.desc()).limit(1)
    ).one_or_none()
    after = newest.until if newest else FIRST
    if newest and before - after < every:
        return None
    waiting = sa.select(read_log.c.at).where(read_log.c.at > after, read_log.c.at <= before)
    ordered = waiting.order_by(read_log.c.at)
    until = connection.scalar(ordered.offset(AT_A_TIME - 1).limit(1))
    if until is None:
        if connection.scalar(ordered.limit(1)) is None:
            return None
        until = before
    lines, digest = _digest(connection, after, until)
    seq, previous = head(connection)
    return Seal(seq + 1, after, until, lines, digest, previous)


def _digest(connection: sa.Connection, after: datetime, until: datetime) -> tuple[int, str]:
    """Return how many lines there are after a moment and up to another, and the hash of them."""
    whole, lines = sha256(), 0
    asked = (
        sa.select(read_log)
        .where(read_log.c.at > after, read_log.c.at <= until)
        .order_by(read_log.c.at)
        .execution_options(yield_per=BATCH)
    )
    # Databases sort identifiers each in their own way, so lines of one moment are sorted here.
    for _, together in groupby(connection.execute(asked), key=lambda row: row.at):
        for row in sorted(together, key=lambda row: row.id.hex):
            whole.update(f"{_line(row)}\n".encode())
            lines += 1
    return lines, whole.hexdigest()


def _line(row: Any) -> str:
    said: dict[str, JSON] = {
        "id": row.id.hex,
        "at": _stamp(row.at),
        "employee": row.employee,
        "act": row.act,
        "subject_kind": row.subject_kind,
        "subject_id": row.subject_id,
        "why": row.why,
        "allowed": row.allowed,
        "detail": row.detail,
    }
    return canonical(said)


def _seals(connection: sa.Connection) -> Iterator[sa.Row[Any]]:
    after = -1
    while True:
        query = sa.select(read_seals).where(read_seals.c.seq > after).order_by(read_seals.c.seq)
        rows = connection.execute(query.limit(BATCH)).all()
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1].seq


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
