"""How a worker takes a row of the outbox, and says what came of it.

Many workers may look at once, in many processes. A row is taken by an UPDATE that finds it as it
was seen, so that only one of them gets it; and only the first row of a lane is ever looked at, so
that a lane is delivered by one worker at a time.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store import claimants
from dubu_plugin.store.outbox import UNFINISHED, State
from dubu_plugin.store.tables import outbox


@dataclass(frozen=True, slots=True)
class Head:
    """The first unfinished row of a lane, as it was seen."""

    key: UUID
    lane: str
    kind: str
    state: State
    attempts: int
    actor: str
    payload: Mapping[str, Any]
    uncertain: bool
    """It may have taken effect already: look before sending."""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to deliver a row, until its time is up."""

    head: Head
    name: UUID

    @property
    def attempts(self) -> int:
        """How many times it has been tried, this one counted."""
        return self.head.attempts + 1


def heads(
    connection: sa.Connection,
    *,
    now: datetime,
    limit: int,
    but: Collection[str] = (),
    lanes: Collection[str] | None = None,
) -> Sequence[Head]:
    """Return rows that can be delivered now, in the order they became due.

    :param but: kinds to leave alone for now.
    :param lanes: only these; None for all.
    """
    found: list[Head] = []
    # A row being sent whose time is up was abandoned by a crash.
    for state in (State.SENDER, State.UKENDT, State.PLANLAGT):
        if len(found) < limit:
            found += _due(connection, state, now, limit - len(found), but, lanes)
    return found


def _due(
    connection: sa.Connection,
    state: State,
    now: datetime,
    limit: int,
    but: Collection[str],
    lanes: Collection[str] | None,
) -> Sequence[Head]:
    ahead = outbox.alias()
    query = (
        sa.select(outbox)
        .where(
            outbox.c.state == state,
            outbox.c.next_try <= now,
            ~sa.exists().where(
                ahead.c.lane == outbox.c.lane,
                ahead.c.state.in_(UNFINISHED),
                ahead.c.position < outbox.c.position,
            ),
        )
        .order_by(outbox.c.next_try)
        .limit(limit)
    )
    if but:
        query = query.where(outbox.c.kind.not_in(but))
    if lanes is not None:
        query = query.where(outbox.c.lane.in_(lanes))
    return [
        Head(
            key=row.key,
            lane=row.lane,
            kind=row.kind,
            state=State(row.state),
            attempts=row.attempts,
            actor=row.actor,
            payload=json.loads(row.payload),
            uncertain=row.uncertain or state is not State.PLANLAGT,
            created_at=row.created_at,
        )
        for row in connection.execute(query)
    ]


def claim(connection: sa.Connection, head: Head, *, now: datetime, until: datetime) -> Claim | None:
    """Take a row, or return None where somebody else was quicker.

    From here until it is settled the row counts as uncertain, since a crash may come at any time.

    :param until: when others may take it for abandoned.
    """
    name = claimants.name()
    taken = connection.execute(
        sa.update(outbox)
        .where(
            outbox.c.key == head.key,
            outbox.c.state == head.state,
            outbox.c.attempts == head.attempts,
        )
        .values(
            state=State.SENDER,
            uncertain=True,
            attempts=head.attempts + 1,
            claim=name,
            next_try=until,
            changed_at=now,
        )
    )
    return Claim(head, name) if taken.rowcount == 1 else None


def left_by_the_dead(connection: sa.Connection, *, now: datetime) -> Sequence[UUID]:
    """Return the claims of processes on this machine that are no more, though time is left."""
    held = connection.scalars(
        sa.select(outbox.c.claim).where(outbox.c.state == State.SENDER, outbox.c.next_try > now)
    )
    return [claim for claim in held if claim is not None and claimants.is_gone(claim)]


def free(connection: sa.Connection, claims: Sequence[UUID], *, now: datetime) -> int:
    """End the time of these claims, and return how many rows are free by that."""
    mine = sa.and_(outbox.c.state == State.SENDER, outbox.c.claim.in_(claims))
    return connection.execute(sa.update(outbox).where(mine).values(next_try=now)).rowcount


def settle(
    connection: sa.Connection,
    mine: Claim,
    state: State,
    *,
    now: datetime,
    uncertain: bool,
    next_try: datetime | None = None,
    error: str | None = None,
    result: str | None = None,
) -> bool:
    """Say what came of a row. Return False where our time was up and somebody else took it."""
    settled = connection.execute(
        sa.update(outbox)
        .where(
            outbox.c.key == mine.head.key,
            outbox.c.state == State.SENDER,
            outbox.c.claim == mine.name,
        )
        .values(
            state=state,
            uncertain=uncertain,
            claim=None,
            next_try=next_try or now,
            error=error,
            result=result,
            changed_at=now,
        )
    )
    return settled.rowcount == 1
