"""What is known of a child's family before anybody decides: who they are, their cases, what came.

Underretninger must be read together with earlier ones about the child and its siblings, and with
what runs on the adults (barnets lov § 136; Folketingets Ombudsmand on earlier underretninger).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.alder import AFTER
from dubu_plugin.domain.forloeb import Fact
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.access import visible_sager, visible_underretninger
from dubu_plugin.store.family import personer as people
from dubu_plugin.store.family.kinship import OF_UNBORN
from dubu_plugin.store.family.personer import Relative
from dubu_plugin.store.min_dag.fravaer import Leaders
from dubu_plugin.store.sag import sag_events
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.staff import does_casework
from dubu_plugin.store.tables import candidates, employees, known_cases, personer, sager, units
from dubu_plugin.store.underretning.earlier import Earlier, earlier
from dubu_plugin.store.unit_names import employee_names

MOST_CASES: Final = 12


@dataclass(frozen=True, slots=True)
class HostCase:
    """A case of the host's on somebody in the family."""

    person: UUID
    host_key: str
    number: str | None
    title: str = field(repr=False)
    phase: str
    primary: bool
    protected: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case of ours on the child or a sibling, which the asker may see."""

    sag: UUID
    child: UUID
    area: str
    step: str
    """Where what came in brought it."""
    phase: str
    has_indsats: bool
    responsible_name: str | None
    course: Sequence[Fact]
    """What has happened on it: where it is now is read from that."""


@dataclass(frozen=True, slots=True)
class ShutCase:
    """A case of ours on somebody in the family that the asker may not open."""

    about: UUID
    protected: bool
    """Then nothing is told of it, nor whom it is about."""
    closed: bool
    unit_title: str | None
    ring: str | None
    """The name of who leads the unit that has it."""


@dataclass(frozen=True, slots=True)
class Family:
    """All of it, as far as the policy opens it to the asker.

    Where the child's case is closed to them they learn who has it, and of the family nothing.
    """

    relatives: Sequence[Relative]
    earlier: Sequence[Earlier]
    names: Mapping[UUID, str] = field(repr=False)
    """The child's and the relatives' names."""
    own_cases: Sequence[OwnCase]
    host_cases: Sequence[HostCase]
    shut: Sequence[ShutCase] = ()
    """What runs on the family elsewhere, and whom to ring."""
    is_shut: bool = False
    """The child's own case is closed to the asker."""

    @property
    def siblings(self) -> Sequence[Relative]:
        """The child's brothers and sisters."""
        return [one for one in self.relatives if one.tie is Tie.SIBLING]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A likely child, and why."""

    person: UUID
    name: str = field(repr=False)
    cpr: str | None = field(repr=False)
    born: date | None
    termin: date | None
    protected_address: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here."""

    key: str
    name: str
    title: str | None
    unit: str | None
    roles: frozenset[str]
    unit_name: str | None = None


def family(
    connection: sa.Connection, who: Asker, child: UUID, *, but: UUID, since: datetime
) -> Family:
    """Return what is known of the family.

    :param but: the underretning that is being looked at.
    :param since: how far back earlier underretninger are listed.
    """
    relatives = people.family_of(connection, child)
    return _of(connection, who, child, relatives, but=but, since=since)


def family_of_unborn(
    connection: sa.Connection, who: Asker, mother: UUID, *, on: date, but: UUID, since: datetime
) -> Family:
    """Return what is known of the family a child is expected in; see `family`.

    A child who must have been born before is a sibling, though nobody has said that it is born.

    :param on: the day the underretning came.
    :param mother: who expects it. Its case, where there is one, is among the children's.
    """
    known = people.by_id(connection, mother)
    expected = people.unborn_of(connection, mother)
    unborn = next((one for one in expected if one.due_date and on <= one.due_date + AFTER), None)
    hers = [
        Relative(one.person, OF_UNBORN.get(one.tie, Tie.OTHER))
        for one in people.family_of(connection, mother)
        if unborn is None or one.person.id != unborn.id
    ]
    relatives = [Relative(known, Tie.MOTHER), *hers] if known else hers
    return _of(connection, who, unborn.id if unborn else mother, relatives, but=but, since=since)


def _of(
    connection: sa.Connection, who: Asker, child: UUID, relatives: Sequence[Relative], *,
    but: UUID, since: datetime,
) -> Family:  # fmt: skip
    name = connection.scalar(sa.select(personer.c.name).where(personer.c.id == child)) or ""
    persons = [child, *(one.person.id for one in relatives)]
    own, shut = _cases(connection, who, persons)
    theirs = [one for one in shut if one.about == child]
    if theirs and not any(one.child == child for one in own):
        return Family((), (), {child: name}, (), (), theirs[:1], is_shut=True)
    hidden = {one.about for one in shut if one.protected}
    relatives = [one for one in relatives if one.person.id not in hidden]
    names = {child: name} | {one.person.id: one.person.name for one in relatives}
    children = [child, *(one.person.id for one in relatives if one.tie is Tie.SIBLING)]
    may_read = visible_underretninger(who, Act.READ)
    return Family(
        relatives,
        earlier(connection, children, but=but, since=since, opens=may_read),
        names,
        [one for one in own if one.child in children],
        _host_cases(connection, list(names)),
        shut,
    )


def likely(connection: sa.Connection, underretning: UUID, *also: UUID) -> Sequence[Candidate]:
    """Return the likely children, the likeliest first, and some that were chosen or looked up."""
    mine = candidates.c.underretning_id == underretning
    which = sa.select(candidates.c.person_id).where(mine)
    rows = connection.execute(
        sa.select(personer, candidates.c.reasons)
        .select_from(
            personer.outerjoin(candidates, sa.and_(candidates.c.person_id == personer.c.id, mine))
        )
        .where(sa.or_(personer.c.id.in_(which), personer.c.id.in_(also)))
        .order_by(
            last_where(candidates.c.score.is_(None)), candidates.c.score.desc(), personer.c.name
        )
    )
    return [
        Candidate(
            row.id,
            row.name,
            row.cpr,
            row.born,
            row.due_date,
            row.protected_address,
            tuple((row.reasons or "").split(",")) if row.reasons else (),
        )
        for row in rows
    ]


def some(connection: sa.Connection, which: Sequence[UUID]) -> Sequence[Candidate]:
    """Return some people we keep, as they are shown among likely children."""
    rows = connection.execute(
        sa.select(personer).where(personer.c.id.in_(which)).order_by(personer.c.name)
    )
    return [
        Candidate(row.id, row.name, row.cpr, row.born, row.due_date, row.protected_address, ())
        for row in rows
    ]


def colleagues(connection: sa.Connection) -> Sequence[Colleague]:
    """Return everybody who works here now, by name."""
    rows = connection.execute(
        sa.select(employees, units.c.title.label("unit_name"))
        .select_from(employees.outerjoin(units, units.c.key == employees.c.unit))
        .where(does_casework())
        .order_by(employees.c.name)
    )
    return [
        Colleague(
            row.key,
            row.name,
            row.title,
            row.unit,
            frozenset(row.roles.split(",")),
            row.unit_name,
        )
        for row in rows
    ]


def _cases(
    connection: sa.Connection, who: Asker, persons: Sequence[UUID]
) -> tuple[Sequence[OwnCase], Sequence[ShutCase]]:
    """Return our cases on some people: those the asker may see, and those they may not."""
    rows = connection.execute(
        sa.select(
            sager.c.id,
            sager.c.child_id,
            sager.c.area,
            sager.c.step,
            sager.c.phase,
            sager.c.has_indsats,
            sager.c.unit,
            employees.c.name,
            units.c.title,
            sager.c.protected,
            personer.c.protected_address,
            sa.case((visible_sager(who, Act.SEARCH), 1), else_=0).label("opens"),
        )
        .select_from(
            sager.join(personer, personer.c.id == sager.c.child_id)
            .outerjoin(employees, employees.c.key == sager.c.responsible)
            .outerjoin(units, units.c.key == sager.c.unit)
        )
        .where(sager.c.child_id.in_(persons))
        .order_by(sager.c.phase, sager.c.opened_at.desc())
    ).all()
    told = sag_events.courses(connection, [row.id for row in rows if row.opens])
    own = [
        OwnCase(
            row.id,
            row.child_id,
            row.area,
            row.step,
            row.phase,
            row.has_indsats,
            row.name,
            told[row.id],
        )
        for row in rows
        if row.opens
    ]
    closed_doors = [row for row in rows if not row.opens]
    if not closed_doors:
        return own, ()
    leaders = Leaders.read(connection)
    leads = {row.unit: leaders.of(row.unit, {}) for row in closed_doors}
    names = employee_names(connection, [key for key in leads.values() if key])
    return own, [
        ShutCase(
            row.child_id,
            row.protected or row.protected_address,
            row.phase == "closed",
            row.title,
            names.get(leads[row.unit] or ""),
        )
        for row in closed_doors
    ]


def _host_cases(connection: sa.Connection, who: Sequence[UUID]) -> Sequence[HostCase]:
    ours = sa.exists().where(sager.c.host_key == known_cases.c.host_key)
    rows: sa.CursorResult[Any] = connection.execute(
        sa.select(known_cases)
        .where(known_cases.c.person_id.in_(who), sa.not_(ours))
        .order_by(last_where(known_cases.c.phase == "closed"), known_cases.c.created_at.desc())
        .limit(MOST_CASES)
    )
    return [
        HostCase(
            row.person_id, row.host_key, row.number, row.title, row.phase, row.primary,
            row.protected, row.created_at,
        )
        for row in rows
    ]  # fmt: skip
