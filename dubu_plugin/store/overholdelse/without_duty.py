"""Cases that are worked on and have not one duty standing, or birthdays far off alone: between two
chairs, nobody is reminded.

Source: barnets lov § 156, stk. 2, on following each case.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker, Role
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.min_dag.due_query import OPEN, teams_of
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.tables import employees, frister, personer, sager, underretninger

MOST: Final = 100
"""So many are listed."""
FAR_OFF: Final = timedelta(days=183)
"""A birthday further ahead than half a year is no duty anybody is reminded of yet."""


@dataclass(frozen=True, slots=True)
class WithoutDuty:
    """A case without a duty."""

    sag: UUID
    step: str
    opened_at: datetime
    child_name: str | None = field(repr=False)
    responsible: str | None


def without_duty(
    connection: sa.Connection, who: Asker, rules: RuleBook, now: datetime
) -> Sequence[WithoutDuty]:
    """Return them, the oldest first: a leader's whole team's, else one's own and those
    in the unit that nobody has."""
    rows = connection.execute(
        sa.select(
            sager.c.id, sager.c.step, sager.c.opened_at, personer.c.name,
            employees.c.name.label("responsible_name"),
        )
        .select_from(
            sager.join(personer, personer.c.id == sager.c.child_id).outerjoin(
                employees, employees.c.key == sager.c.responsible
            )
        )
        .where(_forgotten(rules, now), *_theirs(who))
        .order_by(sager.c.opened_at, sager.c.id)
        .limit(MOST)
    )  # fmt: skip
    return [WithoutDuty(*row) for row in rows]


def number_without(connection: sa.Connection, who: Asker, rules: RuleBook, now: datetime) -> int:
    """Return how many `without_duty` lists, one more than `MOST` at most."""
    some = sa.select(sager.c.id).where(_forgotten(rules, now), *_theirs(who)).limit(MOST + 1)
    return connection.scalar(sa.select(sa.func.count()).select_from(some.subquery())) or 0


def number_in_all(connection: sa.Connection, rules: RuleBook, now: datetime) -> int:
    """Return how many there are in the municipality."""
    asked = sa.select(sa.func.count()).select_from(sager).where(_forgotten(rules, now))
    return connection.scalar(asked) or 0


def _theirs(who: Asker) -> Sequence[sa.ColumnElement[bool]]:
    mine = (
        sager.c.unit.in_(teams_of(who))
        if Role.TEAM_LEADER in who.roles
        else sa.or_(
            sager.c.responsible == who.key,
            sa.and_(sager.c.responsible.is_(None), sager.c.unit == who.unit),
        )
    )
    return mine, visible_sager(who, Act.SEARCH)


def _forgotten(rules: RuleBook, now: datetime) -> sa.ColumnElement[bool]:
    """Return the condition of an open case on which nothing stands that is soon: a birthday that is
    far off brings nobody to the case before it."""
    one = underretninger.alias()
    by_age = sorted({rule.code for rule in rules.rules if rule.age is not None})
    soon = sa.not_(sa.and_(frister.c.rule.in_(by_age), frister.c.due > now + FAR_OFF))
    stands = sa.and_(OPEN, soon)
    return sa.and_(
        sager.c.phase != CLOSED,
        ~sa.exists().where(frister.c.sag_id == sager.c.id, stands),
        ~sa.exists()
        .where(one.c.sag_id == sager.c.id)
        .where(frister.c.underretning_id == one.c.id, stands),
    )
