"""How often deadlines were put off, summed up for who leads, and never more than they may know."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from dubu_plugin.frister.overholdelse import FEW_PERSONS, SMALL, Quarter
from dubu_plugin.store.overholdelse.sight import Sight
from dubu_plugin.store.overholdelse.sums import places
from dubu_plugin.store.tables import frister, udskydelser


@dataclass(frozen=True, slots=True)
class PutOffs:
    """How often, by rule and by unit; None where the number could tell on a person."""

    rules: Mapping[str, int | None]
    units: Mapping[str, int | None]


def put_off(
    connection: sa.Connection,
    seen: Sight,
    quarter: Quarter,
    *,
    tells_all: bool,
    rule: str | None = None,
) -> PutOffs:
    """Return how often deadlines were put off in a quarter. One query for each place looked at.

    :param tells_all: every caseworker in the sum is seen.
    :param rule: the units' numbers are of this rule only.
    """
    by_rule: dict[str, list[tuple[int, str | None]]] = defaultdict(list)
    by_unit: dict[str, list[tuple[int, str | None]]] = defaultdict(list)
    for place in places(seen):
        rows = connection.execute(
            sa.select(
                frister.c.rule,
                frister.c.unit,
                frister.c.responsible,
                sa.func.count().label("times"),
            )
            .select_from(udskydelser.join(frister, frister.c.id == udskydelser.c.frist_id))
            .where(udskydelser.c.at >= quarter.starts, udskydelser.c.at < quarter.ends, place)
            .group_by(frister.c.rule, frister.c.unit, frister.c.responsible)
        )
        for row in rows:
            by_rule[row.rule].append((row.times, row.responsible))
            if row.unit is not None and rule in (None, row.rule):
                by_unit[row.unit].append((row.times, row.responsible))
    return PutOffs(
        {code: _told(some, tells_all) for code, some in by_rule.items()},
        {unit: _told(some, unit in seen.persons) for unit, some in by_unit.items()},
    )


def _told(some: list[tuple[int, str | None]], tells: bool) -> int | None:
    total = sum(times for times, _ in some)
    enough = total >= SMALL and len({who for _, who in some if who}) >= FEW_PERSONS
    return total if tells or enough else None
