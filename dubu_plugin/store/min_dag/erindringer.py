"""Reminders people set for themselves, a colleague or a team. The note is for them alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.prepared import Prepared
from dubu_plugin.store.tables import employees, erindringer, personer, sager, units
from dubu_plugin.store.transaction import SYSTEM, Work

MOST: Final = 200


class ErindringState(StrEnum):
    """Where a reminder has got to. The value is stored."""

    AABEN = "aaben"
    UDFOERT = "udfoert"


# Written out, and not a parameter: the indexes of open reminders are ones of this condition.
OPEN: Final = erindringer.c.state == sa.literal(ErindringState.AABEN.value, literal_execute=True)


@dataclass(frozen=True, slots=True)
class Whom:
    """Who a reminder is for: an employee, or all of a unit."""

    employee: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Erindring:
    """A reminder, with what a line of it says."""

    id: UUID
    note: str = field(repr=False)
    day: date
    whom: Whom
    whom_name: str = field(repr=False)
    sag: UUID | None
    child: UUID | None
    child_name: str | None = field(repr=False)
    state: ErindringState
    version: int
    set_by: str
    set_by_name: str | None = field(repr=False)


def add(work: Work, note: str, day: date, whom: Whom, sag: UUID | None) -> UUID:
    """Set a reminder, and return its number. The host is told where it is on a case."""
    number = uuid4()
    work.connection.execute(
        sa.insert(erindringer).values(
            id=number,
            note=note,
            day=day,
            employee=whom.employee,
            unit=whom.unit,
            sag_id=sag,
            state=ErindringState.AABEN,
            version=1,
            set_by=work.actor,
            set_at=work.now,
        )
    )
    _tell(work, "set_reminder", number, sag, 1)
    return number


def change(work: Work, one: Erindring, **values: Any) -> None:
    """Change a reminder, and have the host's copy follow."""
    version = one.version + 1
    work.connection.execute(
        sa.update(erindringer).where(erindringer.c.id == one.id).values(version=version, **values)
    )
    _tell(work, "set_reminder", one.id, one.sag, version)


def close(work: Work, one: Erindring) -> None:
    """Mark a reminder done, and have the host's copy ticked off."""
    work.connection.execute(
        sa.update(erindringer)
        .where(erindringer.c.id == one.id)
        .values(
            state=ErindringState.UDFOERT,
            version=one.version + 1,
            done_by=work.actor,
            done_at=work.now,
        )
    )
    _tell(work, "complete_reminder", one.id, one.sag, one.version + 1)


def by_id(connection: sa.Connection, number: UUID) -> Erindring | None:
    """Return a reminder, or None. Who may see it is for the caller to ask."""
    row = connection.execute(_query().where(erindringer.c.id == number)).one_or_none()
    return None if row is None else _erindring(row)


def own_lines(
    connection: sa.Connection, who: Asker, *, until: date | None = None, limit: int = MOST
) -> Sequence[Erindring]:
    """Return the open reminders for somebody and for their unit, the first day first. One query.

    :param until: only those of this day and before.
    """
    rows = _OWN.rows(connection, who, until=until or date.max, at_most=limit)
    return [_erindring(row) for row in rows]


def _own(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    mine = sa.union_all(
        sa.select(erindringer.c.id).where(OPEN, erindringer.c.employee == who.key),
        sa.select(erindringer.c.id).where(
            OPEN, erindringer.c.employee.is_(None), erindringer.c.unit == who.unit
        ),
    )
    until = sa.bindparam("until", type_=sa.Date)
    return (
        _query()
        .where(OPEN, erindringer.c.id.in_(mine), may_see(who), erindringer.c.day <= until)
        .order_by(erindringer.c.day, erindringer.c.id)
        .limit(sa.bindparam("at_most", type_=sa.Integer))
    )


def given_away(connection: sa.Connection, who: Asker, *, limit: int = 50) -> Sequence[Erindring]:
    """Return the open reminders somebody has set for others."""
    theirs = sa.or_(
        erindringer.c.employee.is_distinct_from(who.key), erindringer.c.employee.is_(None)
    )
    rows = connection.execute(
        _query()
        .where(OPEN, erindringer.c.set_by == who.key, theirs, may_see(who))
        .order_by(erindringer.c.day, erindringer.c.id)
        .limit(limit)
    )
    return [_erindring(row) for row in rows]


def of_case(connection: sa.Connection, who: Asker, sag: UUID) -> Sequence[Erindring]:
    """Return the open reminders on a case that are for this one, their unit, or set by them."""
    e = erindringer
    theirs = sa.or_(e.c.employee == who.key, e.c.unit == who.unit, e.c.set_by == who.key)
    rows = connection.execute(
        _query().where(OPEN, e.c.sag_id == sag, theirs, may_see(who)).order_by(e.c.day, e.c.id)
    )
    return [_erindring(row) for row in rows]


def may_see(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition that a reminder's case, if it has one, is open to somebody."""
    return sa.or_(erindringer.c.sag_id.is_(None), visible_sager(who, Act.SEARCH))


def is_for(one: Erindring, who: Asker) -> bool:
    """Tell whether somebody may change a reminder: it is for them or their unit, or they set it."""
    to_unit = one.whom.employee is None and one.whom.unit is not None and one.whom.unit == who.unit
    return who.key in (one.whom.employee, one.set_by) or to_unit


def _query() -> sa.Select[*tuple[Any, ...]]:
    setter = employees.alias("setter")
    e = erindringer
    return sa.select(
        e,
        sager.c.child_id,
        personer.c.name.label("child_name"),
        employees.c.name.label("employee_name"),
        units.c.title.label("unit_title"),
        setter.c.name.label("setter_name"),
    ).select_from(
        e.outerjoin(sager, sager.c.id == e.c.sag_id)
        .outerjoin(personer, personer.c.id == sager.c.child_id)
        .outerjoin(employees, employees.c.key == e.c.employee)
        .outerjoin(units, units.c.key == e.c.unit)
        .outerjoin(setter, setter.c.key == e.c.set_by)
    )


def _erindring(row: sa.Row[*tuple[Any, ...]]) -> Erindring:
    return Erindring(
        row.id,
        row.note,
        row.day,
        Whom(row.employee, row.unit),
        row.employee_name or row.unit_title or "",
        row.sag_id,
        row.child_id,
        row.child_name,
        ErindringState(row.state),
        row.version,
        row.set_by,
        row.setter_name,
    )


def origin(one: Erindring) -> str:
    """Return whose reminder it is for the one who has it: »Fra Karen Testberg til teamet«."""
    if one.set_by == SYSTEM:
        return "Fra journalen"
    to_team = one.whom.employee is None
    if not to_team and one.set_by == one.whom.employee:
        return "Din egen erindring"
    sender = one.set_by_name or "en tidligere medarbejder"
    return f"Fra {sender}{f' til {one.whom_name}' if to_team else ''}"


def _tell(work: Work, kind: str, number: UUID, sag: UUID | None, version: int) -> None:
    """Tell the host, which only knows reminders on cases. What it says is read when it is told."""
    if sag is not None:
        work.tell(
            kind,
            lane=sag_lane(sag),
            key=op_key(number, f"{kind}:{version}"),
            payload={"sag": str(sag), "erindring": str(number)},
        )


_OWN: Final = Prepared(_own)
