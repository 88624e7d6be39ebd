"""Who has looked at a case, and at what came in on it: its part of the read log."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.store.access import visible_underretninger
from dubu_plugin.store.tables import employees, read_log, underretninger

PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the log."""

    at: datetime
    employee: str
    name: str | None = field(repr=False)
    """None for somebody the staff register does not know."""
    title: str | None
    act: str
    kind: str
    """``sag`` or ``underretning``."""
    why: str
    """The ground, see `dubu_plugin.domain.access.Decision`."""
    allowed: bool
    detail: str | None = field(repr=False)


def looks(
    connection: sa.Connection, who: Asker, sag: UUID, *, page: int = 1, per_page: int = PER_PAGE
) -> tuple[Sequence[Look], bool]:
    """Return who looked, the newest first, and whether there is more.

    :param who: whoever may see the case's log; what came in is told of where they may read it.
    """
    came_in = connection.scalars(
        sa.select(underretninger.c.id).where(
            underretninger.c.sag_id == sag, visible_underretninger(who, Act.READ)
        )
    )
    subjects = [str(sag), *map(str, came_in)]
    rows = connection.execute(
        sa.select(
            read_log.c.at,
            read_log.c.employee,
            employees.c.name,
            employees.c.title,
            read_log.c.act,
            read_log.c.subject_kind.label("kind"),
            read_log.c.why,
            read_log.c.allowed,
            read_log.c.detail,
        )
        .select_from(read_log.outerjoin(employees, employees.c.key == read_log.c.employee))
        .where(
            read_log.c.subject_id.in_(subjects),
            read_log.c.subject_kind.in_(("sag", "underretning")),
        )
        .order_by(read_log.c.at.desc(), read_log.c.id)
        .limit(per_page + 1)
        .offset((page - 1) * per_page)
    ).all()
    return [Look(**row._mapping) for row in rows[:per_page]], len(rows) > per_page
