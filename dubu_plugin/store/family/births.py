"""A child that was expected is born, and the one we kept becomes the one the address book has."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import is_near_due
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.folding import name_key
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.match import ChildState
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.tables import (
    candidates,
    conflicts,
    haendelser,
    known_cases,
    personer,
    sager,
    ties,
    underretninger,
)


def awaited_on_cases(connection: sa.Connection, closed: str, due_from: date) -> list[UUID]:
    """Return the children with a case that are expected, or were born without a number.

    One whose case closed before its birth is among them while it is unborn: it is to be found as
    who it is when the next underretning comes.

    :param closed: the phase of a case that is closed.
    :param due_from: an expected child of a closed case is left out where it was due before this.
    """
    return list(
        connection.scalars(
            sa.select(personer.c.id)
            .join(sager, sager.c.child_id == personer.c.id)
            .where(
                personer.c.mother_id.is_not(None),
                personer.c.host_key.is_(None),
                personer.c.cpr.is_(None),
                sa.or_(
                    sager.c.phase != closed,
                    sa.and_(personer.c.born.is_(None), personer.c.due_date >= due_from),
                ),
            )
            .distinct()
        )
    )


@dataclass(frozen=True, slots=True)
class WithoutNumber:
    """A child with a case that the address book does not know: it is expected, or its birth is just
    noted, with no CPR number or with one that somebody typed."""

    child: UUID
    mother: UUID
    born: date | None
    due: date | None
    mother_key: str | None = field(repr=False)
    """The mother's name, as `name_key` writes it."""
    mother_cpr: str | None = field(repr=False)
    cpr: str | None = field(repr=False)
    """The number somebody typed, if any."""


def without_number(connection: sa.Connection) -> Sequence[WithoutNumber]:
    """Return the children with a case, running or closed, whose number the address book does not
    know: nobody has written it, or not as it is there."""
    child, mother = personer, personer.alias()
    rows = connection.execute(
        sa.select(
            child.c.id, child.c.mother_id, child.c.born, child.c.due_date,
            mother.c.name_key, mother.c.cpr, child.c.cpr.label("typed"),
        )
        .join(mother, mother.c.id == child.c.mother_id)
        .where(
            child.c.host_key.is_(None),
            sa.exists().where(sager.c.child_id == child.c.id),
        )
        .order_by(child.c.id)
    )  # fmt: skip
    return [WithoutNumber(*row) for row in rows]


def may_be(connection: sa.Connection, child: UUID, due: date | None) -> Sequence[tuple[str, date]]:
    """Return who of its mother's children an expected child may be: their names and when they were
    born, the oldest first. More than one may be twins."""
    rows = connection.execute(
        sa.select(personer.c.name, personer.c.born)
        .join_from(ties, personer, personer.c.id == ties.c.other_id)
        .where(ties.c.person_id == child, ties.c.tie == Tie.SIBLING, personer.c.born.is_not(None))
        .order_by(personer.c.born, personer.c.name)
    )
    return [(row.name, row.born) for row in rows if is_near_due(due, row.born)]


def make_room(
    connection: sa.Connection, child: UUID, host_key: str | None, cpr: Cpr | None
) -> bool:
    """Let the expected child take the place of somebody we keep with this key or number.

    False where that one has a case or an underretning of their own: which is the right one, only a
    person can say.
    """
    same = []
    if host_key is not None:
        same.append(personer.c.host_key == host_key)
    if cpr is not None:
        same.append(personer.c.cpr == cpr.digits)
    if not same:
        return True
    others = connection.scalars(
        sa.select(personer.c.id).where(sa.or_(*same), personer.c.id != child)
    ).all()
    for other in others:
        taken = sa.or_(
            sa.exists().where(sager.c.child_id == other),
            sa.exists().where(underretninger.c.child_id == other),
            sa.exists().where(personer.c.mother_id == other),
        )
        if connection.scalar(sa.select(taken)):
            return False
        _let_go(connection, other, child)
    return True


def _let_go(connection: sa.Connection, other: UUID, child: UUID) -> None:
    """Forget somebody who turns out to be the child; their family knows the child instead."""
    known = sa.select(ties.c.person_id).where(ties.c.other_id == child)
    connection.execute(
        sa.delete(ties).where(
            sa.or_(
                ties.c.person_id == other,
                sa.and_(ties.c.other_id == other, ties.c.person_id.in_(known)),
                sa.and_(ties.c.other_id == other, ties.c.person_id == child),
            )
        )
    )
    connection.execute(sa.update(ties).where(ties.c.other_id == other).values(other_id=child))
    shut = sa.select(conflicts.c.employee).where(conflicts.c.person_id == child)
    connection.execute(
        sa.delete(conflicts).where(
            conflicts.c.person_id == other, conflicts.c.employee.in_(shut.scalar_subquery())
        )
    )
    connection.execute(
        sa.update(conflicts).where(conflicts.c.person_id == other).values(person_id=child)
    )
    for table in (known_cases, candidates):
        connection.execute(sa.delete(table).where(table.c.person_id == other))
    connection.execute(sa.delete(personer).where(personer.c.id == other))


def born(
    connection: sa.Connection,
    child: UUID,
    *,
    name: str,
    host_key: str | None,
    cpr: Cpr | None,
    **more: object,
) -> None:
    """Give a child its own name and number, in place of none or of wrong ones.

    Whose child it is stays.

    :param host_key: the address book's key of it; None where the book does not know the number.
    """
    values = {
        "name": name[:200],
        "name_key": name_key(name),
        "cpr": cpr.digits if cpr else None,
        "host_key": host_key,
        **more,
    }
    connection.execute(sa.update(personer).where(personer.c.id == child).values(values))


def number_said(connection: sa.Connection, sag: UUID) -> UUID | None:
    """Return the hændelse that last said the number of a case's child, or None."""
    said = haendelser.c
    return connection.scalar(
        sa.select(said.id)
        .where(said.sag_id == sag, said.type == Haendelse.CPR_NUMMER_REGISTRERET)
        .order_by(said.seq.desc())
        .limit(1)
    )


def is_found(connection: sa.Connection, child: UUID) -> None:
    """Say of what came in about a child nobody had the number of that the child is found."""
    about = underretninger.c
    connection.execute(
        sa.update(underretninger)
        .where(about.child_id == child, about.child_state == ChildState.UNKNOWN)
        .values(child_state=ChildState.FOUND)
    )
