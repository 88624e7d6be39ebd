"""Who can be a substitute: the list that is offered, and what is accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.store.staff import does_casework
from dubu_plugin.store.tables import employees, units


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who can stand in."""

    key: str
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who can stand in for somebody, by name, and whether a leader sees it where nobody does."""

    people: Sequence[StandIn]
    has_leader: bool


def choice(connection: sa.Connection, away: Asker) -> Choice:
    """Return who can stand in for somebody.

    That is a colleague of the unit, and who leads it or a unit above. For a leader it is also
    somebody of the units below; and for one nobody is above, any other leader.
    """
    above = _above(connection, away.unit)
    is_leader = Role.TEAM_LEADER in away.roles
    rows = connection.execute(
        sa.select(employees.c.key, employees.c.name, employees.c.unit, employees.c.roles)
        .where(does_casework(), employees.c.key != away.key, employees.c.unit.is_not(None))
        .order_by(employees.c.name, employees.c.key)
    ).all()
    roles = {row.key: frozenset(row.roles.split(",")) for row in rows}
    leaders = {row.key for row in rows if Role.TEAM_LEADER.value in roles[row.key]}
    over = {row.key for row in rows if row.key in leaders and row.unit in above}
    over_or_beside = over | {
        row.key for row in rows if row.key in leaders and row.unit == away.unit
    }
    near = {away.unit, *(away.units_below if is_leader else ())}
    anywhere = leaders if is_leader and not over else set()
    found = [
        StandIn(row.key, row.name)
        for row in rows
        if (row.unit in near or row.key in over | anywhere)
    ]
    return Choice(found, bool(over_or_beside))


def _above(connection: sa.Connection, unit: str | None) -> Sequence[str]:
    """Return the units above one."""
    rows = connection.execute(sa.select(units.c.key, units.c.parent))
    parents: Mapping[str, str | None] = {row.key: row.parent for row in rows}
    found: list[str] = []
    while unit is not None and (unit := parents.get(unit)) is not None and unit not in found:
        found.append(unit)
    return found
