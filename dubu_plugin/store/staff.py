"""Who works here and where, copied from the host so that no page waits for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from dubu_plugin.domain.access import CASE_ROLES
from dubu_plugin.ports.identity import Employee, Unit
from dubu_plugin.store.tables import employees, units
from dubu_plugin.store.transaction import Work


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who does casework."""

    key: str
    name: str = field(repr=False)


def refresh(work: Work, staff: Iterable[Employee], organisation: Iterable[Unit]) -> None:
    """Keep the staff register as it is now. Nobody is removed: who has left is no longer active."""
    for table, wanted in _wanted(staff, organisation):
        new, changed = _differs(work.connection, table, wanted)
        seen = {"seen_at": work.now} if table is employees else {}
        if new:
            work.connection.execute(sa.insert(table), [{**row, **seen} for row in new])
        for row in changed:
            at = table.c.key == row["key"]
            work.connection.execute(sa.update(table).where(at).values({**row, **seen}))


def is_as(
    connection: sa.Connection, staff: Iterable[Employee], organisation: Iterable[Unit]
) -> bool:
    """Tell whether the register is kept as it is now."""
    return not any(
        rows
        for table, wanted in _wanted(staff, organisation)
        for rows in _differs(connection, table, wanted)
    )


def _wanted(
    staff: Iterable[Employee], organisation: Iterable[Unit]
) -> Sequence[tuple[sa.Table, Sequence[Mapping[str, Any]]]]:
    its_units = [
        {
            "key": one.key,
            "title": one.title[:200],
            "parent": one.parent,
            "phone": one.phone,
            "acute_phone": one.acute_phone,
        }
        for one in organisation
    ]
    people = [
        {
            "key": one.key,
            "login": one.login,
            "name": one.name[:200],
            "title": one.title,
            "phone": one.phone,
            "email": one.email,
            "unit": one.unit,
            "roles": ",".join(sorted(one.roles)),
            "person_key": one.person,
            "active": one.active,
        }
        for one in staff
    ]
    return (units, its_units), (employees, people)


def _differs(
    connection: sa.Connection, table: sa.Table, wanted: Iterable[Mapping[str, Any]]
) -> tuple[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]]:
    """Return the rows that are new, and those that are otherwise than they are kept."""
    known = {row.key: row._mapping for row in connection.execute(sa.select(table))}
    new = [row for row in wanted if row["key"] not in known]
    changed = [
        row
        for row in wanted
        if row["key"] in known
        and any(known[row["key"]][name] != value for name, value in row.items())
    ]
    return new, changed


def does_casework(e: sa.FromClause = employees) -> sa.ColumnElement[bool]:
    """Return the condition of whoever may work on cases now: employed, and in a role that does.

    A municipality takes away the role when somebody changes desk, and the account stays: their
    cases need somebody as much as those of one who has left.
    """
    return sa.and_(e.c.active, sa.or_(*(e.c.roles.contains(role) for role in sorted(CASE_ROLES))))


def stand_in(connection: sa.Connection, unit: str | None) -> str | None:
    """Return who the host is told has a case that nobody has: a leader of the unit, if any."""
    rows = connection.execute(
        sa.select(employees.c.key, employees.c.roles)
        .where(employees.c.unit == unit, does_casework())
        .order_by(employees.c.key)
    ).all()
    leaders = [row.key for row in rows if "teamleder" in row.roles.split(",")]
    return next(iter([*leaders, *(row.key for row in rows)]), None)


def colleagues(connection: sa.Connection, unit: str | None) -> Sequence[Colleague]:
    """Return those of a unit who do casework and are employed now, by name."""
    return colleagues_in(connection, [unit] if unit is not None else [])


def colleagues_in(connection: sa.Connection, some: Sequence[str]) -> Sequence[Colleague]:
    """Return those of some units who do casework and are employed now, by name."""
    rows = connection.execute(
        sa.select(employees.c.key, employees.c.name)
        .where(employees.c.unit.in_(some), does_casework())
        .order_by(employees.c.name)
    )
    return [Colleague(row.key, row.name) for row in rows]
