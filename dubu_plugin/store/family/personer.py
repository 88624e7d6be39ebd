"""People as we last saw them in the address book, and how they belong together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.folding import name_key
from dubu_plugin.ports.journal_objects import Case
from dubu_plugin.ports.persons import Person, Tie
from dubu_plugin.store.family.book import values_of
from dubu_plugin.store.family.kinship import kin
from dubu_plugin.store.tables import conflicts, employees, known_cases, personer, sager, ties

UNKNOWN_CHILD: Final = "Ukendt barn"
AT_ONCE: Final = 400
"""Keys asked for in one question: databases allow some hundreds."""


@dataclass(frozen=True, slots=True)
class Known:
    """A person we keep."""

    id: UUID
    name: str = field(repr=False)
    host_key: str | None = None
    cpr: Cpr | None = None
    born: date | None = None
    due_date: date | None = None
    mother_id: UUID | None = None
    address: str | None = field(default=None, repr=False)
    protected_address: bool = False

    @property
    def is_unborn(self) -> bool:
        """Whether it is a child that is expected."""
        return self.mother_id is not None and self.born is None

    @property
    def number_stands(self) -> bool:
        """Whether the address book has said that its number is its own."""
        return self.cpr is not None and is_confirmed(
            self.host_key, self.mother_id, self.address, protected=self.protected_address
        )

    @property
    def has_no_number(self) -> bool:
        """Whether nobody has its CPR number: not born, just born, or not known who it is."""
        return self.cpr is None and self.host_key is None


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody in a person's family."""

    person: Known
    tie: Tie


def is_confirmed(
    host_key: str | None, mother: UUID | None, address: str | None, *, protected: bool
) -> bool:
    """Tell whether the address book knows somebody, and not only because we told it of them.

    A child whose birth was noted here was made a party in the host, by what was typed. Where that
    is the address book too, it has them from us: it knows no address then.
    """
    return host_key is not None and (mother is None or bool(address) or protected)


def by_id(connection: sa.Connection, person: UUID) -> Known | None:
    """Return a person, or None."""
    return _one(connection, personer.c.id == person)


def by_cpr(connection: sa.Connection, cpr: Cpr) -> Known | None:
    """Return the person with this number, or None where we have not met them."""
    return _one(connection, personer.c.cpr == cpr.digits)


def unborn_of(connection: sa.Connection, mother: UUID) -> Sequence[Known]:
    """Return the children this person expects, or that nobody has said are born; the latest due
    first."""
    rows = connection.execute(
        sa.select(personer)
        .where(personer.c.mother_id == mother, personer.c.born.is_(None), personer.c.cpr.is_(None))
        .order_by(personer.c.due_date.desc(), personer.c.id)
    )
    return [_known(row) for row in rows]


def same_as(connection: sa.Connection, person: Person) -> Known | None:
    """Return who we keep that somebody in the address book is, or None."""
    found = _one(connection, personer.c.host_key == person.key)
    if found is None and person.cpr is not None:
        # Somebody a person typed in before the address book was asked.
        typed = sa.and_(personer.c.cpr == person.cpr.digits, personer.c.host_key.is_(None))
        found = _one(connection, typed)
    return found


def with_running_cases(connection: sa.Connection) -> Sequence[Known]:
    """Return the children open cases are about, as far as the address book can know them."""
    rows = connection.execute(
        sa.select(personer)
        .where(
            sa.or_(personer.c.host_key.is_not(None), personer.c.cpr.is_not(None)),
            personer.c.id.in_(sa.select(sager.c.child_id).where(sager.c.phase != "closed")),
        )
        .order_by(personer.c.id)
    )
    return [_known(row) for row in rows]


def keep(connection: sa.Connection, person: Person, *, now: datetime) -> UUID:
    """Keep what the address book says of a person, and return our key for them."""
    values = {**values_of(person), "seen_at": now}
    same = same_as(connection, person)
    known = same.id if same else None
    if known is None:
        known = uuid4()
        connection.execute(sa.insert(personer).values(id=known, **values))
    else:
        if values["born"] is None:
            del values["born"]  # that it is not told is no reason to forget it
        connection.execute(sa.update(personer).where(personer.c.id == known).values(**values))
    return known


def add(
    connection: sa.Connection,
    *,
    name: str,
    now: datetime,
    cpr: Cpr | None = None,
    mother: UUID | None = None,
    due_date: date | None = None,
) -> UUID:
    """Keep somebody the address book does not have, or has not been asked about yet."""
    new = uuid4()
    connection.execute(
        sa.insert(personer).values(
            id=new,
            name=name[:200],
            name_key=name_key(name),
            cpr=cpr.digits if cpr else None,
            born=cpr.born if cpr else None,
            mother_id=mother,
            due_date=due_date,
            protected_address=False,
            seen_at=now,
        )
    )
    return new


def children_named(
    connection: sa.Connection, keys: Iterable[str], *, born_after: date
) -> Sequence[str]:
    """Return the names of the children we know by one of these keys, each name once.

    :param keys: as `name_key` makes them.
    :param born_after: who is born by then is no child. An unknown birthday counts as one.
    """
    wanted = sorted(keys)
    found: dict[str, None] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = sa.select(personer.c.name).where(
            personer.c.name_key.in_(wanted[start : start + AT_ONCE]),
            sa.or_(personer.c.born.is_(None), personer.c.born > born_after),
        )
        found |= dict.fromkeys(connection.scalars(some.order_by(personer.c.id)))
    return tuple(found)


def set_due(connection: sa.Connection, unborn: UUID, due: date) -> None:
    """Change the day a child is expected."""
    connection.execute(sa.update(personer).where(personer.c.id == unborn).values(due_date=due))


def keep_ties(connection: sa.Connection, person: UUID, family: Iterable[tuple[UUID, Tie]]) -> None:
    """Keep a person's family as it is now, in place of what we knew."""
    connection.execute(sa.delete(ties).where(ties.c.person_id == person))
    rows = {other: tie for other, tie in family if other != person}
    if rows:
        connection.execute(
            sa.insert(ties),
            [{"person_id": person, "other_id": one, "tie": tie} for one, tie in rows.items()],
        )


def ties_of(connection: sa.Connection, person: UUID) -> Mapping[UUID, Tie]:
    """Return who is what to a person, as `keep_ties` kept it."""
    rows = connection.execute(
        sa.select(ties.c.other_id, ties.c.tie).where(ties.c.person_id == person)
    )
    return {row.other_id: Tie(row.tie) for row in rows}


def family_of(connection: sa.Connection, person: UUID) -> Sequence[Relative]:
    """Return a person's family as we last saw it. An unborn child is in it, and has it."""
    family = kin(person)
    rows = connection.execute(
        sa.select(personer, family.c.tie)
        .join(family, family.c.other_id == personer.c.id)
        .order_by(family.c.tie, personer.c.born)
    ).all()
    return [Relative(_known(row), Tie(row.tie)) for row in rows]


def parents_of(connection: sa.Connection, child: Known) -> Sequence[Relative]:
    """Return a child's parents, as far as their numbers are known.

    The mother of a child that is not born is who its case is about, and not among them.
    """
    about = child.mother_id if child.is_unborn else None
    return [
        one
        for one in family_of(connection, child.id)
        if one.tie in (Tie.MOTHER, Tie.FATHER)
        and one.person.cpr is not None
        and one.person.id != about
    ]


def keep_cases(
    connection: sa.Connection,
    person: UUID,
    cases: Iterable[tuple[Case, bool]],
    *,
    now: datetime,
) -> None:
    """Keep the host's cases on a person as they are now. The flag says the case is about them."""
    connection.execute(sa.delete(known_cases).where(known_cases.c.person_id == person))
    rows = [
        {
            "person_id": person,
            "host_key": case.ref.key,
            "number": case.ref.number,
            "title": case.title[:200],
            "subject_code": case.subject_code,
            "phase": case.phase,
            "primary": primary,
            "protected": case.protected,
            "created_at": case.created,
            "seen_at": now,
        }
        for case, primary in cases
    ]
    if rows:
        connection.execute(sa.insert(known_cases), rows)


def close_doors(
    connection: sa.Connection, kept: Mapping[str, UUID], related: Mapping[UUID, Iterable[str]]
) -> None:
    """Keep from employees the people they are, and those they are related to.

    :param kept: our keys of the people, by the address book's.
    :param related: for each child the address book's keys of its family, and of theirs.
    """
    wanted = set(kept) | {key for keys in related.values() for key in keys}
    staff = connection.execute(
        sa.select(employees.c.key, employees.c.person_key).where(employees.c.person_key.in_(wanted))
    ).all()
    for employee in staff:
        if employee.person_key in kept:
            _close(connection, employee.key, kept[employee.person_key], "selv")
        for child, keys in related.items():
            if employee.person_key in keys:
                _close(connection, employee.key, child, "familie")


def is_kept_from(connection: sa.Connection, employee: str, person: UUID) -> bool:
    """Tell whether somebody is a person, or is related to them."""
    family = sa.select(ties.c.other_id).where(ties.c.person_id == person)
    return bool(
        connection.scalar(
            sa.select(
                sa.exists().where(
                    conflicts.c.employee == employee,
                    sa.or_(conflicts.c.person_id == person, conflicts.c.person_id.in_(family)),
                )
            )
        )
    )


def _close(connection: sa.Connection, employee: str, person: UUID, relation: str) -> None:
    mine = sa.and_(conflicts.c.employee == employee, conflicts.c.person_id == person)
    if connection.scalar(sa.select(conflicts.c.relation).where(mine)) is None:
        connection.execute(
            sa.insert(conflicts).values(employee=employee, person_id=person, relation=relation)
        )


def _one(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Known | None:
    row = connection.execute(sa.select(personer).where(where).limit(1)).one_or_none()
    return None if row is None else _known(row)


def _known(row: sa.Row[Any]) -> Known:
    return Known(
        row.id,
        row.name,
        row.host_key,
        Cpr(row.cpr) if row.cpr else None,
        row.born,
        row.due_date,
        row.mother_id,
        row.address,
        row.protected_address,
    )
