"""What people noted on a case, and the complaints, decisions and supports it is about."""

import json
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.sag.rettelser import is_taken_back
from dubu_plugin.store.tables import employees, haendelser, underretninger

MARK: Final = "noteret"
"""What the data of a hændelse a person noted says: the key of the form it was noted with."""
BY_LEADER: Final = "af_leder"
"""What it says besides where a leader noted what the committee or its chair decided, with words."""
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Noted:
    """Something a person noted."""

    id: UUID
    what: Haendelse
    occurred_at: datetime
    recorded_at: datetime
    by: str | None
    """The name of who noted it."""
    underretning: UUID | None
    data: Mapping[str, Any]
    taken_back: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a case can have several of, by the hændelse that first named it."""

    id: UUID
    what: Haendelse
    occurred_at: datetime


def of_case(connection: sa.Connection, sag: UUID) -> Sequence[Noted]:
    """Return what was noted on a case, the newest first."""
    rows = connection.execute(
        _noted().where(haendelser.c.sag_id == sag).order_by(haendelser.c.seq.desc()).limit(MOST)
    )
    return [_one(row) for row in rows]


def by_id(connection: sa.Connection, sag: UUID, haendelse: UUID) -> Noted | None:
    """Return something noted on this case, or None."""
    here = sa.and_(haendelser.c.sag_id == sag, haendelser.c.id == haendelse)
    row = connection.execute(_noted().where(here)).one_or_none()
    return None if row is None else _one(row)


def things(connection: sa.Connection, sag: UUID, kind: Subject) -> Sequence[Thing]:
    """Return the complaints, decisions … of a case, the newest first."""
    if kind is Subject.UNDERRETNING:
        rows = connection.execute(
            sa.select(underretninger.c.id, underretninger.c.received_at)
            .where(underretninger.c.sag_id == sag)
            .order_by(underretninger.c.received_at.desc())
            .limit(MOST)
        )
        return [Thing(row.id, Haendelse.UNDERRETNING_MODTAGET, row.received_at) for row in rows]
    found: dict[UUID, Thing] = {}
    for row in connection.execute(
        sa.select(haendelser.c.type, haendelser.c.occurred_at, haendelser.c.data)
        .where(
            haendelser.c.sag_id == sag,
            haendelser.c.data.contains(f'"{kind.value}":"'),
            sa.not_(is_taken_back()),
        )
        .order_by(haendelser.c.occurred_at, haendelser.c.seq)
    ):
        named = UUID(json.loads(row.data)[kind.value])
        found.setdefault(named, Thing(named, Haendelse(row.type), row.occurred_at))
    return list(reversed(found.values()))


def any_of(connection: sa.Connection, sag: UUID, kinds: Collection[Haendelse]) -> bool:
    """Tell whether one of these has happened on a case and stands."""
    asked = sa.exists().where(
        haendelser.c.sag_id == sag,
        haendelser.c.type.in_(sorted(kinds)),
        sa.not_(is_taken_back()),
    )
    return bool(connection.scalar(sa.select(asked)))


def told(
    connection: sa.Connection, sag: UUID, what: Haendelse
) -> Sequence[tuple[datetime, Mapping[str, Any]]]:
    """Return when something has happened on a case, where it stands, and what was said of it."""
    its = haendelser.c
    rows = connection.execute(
        sa.select(its.occurred_at, its.data).where(
            its.sag_id == sag, its.type == what, sa.not_(is_taken_back())
        )
    )
    return [(row.occurred_at, json.loads(row.data)) for row in rows]


def days_of(
    connection: sa.Connection,
    sag: UUID,
    what: Haendelse,
    *,
    by_hand: bool = False,
    by_leader: bool = False,
) -> Set[date]:
    """Return the Danish days something has happened on a case, where it stands.

    :param by_hand: only what a person noted.
    :param by_leader: only what a leader noted, with words.
    """
    its = haendelser.c
    asked = sa.select(its.occurred_at).where(
        its.sag_id == sag, its.type == what, sa.not_(is_taken_back())
    )
    if by_hand:
        asked = asked.where(its.data.contains(f'"{MARK}":"'))
    if by_leader:
        asked = asked.where(its.data.contains(f'"{BY_LEADER}":true'))
    return {danish_day(one) for one in connection.scalars(asked)}


def said_on(
    connection: sa.Connection, sag: UUID, what: Haendelse, day: date
) -> Sequence[Mapping[str, Any]]:
    """Return what is said of something that happened on a case on a Danish day, and stands."""
    its = haendelser.c
    rows = connection.execute(
        sa.select(its.occurred_at, its.data)
        .where(its.sag_id == sag, its.type == what, sa.not_(is_taken_back()))
        .order_by(its.seq)
    )
    return [json.loads(row.data) for row in rows if danish_day(row.occurred_at) == day]


def _noted() -> sa.Select[Any]:
    return (
        sa.select(haendelser, employees.c.name, is_taken_back().label("taken_back"))
        .select_from(haendelser.outerjoin(employees, employees.c.key == haendelser.c.actor))
        .where(haendelser.c.data.contains(f'"{MARK}":"'))
    )


def _one(row: sa.Row[Any]) -> Noted:
    return Noted(
        row.id,
        Haendelse(row.type),
        row.occurred_at,
        row.recorded_at,
        row.name,
        row.underretning_id,
        json.loads(row.data),
        bool(row.taken_back),
    )
