"""What will hardly be kept: open deadlines that wait for answers which come too late."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.frister.forecast import Awaited, Wait, forecast, will_be_missed
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.min_dag.due_query import STATUTORY, SUBJECTS, gravity
from dubu_plugin.store.tables import (
    employees,
    frister,
    personer,
    ventegrunde,
)

MOST: Final = 500
"""So many are told, the gravest first, and then those that fall due first."""


@dataclass(frozen=True, slots=True)
class Risk:
    """A deadline that will be missed as it looks now."""

    bundle: str
    """The line of Min dag it stands on."""
    rule: str
    version: date
    due: datetime
    said: str
    """Why, in Danish; nothing of any person is in it."""
    awaited_from: Sequence[str] = field(repr=False)
    """Who was asked for what is missing, as somebody wrote it: for a page, and for no mail."""
    child_name: str | None = field(repr=False)
    termin: date | None
    sag: UUID | None
    underretning: UUID | None
    responsible: str | None = field(repr=False)


def at_risk(
    connection: sa.Connection,
    book: RuleBook,
    who: Asker,
    units: Sequence[str],
    now: datetime,
) -> Sequence[Risk]:
    """Return what will be missed in some units, the gravest first. At most two queries.

    :param units: those somebody leads; only what they may see of them is told.
    """
    if not units:
        return ()
    waits: dict[UUID, list[sa.Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in connection.execute(_waiting(units, now)):
        waits[row.id].append(row)
    said = {key: text for key, some in waits.items() if (text := _said(some, book, now))}
    if not said:
        return ()
    rows = connection.execute(_told(who, list(said)[:MOST]))
    return [
        Risk(
            row.bundle,
            row.rule,
            row.rule_version,
            row.due,
            said[row.id],
            _asked(waits[row.id]),
            row.name,
            row.due_date if row.born is None else None,
            row.sag_id,
            row.underretning_id,
            row.employee_name,
        )
        for row in rows
    ]


def _waiting(units: Sequence[str], now: datetime) -> sa.Select[*tuple[Any, ...]]:
    """Select what is awaited, the gravest deadlines first, then by day."""
    waits = ventegrunde.alias("waits")
    open_waits = sa.select(waits.c.frist_id).where(waits.c.ended_at.is_(None))
    return (
        sa.select(
            frister.c.id,
            frister.c.rule,
            frister.c.rule_version,
            frister.c.due,
            ventegrunde.c.what,
            ventegrunde.c.asked_of,
            ventegrunde.c.asked_at,
            ventegrunde.c.expected_at,
        )
        .select_from(ventegrunde.join(frister, frister.c.id == ventegrunde.c.frist_id))
        .where(
            ventegrunde.c.ended_at.is_(None),
            frister.c.id.in_(open_waits),
            # Read from what is awaited, which is little, and not from all the units have: neither
            # condition is an index's own.
            sa.func.coalesce(frister.c.unit, "").in_(sorted(units)),
            frister.c.state == State.AABEN,
            frister.c.severity.in_(STATUTORY),
            frister.c.due >= now,
            frister.c.paused_at.is_(None),
        )
        .order_by(gravity(), frister.c.due, frister.c.id, ventegrunde.c.asked_at)
    )


def _told(who: Asker, which: Sequence[UUID]) -> sa.Select[*tuple[Any, ...]]:
    """Select what is told of some deadlines, of those somebody may see."""
    return (
        sa.select(
            frister.c.id,
            frister.c.bundle,
            frister.c.rule,
            frister.c.rule_version,
            frister.c.due,
            frister.c.sag_id,
            frister.c.underretning_id,
            personer.c.name,
            personer.c.born,
            personer.c.due_date,
            employees.c.name.label("employee_name"),
        )
        .select_from(
            SUBJECTS.outerjoin(personer, personer.c.id == frister.c.person_id).outerjoin(
                employees, employees.c.key == frister.c.responsible
            )
        )
        .where(frister.c.id.in_(which), _open_to(who))
        .order_by(gravity(), frister.c.due, frister.c.id)
    )


def _said(rows: Sequence[sa.Row[*tuple[Any, ...]]], book: RuleBook, now: datetime) -> str | None:
    """Return why a deadline will be missed, or None where it will not."""
    first = rows[0]
    rule = book.version(first.rule, first.rule_version) or book.newest(first.rule)
    length = rule.length if rule else None
    waits = [Wait(Awaited(row.what), row.asked_at, row.expected_at) for row in rows]
    found = forecast(first.due, length, waits, now)
    return will_be_missed(found, length, waits) if found and found.missed else None


def _asked(rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> Sequence[str]:
    return list(dict.fromkeys(row.asked_of for row in rows if row.asked_of))


def _open_to(who: Asker) -> sa.ColumnElement[bool]:
    on_underretning = frister.c.underretning_id.is_not(None)
    return sa.or_(
        sa.and_(on_underretning, visible_underretninger(who, Act.SEARCH)),
        sa.and_(sa.not_(on_underretning), visible_sager(who, Act.SEARCH)),
    )
