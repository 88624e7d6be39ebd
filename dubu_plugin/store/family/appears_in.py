"""The cases somebody in a network appears in: their own, and of the children they are around.

Only those the asker may see are found; of others it is not even told that they are there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.netvaerk import Part, Rolle, as_family
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.tables import (
    employees,
    netvaerk,
    netvaerk_udgaver,
    personer,
    sager,
    ties,
)


@dataclass(frozen=True, slots=True)
class Appears:
    """A case, and what somebody is to its child."""

    sag: UUID
    child_name: str = field(repr=False)
    born: date | None
    termin: date | None
    closed: bool
    responsible_name: str | None
    part: Part | None
    """None where the case is about them."""


def of_person(
    connection: sa.Connection, who: Asker, person: UUID, *, but: UUID
) -> Sequence[Appears]:
    """Return the cases, those that run first.

    :param but: the case one comes from.
    """
    newest = sa.and_(
        netvaerk_udgaver.c.netvaerk_id == netvaerk.c.id,
        netvaerk_udgaver.c.number == netvaerk.c.version,
    )
    written = (
        sa.select(
            netvaerk.c.child_id, netvaerk_udgaver.c.role, netvaerk_udgaver.c.called,
            netvaerk_udgaver.c.ended_on, netvaerk.c.turn,
        )
        .join_from(netvaerk, netvaerk_udgaver, newest)
        .where(netvaerk.c.other_id == person)
        .subquery()
    )  # fmt: skip
    family = (
        sa.select(ties.c.person_id.label("child_id"), ties.c.tie)
        .where(ties.c.other_id == person)
        .subquery()
    )
    children = sa.union(
        sa.select(written.c.child_id),
        sa.select(family.c.child_id),
        sa.select(personer.c.id).where(personer.c.id == person),
    )
    rows = connection.execute(
        sa.select(
            sager.c.id, sager.c.child_id, sager.c.phase, personer.c.name, personer.c.born,
            personer.c.due_date, employees.c.name.label("responsible_name"), written.c.role,
            written.c.called, written.c.ended_on, family.c.tie,
        )
        .select_from(
            sager.join(personer, personer.c.id == sager.c.child_id)
            .outerjoin(employees, employees.c.key == sager.c.responsible)
            .outerjoin(written, written.c.child_id == sager.c.child_id)
            .outerjoin(family, family.c.child_id == sager.c.child_id)
        )
        .where(sager.c.child_id.in_(children), sager.c.id != but, visible_sager(who, Act.SEARCH))
        .order_by(sager.c.phase, sager.c.opened_at.desc(), sager.c.id, written.c.turn.desc())
    ).all()  # fmt: skip
    found: dict[UUID, Appears] = {}
    for row in rows:
        found.setdefault(
            row.id,
            Appears(
                row.id, row.name, row.born, row.due_date, row.phase == "closed",
                row.responsible_name, None if row.child_id == person else _part(row),
            ),
        )  # fmt: skip
    return list(found.values())


def _part(row: Any) -> Part:
    if row.role is None:
        return as_family(row.tie)
    return Part(role=Rolle(row.role), called=row.called, ended_on=row.ended_on)
