"""The answering times of the municipality, as they stand and as they were.

A row is never changed: whoever corrects one puts another in its place, and both say who and when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.svarfrister import Svarfrist, Svarfrister, Unit
from dubu_plugin.store.deadlines.states import State, is_of
from dubu_plugin.store.egne import own_rows
from dubu_plugin.store.tables import frister, letters, svarbeskeder, underretninger
from dubu_plugin.store.tables import svarfrister as table

Kept: TypeAlias = own_rows.Kept[Svarfrist]

RULE = "LOKALFRIST"
"""The rule of the deadline an application is answered by."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application that waits for its answer."""

    underretning: UUID
    sag: UUID | None
    child: UUID | None
    received_at: datetime
    area: str | None
    due: datetime | None
    anchor_at: datetime


def standing(connection: sa.Connection) -> Svarfrister:
    """Return the times that count."""
    rows = connection.execute(sa.select(table).where(table.c.ended_at.is_(None)))
    return Svarfrister([_svarfrist(row) for row in rows])


def history(connection: sa.Connection) -> Sequence[Kept]:
    """Return every row there is or was, by area, the newest first."""
    return own_rows.history(connection, table, _svarfrist, table.c.title, table.c.valid_from.desc())


def by_id(connection: sa.Connection, row: UUID) -> Svarfrist | None:
    """Return a row that counts, or None."""
    found = connection.execute(
        sa.select(table).where(table.c.id == row, table.c.ended_at.is_(None))
    ).one_or_none()
    return None if found is None else _svarfrist(found)


def add(
    connection: sa.Connection,
    one: Svarfrist,
    *,
    by: str,
    now: datetime,
    replaces: UUID | None = None,
) -> UUID:
    """Store a row and return its key."""
    new = uuid4()
    connection.execute(
        sa.insert(table).values(
            id=new, area=one.area, title=one.title, law=one.law, amount=one.amount, unit=one.unit,
            valid_from=one.valid_from, valid_to=one.valid_to, source=one.source, entered_at=now,
            entered_by=by, replaces=replaces,
        )
    )  # fmt: skip
    return new


def end(connection: sa.Connection, row: UUID, *, by: str, now: datetime) -> None:
    """Have a row count no more."""
    own_rows.end(connection, table, row, by=by, now=now)


def waiting(connection: sa.Connection, underretning: UUID | None = None) -> Sequence[Waiting]:
    """Return the applications nobody has answered, one or all."""
    query = (
        sa.select(
            underretninger.c.id, underretninger.c.sag_id, underretninger.c.child_id,
            underretninger.c.received_at, underretninger.c.area, frister.c.due,
            frister.c.anchor_at,
        )
        .join_from(frister, underretninger, frister.c.underretning_id == underretninger.c.id)
        .where(frister.c.state == State.AABEN)
    )  # fmt: skip
    if underretning is None:
        query = query.where(frister.c.rule == RULE)
    else:
        query = query.where(underretninger.c.id == underretning, is_of(RULE))
    return [Waiting(*row) for row in connection.execute(query.order_by(frister.c.due))]


def courses(connection: sa.Connection, underretning: UUID) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """Return the deadlines an application has had, also those others were put in the place of."""
    return connection.execute(
        sa.select(
            frister.c.state, frister.c.due, frister.c.anchor_at, frister.c.ended_at,
            frister.c.exceeded_at, frister.c.rule, frister.c.rule_version,
        )
        .where(frister.c.underretning_id == underretning, is_of(RULE))
        .order_by(frister.c.anchor_at, frister.c.due)
    ).all()  # fmt: skip


def keep_told(connection: sa.Connection, letter: UUID, underretning: UUID, day: date) -> None:
    """Remember which day a letter tells an applicant."""
    connection.execute(
        sa.insert(svarbeskeder).values(letter_id=letter, underretning_id=underretning, day=day)
    )


def told_by(connection: sa.Connection, letter: UUID) -> date | None:
    """Return the day a letter tells, or None where it tells of none."""
    found: date | None = connection.scalar(
        sa.select(svarbeskeder.c.day).where(svarbeskeder.c.letter_id == letter)
    )
    return found


def told(connection: sa.Connection, underretning: UUID) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """Return the days an applicant has been told, or is about to be, with where the letter is."""
    return connection.execute(
        sa.select(svarbeskeder.c.letter_id, svarbeskeder.c.day, letters.c.state,
                  letters.c.created_at, letters.c.sent_at)
        .join_from(svarbeskeder, letters)
        .where(svarbeskeder.c.underretning_id == underretning)
        .order_by(letters.c.created_at)
    ).all()  # fmt: skip


def told_at_all(connection: sa.Connection) -> frozenset[UUID]:
    """Return the waiting applications whose applicant has been told a day."""
    return frozenset(
        connection.scalars(
            sa.select(svarbeskeder.c.underretning_id)
            .join_from(svarbeskeder, letters)
            .join(frister, frister.c.underretning_id == svarbeskeder.c.underretning_id)
            .where(letters.c.sent_at.is_not(None))
            .where(frister.c.rule == RULE, frister.c.state == State.AABEN)
        )
    )


def set_area(connection: sa.Connection, underretning: UUID, area: str) -> None:
    """Say what an application is about."""
    connection.execute(
        sa.update(underretninger).where(underretninger.c.id == underretning).values(area=area)
    )


def _svarfrist(row: sa.Row[Any]) -> Svarfrist:
    return Svarfrist(
        area=row.area, title=row.title, law=row.law, amount=row.amount, unit=Unit(row.unit),
        valid_from=row.valid_from, valid_to=row.valid_to, source=row.source,
    )  # fmt: skip
