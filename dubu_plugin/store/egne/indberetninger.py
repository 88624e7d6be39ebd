"""The municipality's own reports to the state: on no case, and for who makes them in their unit."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker, Relation, opens
from dubu_plugin.store.deadlines import KOMMUNE, State
from dubu_plugin.store.tables import frister

# Written out, and not a parameter: the indexes of what is open are ones of this condition.
_OPEN = frister.c.state == sa.literal(State.AABEN.value, literal_execute=True)


def visible(who: Asker) -> sa.ColumnElement[bool]:
    """Return the condition that a deadline is a report this asker may say is made."""
    ways = {
        Relation.UNIT: frister.c.unit == who.unit,
        Relation.UNIT_BELOW: frister.c.unit.in_(sorted(who.units_below)),
    }
    opened = opens(who, Act.REPORT, protected=False)
    return sa.and_(
        frister.c.subject_id == KOMMUNE,
        sa.or_(sa.false(), *(ways[one] for one in ways if one in opened)),
    )


def standing(connection: sa.Connection, who: Asker) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """Return the open reports somebody may say are made, the oldest period of each rule first."""
    return connection.execute(
        sa.select(frister)
        .where(_OPEN, visible(who))
        .order_by(frister.c.due, frister.c.rule, frister.c.anchor_at)
    ).all()


def by_id(connection: sa.Connection, who: Asker, number: UUID) -> sa.Row[*tuple[Any, ...]] | None:
    """Return a report somebody may say is made, or None."""
    return connection.execute(
        sa.select(frister).where(frister.c.id == number, visible(who))
    ).one_or_none()
