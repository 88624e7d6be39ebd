"""What will hardly be kept: open deadlines that wait for answers which come too late."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.frister.forecast import Awaited, Forecast, Wait, forecast, will_be_missed
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.due_heads import OPEN, STATUTORY, SUBJECTS
from dubu_plugin.store.tables import employees, frister, personer, ventegrunde


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
    """Return what will be missed in some units, the first to fall due first. One query.

    :param units: those somebody leads; only what they may see of them is told.
    """
    if not units:
        return ()
    rows = connection.execute(
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
            ventegrunde.c.what,
            ventegrunde.c.asked_at,
            ventegrunde.c.expected_at,
        )
        .select_from(
            SUBJECTS.join(
                ventegrunde,
                sa.and_(ventegrunde.c.frist_id == frister.c.id, ventegrunde.c.ended_at.is_(None)),
            )
            .outerjoin(personer, personer.c.id == frister.c.person_id)
            .outerjoin(employees, employees.c.key == frister.c.responsible)
        )
        .where(
            OPEN,
            frister.c.unit.in_(sorted(units)),
            frister.c.severity.in_(STATUTORY),
            frister.c.due >= now,
            frister.c.paused_at.is_(None),
            _open_to(who),
        )
        .order_by(frister.c.due, frister.c.id, ventegrunde.c.asked_at)
    )
    gathered: dict[UUID, list[sa.Row[Any]]] = defaultdict(list)
    for row in rows:
        gathered[row.id].append(row)
    return [risk for some in gathered.values() if (risk := _risk(some, book, now))]


def _risk(rows: Sequence[sa.Row[Any]], book: RuleBook, now: datetime) -> Risk | None:
    row = rows[0]
    rule = book.version(row.rule, row.rule_version) or book.newest(row.rule)
    length = rule.length if rule else None
    waits = [Wait(Awaited(one.what), one.asked_at, one.expected_at) for one in rows]
    found: Forecast | None = forecast(row.due, length, waits, now)
    if found is None or not found.missed:
        return None
    return Risk(
        row.bundle,
        row.rule,
        row.rule_version,
        row.due,
        will_be_missed(found, length),
        row.name,
        row.due_date if row.born is None else None,
        row.sag_id,
        row.underretning_id,
        row.employee_name,
    )


def _open_to(who: Asker) -> sa.ColumnElement[bool]:
    on_underretning = frister.c.underretning_id.is_not(None)
    return sa.or_(
        sa.and_(on_underretning, visible_underretninger(who, Act.SEARCH)),
        sa.and_(sa.not_(on_underretning), visible_sager(who, Act.SEARCH)),
    )
