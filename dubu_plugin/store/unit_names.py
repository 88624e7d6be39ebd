"""What units and employees are called, by their keys."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from dubu_plugin.store.tables import employees, units


def unit_titles(connection: sa.Connection) -> Mapping[str, str]:
    """Return what every unit is called."""
    return {row.key: row.title for row in connection.execute(sa.select(units.c.key, units.c.title))}


def employee_names(connection: sa.Connection, keys: Iterable[str]) -> Mapping[str, str]:
    """Return what some employees are called."""
    wanted = sorted({key for key in keys if key})
    if not wanted:
        return {}
    rows = connection.execute(
        sa.select(employees.c.key, employees.c.name).where(employees.c.key.in_(wanted))
    )
    return {row.key: row.name for row in rows}
