"""What was missed and nobody has said why: what a leader asks about, and what is one's own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.frister.rule import MISSED
from dubu_plugin.store.deadlines import KOMMUNE, STANDING
from dubu_plugin.store.min_dag.due_query import OPEN, SUBJECTS, may_see, own, teams
from dubu_plugin.store.tables import employees, frister, personer

PER_PAGE: Final = 25
_UNEXPLAINED: Final = sa.and_(
    frister.c.exceeded_at.is_not(None), frister.c.exceeded_reason.is_(None)
)


@dataclass(frozen=True, slots=True)
class Missed:
    """A deadline that was not kept."""

    id: UUID
    rule: str
    version: date
    due: datetime
    met_at: datetime | None
    sag: UUID | None
    underretning: UUID | None
    child_name: str | None = field(repr=False)
    responsible: str | None


@dataclass(frozen=True, slots=True)
class Overdue:
    """An open deadline of a line that was not kept, with what was said of it."""

    id: UUID
    rule: str
    version: date
    due: datetime
    sag: UUID | None
    underretning: UUID | None
    reason: str = field(repr=False)


def on_line(connection: sa.Connection, who: Asker, bundle: str, now: datetime) -> Sequence[Overdue]:
    """Return what is overdue on a line of Min dag, the longest overdue first."""
    rows = connection.execute(
        sa.select(
            frister.c.id,
            frister.c.rule,
            frister.c.rule_version,
            frister.c.due,
            frister.c.sag_id,
            frister.c.underretning_id,
            sa.func.coalesce(frister.c.exceeded_reason, ""),
        )
        .select_from(SUBJECTS)
        .where(
            OPEN,
            frister.c.bundle == bundle,
            frister.c.kind.in_(sorted(MISSED)),
            frister.c.due < now,
            frister.c.subject_id.is_distinct_from(KOMMUNE),
            sa.or_(own(who), teams(who)),
            may_see(who),
        )
        .order_by(frister.c.due, frister.c.rule)
    )
    return [Overdue(*row) for row in rows]


def unexplained(
    connection: sa.Connection, who: Asker, page: int = 1
) -> tuple[Sequence[Missed], int]:
    """Return a page of what was missed without a reason, and how much there is in all: a leader's
    whole team's, else one's own.

    What is not done yet comes first, then the newest: of those somebody still knows why.
    """
    whose = [own(who), teams(who)] if Role.TEAM_LEADER in who.roles else [own(who)]
    # A union of each, which is found off its own index of just these; an »or« is not.
    which = sa.union_all(*(sa.select(frister.c.id).where(_UNEXPLAINED, one) for one in whose))
    rows = connection.execute(
        sa.select(
            frister.c.id,
            frister.c.rule,
            frister.c.rule_version,
            frister.c.exceeded_at,
            frister.c.ended_at,
            frister.c.sag_id,
            frister.c.underretning_id,
            personer.c.name,
            employees.c.name.label("responsible_name"),
            sa.func.count().over().label("in_all"),
        )
        .select_from(
            SUBJECTS.outerjoin(personer, personer.c.id == frister.c.person_id).outerjoin(
                employees, employees.c.key == frister.c.responsible
            )
        )
        .where(
            frister.c.id.in_(which),
            frister.c.state.in_(STANDING),
            # The municipality's own reports have a page of their own.
            frister.c.subject_id.is_distinct_from(KOMMUNE),
            may_see(who),
        )
        .order_by(
            sa.case((frister.c.ended_at.is_(None), 0), else_=1),
            frister.c.exceeded_at.desc(),
            frister.c.id,
        )
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    return [Missed(*row[:-1]) for row in rows], rows[0].in_all if rows else 0
