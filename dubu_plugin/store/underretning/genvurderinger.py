"""Who is asked to take part in a genvurdering, and what they answered (barnets lov § 137, stk. 1).

A question is a row and stays one: who said no, or gave it on, is seen afterwards.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.access import CASE_ROLES, Act, Asker, Relation, Role, Subject, decide
from dubu_plugin.store.access import visible_underretninger
from dubu_plugin.store.deadlines import STANDING, State, is_of
from dubu_plugin.store.family.known_family import Colleague
from dubu_plugin.store.tables import (
    candidates,
    conflicts,
    employees,
    frister,
    genvurderinger,
    personer,
    ties,
    underretninger,
    units,
    vurderinger,
)
from dubu_plugin.store.underretning.underretninger import Underretning


class Answer(StrEnum):
    """How a question stands."""

    ASKED = "spurgt"
    CONFIRMED = "bekraeftet"
    DECLINED = "afslaaet"
    PASSED_ON = "givet_videre"
    WITHDRAWN = "trukket"


@dataclass(frozen=True, slots=True)
class Genvurdering:
    """One question to one colleague, and the answer."""

    id: UUID
    underretning_id: UUID
    employee: str
    asked_by: str
    asked_at: datetime
    state: Answer
    words: str | None = field(default=None, repr=False)
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question somebody is to answer, or whose no they are to see to."""

    underretning: UUID
    state: Answer
    at: datetime
    other: str
    """Who asked, or who said no."""
    underretter: str | None
    child_name: str | None = field(repr=False)
    termin: date | None


DUTY: Final = "UND-GENV"
"""The rule of § 137, stk. 1."""


def newest(connection: sa.Connection, underretning: UUID) -> Genvurdering | None:
    """Return the question that counts: the confirmed one, else the last that was asked."""
    rows = connection.execute(
        sa.select(genvurderinger)
        .where(genvurderinger.c.underretning_id == underretning)
        .order_by(genvurderinger.c.asked_at.desc())
    ).all()
    found = [_row(row) for row in rows]
    order = {Answer.CONFIRMED: 0, Answer.ASKED: 1}
    return min(found, key=lambda one: order.get(one.state, 2), default=None)


def takes_part(question: Genvurdering | None) -> str | None:
    """Return who is asked and has not said no, or has confirmed; None where nobody stands so."""
    stands = question is not None and question.state in (Answer.ASKED, Answer.CONFIRMED)
    return question.employee if question is not None and stands else None


def met_at(connection: sa.Connection, underretning: UUID) -> datetime | None:
    """Return when the duty was met; None where it was not, or the law did not ask for it."""
    at: datetime | None = connection.scalar(
        sa.select(sa.func.max(frister.c.ended_at)).where(
            _duty_of(underretning), frister.c.state == State.OPFYLDT
        )
    )
    return at


def stands_open(connection: sa.Connection, underretning: UUID) -> bool:
    """Tell whether the duty is open; where none was opened, whether who was asked has not said yes.

    A duty that was met by what somebody noted by hand is met, whoever was asked.
    """
    states = set(connection.scalars(sa.select(frister.c.state).where(_duty_of(underretning))))
    if states & set(STANDING):
        return State.AABEN in states
    question = newest(connection, underretning)
    return question is not None and question.state is not Answer.CONFIRMED


def _duty_of(underretning: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(frister.c.underretning_id == underretning, is_of(DUTY))


def confirmed_by(connection: sa.Connection, underretning: UUID) -> Set[str]:
    """Return who has confirmed having taken part."""
    return set(
        connection.scalars(
            sa.select(genvurderinger.c.employee).where(
                genvurderinger.c.underretning_id == underretning,
                genvurderinger.c.state == Answer.CONFIRMED,
            )
        )
    )


def newest_vurdering(connection: sa.Connection, underretning: UUID) -> tuple[UUID, str] | None:
    """Return the key of the assessment that counts, and who made it; None where there is none."""
    row = connection.execute(
        sa.select(vurderinger.c.id, vurderinger.c.assessor)
        .where(vurderinger.c.underretning_id == underretning)
        .order_by(vurderinger.c.version.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.id, row.assessor)


def add(
    connection: sa.Connection,
    underretning: UUID,
    employee: str,
    *,
    by: str,
    now: datetime,
    state: Answer = Answer.ASKED,
) -> None:
    """Store a question, or that somebody took part without being asked."""
    connection.execute(
        sa.insert(genvurderinger).values(
            id=uuid4(),
            underretning_id=underretning,
            employee=employee,
            asked_by=by,
            asked_at=now,
            state=state,
            answered_at=None if state is Answer.ASKED else now,
        )
    )


def withdraw(connection: sa.Connection, underretning: UUID, *, now: datetime) -> None:
    """Take back who was asked and who has confirmed: it was about another child's case."""
    mine = genvurderinger.c.underretning_id == underretning
    for state, when in ((Answer.ASKED, {"answered_at": now}), (Answer.CONFIRMED, {})):
        connection.execute(
            sa.update(genvurderinger)
            .where(mine, genvurderinger.c.state == state)
            .values(state=Answer.WITHDRAWN, **when)
        )


def answer(
    connection: sa.Connection, question: UUID, state: Answer, *, words: str = "", now: datetime
) -> None:
    """Store what came of a question."""
    connection.execute(
        sa.update(genvurderinger)
        .where(genvurderinger.c.id == question)
        .values(state=state, words=words or None, answered_at=now)
    )


def waiting_row(row: sa.Row[*tuple[Any, ...]]) -> Waiting:
    """Return a row of `asked_of`."""
    return Waiting(
        row.underretning_id, Answer(row.state), row.at, row.other, row.underretter, row.name,
        row.termin,
    )  # fmt: skip


def asked_of(who: Asker) -> sa.Select[*tuple[Any, ...]]:
    """Select what somebody is asked and has not answered, and whom of those they asked said no.

    What they may not open any more is left out: the duty stays with who answers for the case.
    """
    later = genvurderinger.alias()
    newer = sa.exists().where(
        later.c.underretning_id == genvurderinger.c.underretning_id,
        later.c.asked_at > genvurderinger.c.asked_at,
    )
    asked = sa.and_(genvurderinger.c.state == Answer.ASKED, genvurderinger.c.employee == who.key)
    declined = sa.and_(
        genvurderinger.c.state == Answer.DECLINED,
        genvurderinger.c.asked_by == who.key,
        sa.not_(newer),
    )
    other = employees.alias()
    return (
        sa.select(
            genvurderinger.c.underretning_id,
            genvurderinger.c.state,
            sa.func.coalesce(genvurderinger.c.answered_at, genvurderinger.c.asked_at).label("at"),
            sa.func.coalesce(other.c.name, "").label("other"),
            underretninger.c.underretter,
            personer.c.name,
            sa.case((personer.c.born.is_(None), personer.c.due_date)).label("termin"),
            genvurderinger.c.asked_at,
        )
        .select_from(
            genvurderinger.join(
                underretninger, underretninger.c.id == genvurderinger.c.underretning_id
            )
            .outerjoin(personer, personer.c.id == underretninger.c.child_id)
            .outerjoin(
                other,
                other.c.key
                == sa.case(
                    (genvurderinger.c.state == Answer.ASKED, genvurderinger.c.asked_by),
                    else_=genvurderinger.c.employee,
                ),
            )
        )
        .where(sa.or_(asked, declined), visible_underretninger(who, Act.WRITE))
    )


def able(
    connection: sa.Connection, about: Underretning, child: UUID | None,
    everybody: Sequence[Colleague],
) -> Sequence[Colleague]:  # fmt: skip
    """Return those of the colleagues the policy lets work on an underretning.

    Whether they have handled the case is another question, see `sager.handled_by`.
    """
    blocked, above = _blocked(connection, about, child), _above(connection, about.unit)
    found = []
    for one in everybody:
        roles = frozenset(Role(role) for role in one.roles if role in set(Role)) & CASE_ROLES
        if not roles or one.key in blocked:
            continue
        relations = {
            relation
            for relation, holds in (
                (Relation.RESPONSIBLE, about.responsible == one.key),
                (Relation.UNIT, about.unit is not None and about.unit == one.unit),
                (Relation.UNIT_BELOW, one.unit in above),
            )
            if holds
        }
        if decide(
            Asker(one.key, roles, one.unit),
            Act.WRITE,
            Subject(frozenset(relations), about.protected),
        ):
            found.append(one)
    return found


def _above(connection: sa.Connection, unit: str | None) -> Set[str]:
    """Return the units above one, itself left out."""
    parents = {
        row.key: row.parent for row in connection.execute(sa.select(units.c.key, units.c.parent))
    }
    found: set[str] = set()
    while (parent := parents.get(unit or "")) is not None and parent not in found:
        found.add(parent)
        unit = parent
    return found


def _blocked(connection: sa.Connection, about: Underretning, child: UUID | None) -> Set[str]:
    """Return who is somebody in the family, or a likely child."""
    near: sa.ColumnElement[bool] = conflicts.c.person_id.in_(
        sa.select(candidates.c.person_id).where(candidates.c.underretning_id == about.id)
    )
    if child is not None:
        family = sa.select(ties.c.other_id).where(ties.c.person_id == child)
        near = sa.or_(near, conflicts.c.person_id == child, conflicts.c.person_id.in_(family))
    return set(connection.scalars(sa.select(conflicts.c.employee).where(near)))


def _row(row: sa.Row[Any]) -> Genvurdering:
    return Genvurdering(
        row.id, row.underretning_id, row.employee, row.asked_by, row.asked_at, Answer(row.state),
        row.words, row.answered_at,
    )  # fmt: skip
