"""What an employee is to a case or an underretning, as selects and conditions of the tables."""

from collections.abc import Mapping
from typing import Final, Literal
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.tables import (
    candidates,
    conflicts,
    haendelser,
    sager,
    sagsdeltagere,
    ties,
    underretninger,
)

SubjectKind = Literal["sag", "underretning"]

TABLES: Final[Mapping[str, sa.Table]] = {"sag": sager, "underretning": underretninger}


def membership(
    employee: str, kind: SubjectKind, number: UUID | sa.ColumnElement[UUID]
) -> sa.Select[UUID]:
    """Select the employee's active part in the case, or in the case the underretning is on."""
    found = sa.select(sagsdeltagere.c.sag_id).where(
        sagsdeltagere.c.employee == employee, sagsdeltagere.c.active
    )
    if kind == "sag":
        return found.where(sagsdeltagere.c.sag_id == number)
    inner = underretninger.alias()
    return found.join(inner, inner.c.sag_id == sagsdeltagere.c.sag_id).where(inner.c.id == number)


def given_on(
    employee: str, kind: SubjectKind, number: UUID | sa.ColumnElement[UUID]
) -> sa.ColumnElement[bool]:
    """Return the condition that the employee gave it on last, and nobody has assessed it since."""
    if kind == "sag":
        return sa.false()
    given, later, about = haendelser.alias(), haendelser.alias(), underretninger.alias()
    since = sa.select(later.c.seq).where(
        later.c.underretning_id == given.c.underretning_id,
        later.c.type == given.c.type,
        later.c.seq > given.c.seq,
    )
    found = (
        sa.select(given.c.seq)
        .join(about, about.c.id == given.c.underretning_id)
        .where(
            given.c.underretning_id == number,
            given.c.type == Haendelse.UNDERRETNING_GIVET_VIDERE,
            given.c.actor == employee,
            about.c.state == "ny",
            sa.not_(sa.exists(since.correlate(given))),
        )
    )
    return sa.exists(found)


def blocks(
    employee: str,
    kind: SubjectKind,
    number: UUID | sa.ColumnElement[UUID],
    child: sa.ColumnElement[UUID] | None = None,
) -> sa.Select[str]:
    """Select the ties that close this door: to the child, to its family, to a likely child."""
    table = TABLES[kind].alias()
    child_id: sa.ColumnElement[UUID] | sa.ScalarSelect[UUID] = (
        sa.select(table.c.child_id).where(table.c.id == number).scalar_subquery()
        if child is None
        else child
    )
    # The innermost selects name their own table, or SQLAlchemy would join in the outer one again.
    family = sa.select(ties.c.other_id).where(ties.c.person_id == child_id)
    persons = [
        conflicts.c.person_id == child_id,
        conflicts.c.person_id.in_(family.correlate_except(ties)),
    ]
    if kind == "underretning":
        likely = sa.select(candidates.c.person_id).where(candidates.c.underretning_id == number)
        persons.append(conflicts.c.person_id.in_(likely.correlate_except(candidates)))
    return sa.select(conflicts.c.relation).where(conflicts.c.employee == employee, sa.or_(*persons))
