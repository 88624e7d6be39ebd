"""What the outside world must still be told, and what came of it.

A row goes ``planlagt`` → ``sender`` → ``udfoert``, ``afvist`` or ``ukendt``. Nobody answered: it is
``planlagt`` again, later. An answer that may have been lost is ``ukendt``: it is looked up by its
key before anything is sent again. A row a person gave up on is ``opgivet``.

Rows of a lane are delivered in order; one that is not done holds those behind it.
`dubu_plugin.store.claims` is how the worker takes them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.canonical import JSON, canonical
from dubu_plugin.store.tables import outbox


class State(StrEnum):
    """Where a row has got to. The value is stored."""

    PLANLAGT = "planlagt"
    SENDER = "sender"
    UDFOERT = "udfoert"
    AFVIST = "afvist"
    UKENDT = "ukendt"
    OPGIVET = "opgivet"


UNFINISHED: Final = (State.PLANLAGT, State.SENDER, State.UKENDT, State.AFVIST)
"""A row in one of these holds those behind it in its lane."""


class NotStuck(CaseworkError):
    """The row is not one a person must look at: it is done, or somebody else was quicker."""

    danish = "Linjen er allerede klaret. Genindlæs siden for at se, hvordan den står nu."


class ReasonMissing(CaseworkError):
    """A person drops something and does not say why."""

    danish = "Skriv, hvorfor den ikke skal sendes."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row a person must look at."""

    key: UUID
    kind: str
    lane: str
    error: str
    """``system:operation:error``; `dubu_plugin.delivery.sentences` says it in Danish."""
    attempts: int
    since: datetime
    actor: str
    behind: int
    """How many rows of the lane wait behind it."""
    refused: bool = True
    """A person must try it again or give it up; otherwise it is only slow."""

    @property
    def sag(self) -> UUID | None:
        """The case it is about, where the lane is a case's."""
        return self._subject("sag")

    @property
    def underretning(self) -> UUID | None:
        """The underretning it is about, where the lane is an underretning's."""
        return self._subject("underretning")

    def _subject(self, kind: str) -> UUID | None:
        name, _, subject = self.lane.partition(":")
        return UUID(subject) if name == kind else None


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the outbox, in short."""

    kind: str
    key: UUID
    state: State


# Put into words once: they are said for everything that is told.
_ADD: Final = sa.insert(outbox)
_LAST: Final = sa.select(sa.func.max(outbox.c.position)).where(
    outbox.c.lane == sa.bindparam("lane", type_=outbox.c.lane.type)
)
_TOLD: Final = sa.select(outbox.c.key).where(
    outbox.c.key == sa.bindparam("key", type_=outbox.c.key.type)
)


def add(
    connection: sa.Connection,
    kind: str,
    *,
    lane: str,
    key: UUID,
    payload: Mapping[str, JSON],
    actor: str,
    now: datetime,
) -> None:
    """Put a row last in its lane; nothing happens where there is one with this key."""
    if is_told(connection, key):
        return
    last = connection.scalar(_LAST, {"lane": lane})
    connection.execute(
        _ADD,
        {
            "key": key,
            "lane": lane,
            "position": (last or 0) + 1,
            "kind": kind,
            "payload": canonical(payload),
            "actor": actor,
            "state": State.PLANLAGT,
            "uncertain": False,
            "attempts": 0,
            "next_try": now,
            "created_at": now,
            "changed_at": now,
        },
    )


def is_told(connection: sa.Connection, key: UUID) -> bool:
    """Tell whether there is a row with this key, whatever came of it."""
    return connection.scalar(_TOLD, {"key": key}) is not None


def done_in(connection: sa.Connection, key: UUID) -> str | None:
    """Return the lane a row was done in; None where it is not done, or there is none."""
    query = sa.select(outbox.c.lane).where(outbox.c.key == key, outbox.c.state == State.UDFOERT)
    lane: str | None = connection.scalar(query)
    return lane


def newest_of(connection: sa.Connection, lane: str, kind: str) -> Told | None:
    """Return the newest row of a kind in a lane, or None."""
    row = connection.execute(
        sa.select(outbox.c.kind, outbox.c.key, outbox.c.state)
        .where(outbox.c.lane == lane, outbox.c.kind == kind)
        .order_by(outbox.c.position.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Told(row.kind, row.key, State(row.state))


def of_lanes(connection: sa.Connection, *lanes: str) -> Sequence[Told]:
    """Return everything in some lanes, lane by lane and in order."""
    rows = connection.execute(
        sa.select(outbox.c.kind, outbox.c.key, outbox.c.state, outbox.c.lane)
        .where(outbox.c.lane.in_(lanes))
        .order_by(outbox.c.position)
    ).all()
    return [
        Told(row.kind, row.key, State(row.state))
        for lane in lanes
        for row in rows
        if row.lane == lane
    ]


def stuck(
    connection: sa.Connection,
    *,
    lanes: Sequence[str] | None = None,
    slower_than: datetime | None = None,
    limit: int = 100,
) -> Sequence[Waiting]:
    """Return the rows a person must look at, those that have waited longest first.

    :param lanes: only these; None for all. Who asks decides what they may see.
    :param slower_than: also those first in their lane that were planned before this moment and
        are still not through, because nobody answers.
    """
    query = stuck_rows(slower_than)
    if lanes is not None:
        query = query.where(outbox.c.lane.in_(lanes))
    rows = connection.execute(query.order_by(outbox.c.created_at).limit(limit))
    return [waiting_row(row) for row in rows]


def stuck_rows(
    slower_than: datetime | sa.ColumnElement[datetime] | None,
) -> sa.Select[*tuple[Any, ...]]:
    """Select what `waiting_row` reads; see `stuck`."""
    ahead = sa.alias(outbox)
    behind = (
        sa.select(sa.func.count())
        .select_from(ahead)
        .where(
            ahead.c.lane == outbox.c.lane,
            ahead.c.position > outbox.c.position,
            ahead.c.state.in_(UNFINISHED),
        )
        .scalar_subquery()
    )
    wanted = outbox.c.state == State.AFVIST
    if slower_than is not None:
        slow = outbox.c.state.in_((State.PLANLAGT, State.UKENDT))
        wanted |= slow & (outbox.c.created_at < slower_than) & (outbox.c.attempts > 0)
    o = outbox.c
    return sa.select(
        o.key, o.kind, o.lane, o.error, o.attempts, o.created_at, o.actor,
        behind.label("behind"), o.state,
    ).where(wanted)  # fmt: skip


def waiting_row(row: sa.Row[*tuple[Any, ...]]) -> Waiting:
    """Return a row of `stuck_rows`."""
    return Waiting(
        row.key,
        row.kind,
        row.lane,
        row.error or "",
        row.attempts,
        row.created_at,
        row.actor,
        row.behind,
        row.state == State.AFVIST,
    )


def try_again(connection: sa.Connection, key: UUID, *, now: datetime) -> None:
    """Have a refused row tried again at once; one whose outcome is in doubt is looked up first.

    :raises NotStuck: the row is not refused.
    """
    _change(
        connection,
        key,
        state=sa.case((outbox.c.uncertain, State.UKENDT), else_=State.PLANLAGT),
        next_try=now,
        changed_at=now,
    )


def drop(connection: sa.Connection, key: UUID, *, reason: str, now: datetime) -> None:
    """Give a refused row up, so that what stands behind it goes on.

    :raises NotStuck: the row is not refused.
    :raises ReasonMissing: no reason is given.
    """
    if not reason.strip():
        raise ReasonMissing
    _change(connection, key, state=State.OPGIVET, reason=reason.strip()[:300], changed_at=now)


def _change(connection: sa.Connection, key: UUID, **values: object) -> None:
    done = connection.execute(
        sa.update(outbox)
        .where(outbox.c.key == key, outbox.c.state == State.AFVIST)
        .values(**values)
    )
    if done.rowcount != 1:
        raise NotStuck


@dataclass(frozen=True, slots=True)
class Held:
    """Rows somebody is sending, or was when they were killed."""

    rows: int
    until: datetime | None
    """When the last of them may be taken by others; None where there are none."""


def held(connection: sa.Connection, *, now: datetime) -> Held:
    """Return how many rows nobody else may take yet, and until when."""
    row = connection.execute(
        sa.select(
            sa.func.count().label("number"), sa.func.max(outbox.c.next_try).label("until")
        ).where(outbox.c.state == State.SENDER, outbox.c.next_try > now)
    ).one()
    return Held(row.number, row.until)


def backlog(connection: sa.Connection) -> dict[State, int]:
    """Return how many rows there are in each unfinished state."""
    rows = connection.execute(
        sa.select(outbox.c.state, sa.func.count())
        .where(outbox.c.state.in_(UNFINISHED))
        .group_by(outbox.c.state)
    )
    return {state: 0 for state in UNFINISHED} | {State(state): number for state, number in rows}
