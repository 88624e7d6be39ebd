"""Deadlines one by one, for who leads the unit they are in and may see the case they are on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.frister.overholdelse import Quarter
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.min_dag.due_query import OPEN, SUBJECTS, gravity
from dubu_plugin.store.overholdelse.sight import Sight
from dubu_plugin.store.overholdelse.sums import (
    LAPSED,
    STANDS,
    counted,
    decided_at,
    heard_by_the_decision,
)
from dubu_plugin.store.tables import employees, frister, personer, sager, units, ventegrunde
from dubu_plugin.store.tables.columns import Moment

AT_A_TIME: Final = 1_000


@dataclass(frozen=True, slots=True)
class Behind:
    """A deadline that is due and not met, or was met too late."""

    rule: str
    version: date
    due: datetime
    ended_at: datetime | None
    child_name: str | None = field(repr=False)
    termin: date | None
    """Of a child that is not born yet."""
    sag: UUID | None
    underretning: UUID | None
    responsible: str | None = field(repr=False)
    reason: str | None = field(repr=False)
    """Why it was not kept, where somebody has said so."""
    waits_for: Sequence[str]
    """What it waits for, as codes of `forecast.Awaited`."""
    lapsed: bool = False
    """It was never met, and is asked for no longer."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A deadline as a row of the export. It names a case by its number and no child."""

    rule: str
    version: date
    number: str | None
    unit: str | None
    responsible: str | None = field(repr=False)
    anchor_at: datetime
    due: datetime
    ended_at: datetime | None
    reason: str | None = field(repr=False)
    paused_at: datetime | None

    @property
    def kept(self) -> bool:
        """Whether the duty was met in time, or stood still."""
        late = self.ended_at is None or self.ended_at > self.due
        return not late or self.paused_at is not None


def behind(
    connection: sa.Connection, book: RuleBook, seen: Sight, now: datetime, limit: int
) -> Sequence[Behind]:
    """Return what is overdue now, the gravest first, of the units whose persons are seen."""
    return _behind(
        connection,
        seen,
        sa.and_(
            OPEN,
            frister.c.rule.in_(counted(book)),
            frister.c.due < now,
            frister.c.paused_at.is_(None),
        ),
        limit,
        first=gravity(),
    )


def missed(
    connection: sa.Connection,
    seen: Sight,
    quarter: Quarter,
    rule: str,
    now: datetime,
    limit: int,
) -> Sequence[Behind]:
    """Return what was not kept of a rule in a quarter, and why, met since or not."""
    not_kept = sa.or_(
        sa.and_(frister.c.state == State.AABEN, frister.c.due < now),
        sa.and_(frister.c.state == State.OPFYLDT, frister.c.ended_at > frister.c.due),
    )
    standing = _behind(
        connection,
        seen,
        sa.and_(
            STANDS,
            frister.c.rule == rule,
            frister.c.due >= quarter.starts,
            frister.c.due < quarter.ends,
            frister.c.paused_at.is_(None),
            not_kept,
        ),
        limit,
    )
    lapsed = _behind(
        connection,
        seen,
        sa.and_(
            LAPSED,
            frister.c.rule == rule,
            frister.c.exceeded_at >= quarter.starts,
            frister.c.exceeded_at < quarter.ends,
        ),
        limit,
    )
    return sorted([*standing, *lapsed], key=lambda one: one.due)[:limit]


def rows(
    connection: sa.Connection, book: RuleBook, seen: Sight, quarter: Quarter, now: datetime
) -> Iterator[Kept]:
    """Yield every deadline of a quarter, for an export, a handful at a time."""
    if not seen.persons:
        return
    kept_or_not = sa.and_(
        STANDS,
        frister.c.due >= quarter.starts,
        frister.c.due < quarter.ends,
        sa.or_(
            frister.c.state == State.OPFYLDT,
            sa.and_(frister.c.due < now, frister.c.paused_at.is_(None)),
        ),
    )
    lapsed = sa.and_(
        LAPSED,
        frister.c.exceeded_at >= quarter.starts,
        frister.c.exceeded_at < quarter.ends,
    )
    by = sa.func.coalesce(frister.c.due, frister.c.exceeded_at, type_=Moment)
    for which, due in (
        (kept_or_not, by),
        (heard_by_the_decision(quarter), decided_at()),
        (lapsed, by),
    ):
        yield from _rows(connection, book, seen, which, due)


def _rows(
    connection: sa.Connection,
    book: RuleBook,
    seen: Sight,
    which: sa.ColumnElement[bool],
    due: sa.ColumnElement[datetime],
) -> Iterator[Kept]:
    """:param due: the moment it had to be done by."""
    found = connection.execution_options(yield_per=AT_A_TIME).execute(
        sa.select(
            frister.c.rule,
            frister.c.rule_version,
            sager.c.number,
            units.c.title,
            employees.c.name,
            frister.c.anchor_at,
            due.label("by"),
            _met_at(),
            sa.func.coalesce(frister.c.exceeded_reason, frister.c.reason),
            frister.c.paused_at,
            personer.c.name,
        )
        .select_from(
            SUBJECTS.outerjoin(units, units.c.key == frister.c.unit)
            .outerjoin(employees, employees.c.key == frister.c.responsible)
            .outerjoin(personer, personer.c.id == frister.c.person_id)
        )
        .where(
            which,
            frister.c.rule.in_(counted(book)),
            frister.c.unit.in_(sorted(seen.persons)),
            _open_to(seen.who, Act.EXPORT),
        )
        .order_by(frister.c.rule, frister.c.unit, due, frister.c.id)
    )
    for row in found:
        values: tuple[Any, ...] = tuple(row[:-1])
        kept = Kept(*values)
        if kept.reason and row[-1]:
            kept = replace(kept, reason=without_name(kept.reason, row[-1]))
        yield kept


def without_name(text: str, name: str) -> str:
    """Return what somebody wrote with the parts of a child's name as initials: a workbook travels.

    A part of one letter is left, for it is no name.
    """
    parts = sorted((part for part in re.split(r"[\s-]+", name) if len(part) > 1), key=len)
    for part in reversed(parts):
        text = re.sub(rf"\b{re.escape(part)}(s?)\b", rf"{part[0]}.\1", text, flags=re.IGNORECASE)
    return text


def _behind(
    connection: sa.Connection,
    seen: Sight,
    which: sa.ColumnElement[bool],
    limit: int,
    *,
    first: sa.ColumnElement[Any] = frister.c.due,
) -> Sequence[Behind]:
    """:param first: what they are in order of, before the day they were due."""
    if not seen.persons:
        return ()
    found = connection.execute(
        sa.select(
            frister.c.id,
            frister.c.rule,
            frister.c.rule_version,
            sa.func.coalesce(frister.c.due, frister.c.exceeded_at, type_=Moment).label("due"),
            _met_at().label("ended_at"),
            frister.c.state,
            personer.c.name.label("child_name"),
            personer.c.born,
            personer.c.due_date,
            frister.c.sag_id,
            frister.c.underretning_id,
            employees.c.name.label("employee_name"),
            frister.c.exceeded_reason,
        )
        .select_from(
            SUBJECTS.outerjoin(personer, personer.c.id == frister.c.person_id).outerjoin(
                employees, employees.c.key == frister.c.responsible
            )
        )
        .where(which, frister.c.unit.in_(sorted(seen.persons)), _open_to(seen.who, Act.SEARCH))
        .order_by(first, frister.c.due, frister.c.id)
        .limit(limit)
    ).all()
    waits = _waits(connection, [row.id for row in found])
    return [
        Behind(
            row.rule,
            row.rule_version,
            row.due,
            row.ended_at,
            row.child_name,
            row.due_date if row.born is None else None,
            row.sag_id,
            row.underretning_id,
            row.employee_name,
            row.exceeded_reason,
            waits.get(row.id, ()),
            row.state == State.BORTFALDET,
        )
        for row in found
    ]


def _met_at() -> sa.ColumnElement[datetime | None]:
    """Return when a deadline was met; what lapsed never was."""
    return sa.case((frister.c.state != State.BORTFALDET, frister.c.ended_at))


def _waits(connection: sa.Connection, which: Sequence[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    if not which:
        return found
    for row in connection.execute(
        sa.select(ventegrunde.c.frist_id, ventegrunde.c.what)
        .where(ventegrunde.c.frist_id.in_(which), ventegrunde.c.ended_at.is_(None))
        .order_by(ventegrunde.c.asked_at, ventegrunde.c.id)
    ):
        found.setdefault(row.frist_id, []).append(row.what)
    return found


def _open_to(who: Asker, act: Act) -> sa.ColumnElement[Any]:
    """Return the condition that somebody may do this with what a deadline hangs on."""
    on_underretning = frister.c.underretning_id.is_not(None)
    return sa.or_(
        sa.and_(on_underretning, visible_underretninger(who, act)),
        sa.and_(sa.not_(on_underretning), visible_sager(who, act)),
    )
