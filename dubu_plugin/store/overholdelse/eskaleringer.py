"""Overdue statutory deadlines that were sent on to a leader, once each."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.frister.rule import Severity
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.tables import eskaleringer, frister
from dubu_plugin.store.transaction import Work

STATUTORY = (Severity.AKUT, Severity.LOV)

# Written out, and not a parameter: the indexes of open deadlines are ones of this condition.
_OPEN = frister.c.state == sa.literal(State.AABEN.value, literal_execute=True)


def unsent(
    connection: sa.Connection, missed_before: datetime, units: Collection[str], limit: int
) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """Return statutory deadlines that were missed before a moment and that no leader knows of.

    :param units: only those of these units.
    """
    known = sa.exists().where(eskaleringer.c.frist_id == frister.c.id)
    return connection.execute(
        sa.select(frister)
        .where(
            _OPEN,
            frister.c.exceeded_at < missed_before,
            frister.c.severity.in_(STATUTORY),
            frister.c.unit.in_(sorted(units)),
            sa.not_(known),
        )
        .order_by(frister.c.exceeded_at, frister.c.id)
        .limit(limit)
    ).all()


def add(work: Work, frist: UUID, to: str) -> None:
    """Remember to whom a deadline was sent on."""
    work.connection.execute(sa.insert(eskaleringer).values(frist_id=frist, to=to, at=work.now))


def holders(connection: sa.Connection) -> Sequence[tuple[str, str]]:
    """Return to whom lines were sent on that nobody has ticked off, and of which units these are
    now."""
    e = eskaleringer
    rows = connection.execute(
        sa.select(e.c.to, frister.c.unit)
        .join_from(e, frister, frister.c.id == e.c.frist_id)
        .where(e.c.seen_at.is_(None), _OPEN, frister.c.unit.is_not(None))
        .distinct()
    )
    return [(row.to, row.unit) for row in rows]


def left_behind(
    connection: sa.Connection, some: Collection[tuple[str, str]], limit: int
) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """Return deadlines that were sent on to somebody who does not lead their unit any more, and
    had not ticked them off.

    :param some: those of `holders` who do not.
    """
    if not some:
        return ()
    e = eskaleringer
    theirs = (sa.and_(e.c.to == to, frister.c.unit == unit) for to, unit in sorted(some))
    return connection.execute(
        sa.select(frister)
        .join_from(e, frister, frister.c.id == e.c.frist_id)
        .where(sa.or_(*theirs), e.c.seen_at.is_(None), _OPEN)
        .order_by(frister.c.exceeded_at, frister.c.id)
        .limit(limit)
    ).all()


def hand_on(work: Work, frist: UUID, to: str) -> None:
    """Remember that a deadline was sent on to somebody else instead."""
    mine = eskaleringer.c.frist_id == frist
    work.connection.execute(sa.update(eskaleringer).where(mine).values(to=to, at=work.now))


def unseen(connection: sa.Connection, leader: str) -> Sequence[str]:
    """Return the lines that were sent on to a leader and that they have not ticked off."""
    e = eskaleringer
    return connection.scalars(
        sa.select(frister.c.bundle)
        .join_from(e, frister, frister.c.id == e.c.frist_id)
        .where(e.c.to == leader, e.c.seen_at.is_(None), _OPEN)
        .distinct()
    ).all()


def seen(work: Work, to: Collection[str], bundle: str) -> int:
    """Tick off a line that was sent on to some; it is never sent on again. Return how many
    deadlines it is about."""
    mine = sa.select(frister.c.id).where(frister.c.bundle == bundle)
    return work.connection.execute(
        sa.update(eskaleringer)
        .where(
            eskaleringer.c.to.in_(sorted(to)),
            eskaleringer.c.seen_at.is_(None),
            eskaleringer.c.frist_id.in_(mine),
        )
        .values(seen_at=work.now)
    ).rowcount
