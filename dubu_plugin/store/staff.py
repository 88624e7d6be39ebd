"""Who works here and where, copied from the host so that no page waits for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

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
    _put(
        work.connection,
        units,
        {
            one.key: {
                "title": one.title[:200],
                "parent": one.parent,
                "phone": one.phone,
                "acute_phone": one.acute_phone,
            }
            for one in organisation
        },
    )
    _put(
        work.connection,
        employees,
        {
            one.key: {
                "login": one.login,
                "name": one.name[:200],
                "title": one.title,
                "phone": one.phone,
                "email": one.email,
                "unit": one.unit,
                "roles": ",".join(sorted(one.roles)),
                "person_key": one.person,
                "active": one.active,
                "seen_at": work.now,
            }
            for one in staff
        },
    )


def stand_in(connection: sa.Connection, unit: str | None) -> str | None:
    """Return who the host is told has a case that nobody has: a leader of the unit, if any."""
    rows = connection.execute(
        sa.select(employees.c.key, employees.c.roles)
        .where(employees.c.unit == unit, employees.c.active)
        .order_by(employees.c.key)
    ).all()
    leaders = [row.key for row in rows if "teamleder" in row.roles.split(",")]
    return next(iter([*leaders, *(row.key for row in rows)]), None)


def _put(
    connection: sa.Connection, table: sa.Table, wanted: Mapping[str, Mapping[str, Any]]
) -> None:
    """Insert what is new and change what differs; what nobody names is left as it is."""
    known = {row.key: row._mapping for row in connection.execute(sa.select(table))}
    new = [{"key": key, **values} for key, values in wanted.items() if key not in known]
    if new:
        connection.execute(sa.insert(table), new)
    for key, values in wanted.items():
        if key in known and any(
            known[key][name] != value for name, value in values.items() if name != "seen_at"
        ):
            connection.execute(sa.update(table).where(table.c.key == key).values(**values))


def colleagues(connection: sa.Connection, unit: str | None) -> Sequence[Colleague]:
    """Return those of a unit who do casework and are employed now, by name."""
    return colleagues_in(connection, [unit] if unit is not None else [])


def colleagues_in(connection: sa.Connection, some: Sequence[str]) -> Sequence[Colleague]:
    """Return those of some units who do casework and are employed now, by name."""
    rows = connection.execute(
        sa.select(employees.c.key, employees.c.name, employees.c.roles)
        .where(employees.c.unit.in_(some), employees.c.active)
        .order_by(employees.c.name)
    )
    works = {"sagsbehandler", "teamleder"}
    return [Colleague(row.key, row.name) for row in rows if works & set(row.roles.split(","))]
