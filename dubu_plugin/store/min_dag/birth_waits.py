"""Expected children whose birth a person must see to: the due date has gone, or the address book
knows a newborn that may be the child and cannot say that it is."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.alder import BEFORE, is_near_due
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.min_dag.skrift_waits import AWAY
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.tables import personer, sager, ties
from dubu_plugin.store.tables.columns import word

DUE_BY: Final = "due_by"
"""The parameter that is the last due date at which a child may be born by now."""
OVERDUE: Final = timedelta(days=7)
"""So long after its due date a child nobody has said is born is asked about."""


@dataclass(frozen=True, slots=True)
class BirthWaits:
    """A child that is perhaps born."""

    sag: UUID
    child_name: str = field(repr=False)
    termin: date
    newest: date | None
    """When the youngest of its siblings that we know was born."""

    @property
    def may_be_born(self) -> bool:
        """Whether a sibling is born so near to the due date that it is the child, or its twin."""
        return self.newest is not None and is_near_due(self.termin, self.newest)

    def waits(self, today: date) -> bool:
        """Tell whether a person must see to it by now."""
        return self.may_be_born or self.termin + OVERDUE <= today


def due_by(today: date) -> date:
    """Return what `DUE_BY` is on a day."""
    return today + BEFORE


def birth_waits(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    """Select the expected children that may be born, on the cases of somebody, of those they stand
    in for and of nobody in their unit."""
    nobodys = sa.and_(sager.c.responsible.is_(None), sager.c.unit == who.unit)
    away = sager.c.responsible.in_(sa.bindparam(AWAY, type_=word(), expanding=True))
    sibling = personer.alias()
    newest = (
        sa.select(sa.func.max(sibling.c.born))
        .join_from(ties, sibling, sibling.c.id == ties.c.other_id)
        .where(ties.c.person_id == personer.c.id, ties.c.tie == Tie.SIBLING)
        .correlate(personer)
        .scalar_subquery()
    )
    return (
        sa.select(
            sager.c.id.label("birth_sag"),
            personer.c.name,
            personer.c.due_date.label("termin"),
            newest.label("birth_newest"),
        )
        .join(personer, personer.c.id == sager.c.child_id)
        .where(
            personer.c.born.is_(None),
            personer.c.mother_id.is_not(None),
            personer.c.due_date <= sa.bindparam(DUE_BY, type_=sa.Date),
            sager.c.phase != CLOSED,
            sa.or_(sager.c.responsible == who.key, away, nobodys),
            visible_sager(who, Act.WRITE),
        )
    )


def birth_waits_row(row: sa.Row[Any]) -> BirthWaits:
    """Return a row of `birth_waits`."""
    return BirthWaits(row.birth_sag, row.name, row.termin, row.birth_newest)
