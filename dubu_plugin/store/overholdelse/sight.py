"""Whose figures somebody may see: the policy of `dubu_plugin.domain.access`, asked unit by unit."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker, Decision, Relation, Subject, decide
from dubu_plugin.store.access import NotYours, units_below
from dubu_plugin.store.tables import units


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose figures somebody may see."""

    who: Asker
    units: frozenset[str]
    """The units whose sums they see."""
    persons: frozenset[str]
    """Those of them whose caseworkers they see one by one."""
    own: bool
    """They see their own figures."""
    unitless: bool
    """What is in no unit, such as the municipality's own reports, is in the sum."""
    every: frozenset[str]
    """Every unit there is, for finding what is somebody's own."""
    decision: Decision
    """The ground, for the read log."""

    def tells(self, some: Iterable[str]) -> bool:
        """Tell whether the caseworkers of all these units are seen."""
        return self.persons >= frozenset(some)


def sight(connection: sa.Connection, who: Asker, unit: str | None = None) -> Sight:
    """Return whose figures somebody may see.

    :param unit: only of this unit and those below it.
    :raises NotYours: nothing; or the unit is not theirs to see, or there is none.
    """
    every = frozenset(connection.scalars(sa.select(units.c.key)))
    grounds = {key: decide(who, Act.COUNT, _as_unit(who, key)) for key in sorted(every)}
    seen = {key for key, ground in grounds.items() if ground}
    mine = decide(who, Act.COUNT, Subject(frozenset({Relation.RESPONSIBLE})))
    if unit is not None:
        if unit not in seen:
            raise NotYours
        below = {unit, *units_below(connection, unit)}
        whole, seen = False, seen & below
    else:
        whole = bool(decide(who, Act.COUNT, Subject(frozenset({Relation.NONE}))))
    ground = grounds.get(unit or who.unit or "") or next((grounds[key] for key in seen), mine)
    if not ground:
        raise NotYours
    return Sight(
        who,
        frozenset(seen),
        frozenset(key for key in seen if decide(who, Act.COUNT_PERSONS, _as_unit(who, key))),
        bool(mine),
        whole,
        every,
        ground,
    )


def _as_unit(who: Asker, unit: str) -> Subject:
    if unit == who.unit:
        relation = Relation.UNIT
    elif unit in who.units_below:
        relation = Relation.UNIT_BELOW
    else:
        relation = Relation.NONE
    return Subject(frozenset({relation}))
