"""The chain of hændelser: each holds the hash of the one before it, so that a change is found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.canonical import JSON, canonical
from dubu_plugin.store.tables import chain_head, haendelser

START: Final = "0" * 64
"""What the first hændelse has as the hash before it."""

BATCH: Final = 2_000

# Built once: they are said at every hændelse.
_ADD: Final = sa.insert(haendelser)
_MOVE_HEAD: Final = sa.update(chain_head).where(chain_head.c.id == 1)
_LOCK_HEAD: Final = (
    sa.select(chain_head.c.seq, chain_head.c.hash)
    .where(chain_head.c.id == 1)
    .with_for_update()
    .with_hint(chain_head, "WITH (UPDLOCK, HOLDLOCK)", "mssql")
)


@dataclass(frozen=True, slots=True)
class Link:
    """One hændelse as the chain sees it."""

    seq: int
    id: UUID
    type: str
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    sag_id: UUID | None
    underretning_id: UUID | None
    person_id: UUID | None
    data: str
    previous: str

    def hash(self) -> str:
        """Return the hash of everything the row says and the hash before it."""
        row: dict[str, JSON] = {
            "seq": self.seq,
            "id": str(self.id),
            "type": self.type,
            "occurred_at": _stamp(self.occurred_at),
            "recorded_at": _stamp(self.recorded_at),
            "actor": self.actor,
            "sag": _text(self.sag_id),
            "underretning": _text(self.underretning_id),
            "person": _text(self.person_id),
            "data": self.data,
            "previous": self.previous,
        }
        return sha256(canonical(row).encode()).hexdigest()

    def row(self) -> dict[str, Any]:
        """Return the row to insert."""
        return {name: getattr(self, name) for name in self.__slots__} | {"hash": self.hash()}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the chain found."""

    length: int
    """How many hændelser the chain holds by its head."""
    head: str
    """The newest hash. Written down elsewhere, it also shows a chain that was rewritten whole."""
    broken_at: int | None = None
    """The number of the first hændelse that is not as it was recorded; None where all are."""
    why: str = ""
    """aendret, fjernet, indsat or hoved; empty where the chain is whole."""

    def __bool__(self) -> bool:
        return self.broken_at is None


def lock_head(connection: sa.Connection) -> tuple[int, str]:
    """Return the number and hash of the newest hændelse, and keep others from adding one.

    :raises LookupError: the database was not made by the migrations.
    """
    head = connection.execute(_LOCK_HEAD).one_or_none()
    if head is None:
        raise LookupError("chain_head is empty: make the database with »dubu db upgrade«")
    return head.seq, head.hash


def head(connection: sa.Connection) -> tuple[int, str]:
    """Return the number and hash of the newest hændelse; holds nobody up."""
    newest = connection.execute(sa.select(chain_head.c.seq, chain_head.c.hash)).one_or_none()
    return (newest.seq, newest.hash) if newest else (0, START)


def append(connection: sa.Connection, link: Link) -> str:
    """Add the next hændelse and return its hash. The caller holds the head."""
    row = link.row()
    connection.execute(_ADD, row)
    connection.execute(_MOVE_HEAD, {"seq": link.seq, "hash": row["hash"]})
    return str(row["hash"])


def verify(
    connection: sa.Connection, progress: Callable[[int, int], None] = lambda done, all: None
) -> Verdict:
    """Walk the whole chain and return what was found. Reads in batches: memory stays flat.

    :param progress: told how many are done, and of how many.
    """
    head = connection.execute(sa.select(chain_head.c.seq, chain_head.c.hash)).one_or_none()
    if head is None:
        return Verdict(0, "", 0, "hoved")
    previous, expected = START, 1
    for row in _walk(connection, head.seq):
        link = Link(**{name: getattr(row, name) for name in Link.__slots__})
        if link.seq != expected:
            return Verdict(head.seq, head.hash, expected, "fjernet")
        if link.previous != previous or link.hash() != row.hash:
            return Verdict(head.seq, head.hash, link.seq, "aendret")
        previous, expected = row.hash, expected + 1
        if link.seq % BATCH == 0:
            progress(link.seq, head.seq)
    progress(expected - 1, head.seq)
    if expected <= head.seq:
        return Verdict(head.seq, head.hash, expected, "fjernet")
    if previous != head.hash:
        return Verdict(head.seq, head.hash, head.seq, "hoved")
    beyond = _beyond(connection)
    return Verdict(head.seq, head.hash) if beyond is None else beyond


def _walk(connection: sa.Connection, last: int) -> Iterator[sa.Row[Any]]:
    """Yield every row up to a number, and rows with a number below the first."""
    after: int | None = None
    while True:
        query = sa.select(haendelser).where(haendelser.c.seq <= last)
        if after is not None:
            query = query.where(haendelser.c.seq > after)
        rows = connection.execute(query.order_by(haendelser.c.seq).limit(BATCH)).all()
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1].seq


def _beyond(connection: sa.Connection) -> Verdict | None:
    """Return a verdict where rows stand after the head. One statement: writers go on meanwhile."""
    newest = sa.select(sa.func.max(haendelser.c.seq)).scalar_subquery()
    row = connection.execute(
        sa.select(chain_head.c.seq, chain_head.c.hash, newest.label("newest"))
    ).one()
    if (row.newest or 0) > row.seq:
        return Verdict(row.seq, row.hash, row.seq + 1, "indsat")
    return None


def _text(identifier: UUID | None) -> str | None:
    return None if identifier is None else str(identifier)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
