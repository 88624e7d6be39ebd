"""What is put off: lines that are not on Min dag until a day, with the reason.

A line is away while every open deadline on it is put off. One that opens later is not, so the line
is there again by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.frister.rule import LINES
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.tables import employees, frister, udskydelser
from dubu_plugin.store.transaction import Work


@dataclass(frozen=True, slots=True)
class PutOff:
    """What is said of a line that is put off."""

    bundle: str
    until: date
    reason: str = field(repr=False)
    by: str = field(repr=False)
    """The name of who put it off."""


def add(work: Work, deadlines: Iterable[UUID], bundle: str, until: date, reason: str) -> None:
    """Put deadlines off until a day. An earlier choice of theirs is replaced."""
    chosen = list(deadlines)
    _end(work, udskydelser.c.frist_id.in_(chosen))
    work.connection.execute(
        sa.insert(udskydelser),
        [
            {
                "id": uuid4(),
                "frist_id": number,
                "bundle": bundle,
                "until": until,
                "reason": reason,
                "by": work.actor,
                "at": work.now,
            }
            for number in chosen
        ],
    )


def take_back(work: Work, bundle: str) -> int:
    """Have a line there again now; return how many deadlines it is about."""
    return _end(work, udskydelser.c.bundle == bundle)


def put_off(
    connection: sa.Connection, today: date, whose: sa.ColumnElement[bool]
) -> Sequence[PutOff]:
    """Return the lines that are away today. One query, whose cost follows what is put off.

    :param whose: the condition of the deadlines that are looked at.
    """
    u, others, off = udskydelser, frister.alias("others"), udskydelser.alias("off")
    standing = (u.c.until > today, u.c.ended_at.is_(None))
    also = sa.exists().where(off.c.frist_id == others.c.id, off.c.until > today)
    there = sa.exists().where(
        others.c.bundle == frister.c.bundle,
        others.c.state == sa.literal(State.AABEN.value, literal_execute=True),
        others.c.kind.in_(sorted(LINES)),
        sa.not_(also.where(off.c.ended_at.is_(None)).correlate(others)),
    )
    rows = connection.execute(
        sa.select(frister.c.bundle, u.c.until, u.c.reason, employees.c.name, u.c.by)
        .select_from(
            u.join(frister, frister.c.id == u.c.frist_id).outerjoin(
                employees, employees.c.key == u.c.by
            )
        )
        .where(
            *standing,
            frister.c.state == sa.literal(State.AABEN.value, literal_execute=True),
            whose,
            sa.not_(there.correlate(frister)),
        )
        .order_by(u.c.until, u.c.at, u.c.id)
    )
    found: dict[str, PutOff] = {}
    for row in rows:
        found.setdefault(row.bundle, PutOff(row.bundle, row.until, row.reason, row.name or row.by))
    return list(found.values())


def open_on(connection: sa.Connection, bundle: str) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """Return the open deadlines that make a line, those that are due first, first."""
    return connection.execute(
        sa.select(frister)
        .where(
            frister.c.bundle == bundle,
            frister.c.state == State.AABEN,
            frister.c.kind.in_(sorted(LINES)),
        )
        .order_by(frister.c.due, frister.c.rule)
    ).all()


def _end(work: Work, which: sa.ColumnElement[bool]) -> int:
    return work.connection.execute(
        sa.update(udskydelser)
        .where(which, udskydelser.c.ended_at.is_(None))
        .values(ended_at=work.now)
    ).rowcount
