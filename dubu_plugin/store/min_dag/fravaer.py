"""Who is away, and who sees their urgent lines meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.store.page_memory import once
from dubu_plugin.store.staff import does_casework
from dubu_plugin.store.tables import employees, fravaer, units
from dubu_plugin.store.transaction import Work

MOST: Final = 20
_LEADER: Final = Role.TEAM_LEADER.value
_by_key: Final = attrgetter("key")


@dataclass(frozen=True, slots=True)
class Fravaer:
    """One absence."""

    id: UUID
    employee: str
    name: str = field(repr=False)
    unit: str | None
    first: date
    last: date
    """Both are days away."""
    stand_in: str | None
    stand_in_name: str | None = field(repr=False)
    set_by: str


@dataclass(frozen=True, slots=True)
class Cover:
    """Somebody who is away today, and who sees their urgent lines."""

    employee: str
    name: str = field(repr=False)
    by: str | None
    """Their substitute, else their leader; None where there is nobody."""
    last: date


def add(work: Work, employee: str, first: date, last: date, stand_in: str | None) -> UUID:
    """Keep an absence, and return its number."""
    number = uuid4()
    work.connection.execute(
        sa.insert(fravaer).values(
            id=number,
            employee=employee,
            first=first,
            last=last,
            stand_in=stand_in,
            set_by=work.actor,
            set_at=work.now,
        )
    )
    return number


def end(work: Work, number: UUID) -> None:
    """End an absence now, before its last day."""
    work.connection.execute(
        sa.update(fravaer)
        .where(fravaer.c.id == number, fravaer.c.ended_at.is_(None))
        .values(ended_at=work.now, ended_by=work.actor)
    )


def by_id(connection: sa.Connection, number: UUID) -> Fravaer | None:
    """Return an absence that has not been ended, or None."""
    row = connection.execute(_query().where(fravaer.c.id == number)).one_or_none()
    return None if row is None else _fravaer(row)


def of_employee(connection: sa.Connection, employee: str, today: date) -> Sequence[Fravaer]:
    """Return somebody's absences that are not over, the first first."""
    return _found(connection, today, fravaer.c.employee == employee)


def of_units(connection: sa.Connection, some: Sequence[str], today: date) -> Sequence[Fravaer]:
    """Return the absences of those in some units that are not over, the first first."""
    return _found(connection, today, employees.c.unit.in_(some))


def covers(connection: sa.Connection, today: date) -> Sequence[Cover]:
    """Return everybody who is away today, and who sees their urgent lines.

    A substitute who is away too hands on to their own. Without one it is the leader of the unit,
    or who stands in for the leader, or the leader above. One query where nobody is away.
    """
    return _covers(connection, _away(connection, today))


def covered_by(connection: sa.Connection, who: Asker, today: date) -> Mapping[str, str]:
    """Return whose urgent lines somebody sees today, and their names. At most two queries."""
    return once(("covered_by", who, today), lambda: _covered_by(connection, who, today))


def _covered_by(connection: sa.Connection, who: Asker, today: date) -> Mapping[str, str]:
    away = _away(connection, today)
    stands_in = any(one.stand_in == who.key for one in away.values())
    if not stands_in and Role.TEAM_LEADER not in who.roles:
        return {}  # nobody else is ever named, so that nobody need be looked up
    return {one.employee: one.name for one in _covers(connection, away) if one.by == who.key}


def _away(connection: sa.Connection, today: date) -> Mapping[str, Fravaer]:
    rows = connection.execute(_away_on(), {"today": today})
    return {row.employee: _fravaer(row) for row in rows}  # the one that was set last stays


@cache
def _away_on() -> sa.Select[*tuple[Any, ...]]:
    """Put together once: every front page asks it."""
    today = sa.bindparam("today", type_=sa.Date())
    return (
        _query()
        .where(fravaer.c.first <= today, fravaer.c.last >= today, employees.c.active)
        .order_by(fravaer.c.set_at, fravaer.c.id)
    )


def _covers(connection: sa.Connection, away: Mapping[str, Fravaer]) -> Sequence[Cover]:
    found = {key: _present(one.stand_in, away) for key, one in away.items()}
    if any(by is None for by in found.values()):
        leaders = Leaders.read(connection)
        for key, by in found.items():
            found[key] = by or leaders.of(away[key].unit, away, but=key)
    return [Cover(key, one.name, found[key], one.last) for key, one in sorted(away.items())]


@dataclass(frozen=True, slots=True)
class Leaders:
    """Who leads which unit, and which unit is above it."""

    of_unit: Mapping[str, Sequence[str]]
    above: Mapping[str, str | None]

    @classmethod
    def read(cls, connection: sa.Connection) -> "Leaders":
        """Read them."""
        e = employees
        leads = sa.and_(e.c.active, e.c.unit.is_not(None), e.c.roles.contains(_LEADER))
        rows = connection.execute(
            sa.union_all(
                sa.select(e.c.key, e.c.unit, e.c.roles, sa.null().label("parent")).where(leads),
                sa.select(sa.null(), units.c.key, sa.null(), units.c.parent),
            )
        ).all()
        found: dict[str, list[str]] = {}
        for row in sorted((row for row in rows if row.key is not None), key=_by_key):
            if _LEADER in row.roles.split(","):
                found.setdefault(row.unit, []).append(row.key)
        return cls(found, {row.unit: row.parent for row in rows if row.key is None})

    def of(self, unit: str | None, away: Mapping[str, Fravaer], but: str = "") -> str | None:
        """Return who leads a unit today: its leader, their substitute, or the leader above.

        :param but: not this one: nobody is told of their own as their leader.
        """
        for leader in self.over(unit):
            found = _present(leader, away)
            if found is not None and found != but:
                return found
        return None

    def over(self, unit: str | None) -> Sequence[str]:
        """Return everybody who leads a unit or one above it, the nearest first."""
        found: list[str] = []
        seen: set[str] = set()
        while unit is not None and unit not in seen:
            seen.add(unit)
            found += self.of_unit.get(unit, ())
            unit = self.above.get(unit)
        return found


def standing(connection: sa.Connection, today: date) -> Mapping[str, Fravaer]:
    """Return who is away today, by employee."""
    rows = connection.execute(
        _query()
        .where(fravaer.c.first <= today, fravaer.c.last >= today)
        .order_by(fravaer.c.set_at, fravaer.c.id)
    )
    return {row.employee: _fravaer(row) for row in rows}


def _present(employee: str | None, away: Mapping[str, Fravaer]) -> str | None:
    """Return the employee, or who stands in where they are away; None where nobody does."""
    seen: set[str] = set()
    while employee is not None and employee in away and employee not in seen:
        seen.add(employee)
        employee = away[employee].stand_in
    return None if employee is None or employee in seen else employee


def _found(
    connection: sa.Connection, today: date, which: sa.ColumnElement[bool]
) -> Sequence[Fravaer]:
    rows = connection.execute(
        _query()
        .where(which, fravaer.c.last >= today)
        .order_by(fravaer.c.first, employees.c.name, fravaer.c.id)
        .limit(MOST * 10)
    )
    return [_fravaer(row) for row in rows]


def _query() -> sa.Select[*tuple[Any, ...]]:
    other = employees.alias("stand_in")
    return (
        sa.select(
            fravaer,
            employees.c.name,
            employees.c.unit,
            other.c.name.label("stand_in_name"),
            does_casework(other).label("stand_in_is_here"),
        )
        .select_from(
            fravaer.join(employees, employees.c.key == fravaer.c.employee).outerjoin(
                other, other.c.key == fravaer.c.stand_in
            )
        )
        .where(fravaer.c.ended_at.is_(None))
    )


def _fravaer(row: sa.Row[*tuple[Any, ...]]) -> Fravaer:
    # Who has left stands in for nobody: then it is the leader, as where no one was named.
    here = bool(row.stand_in_is_here)
    return Fravaer(
        row.id,
        row.employee,
        row.name,
        row.unit,
        row.first,
        row.last,
        row.stand_in if here else None,
        row.stand_in_name if here else None,
        row.set_by,
    )
