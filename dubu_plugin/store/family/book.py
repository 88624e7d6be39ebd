"""Who around the open cases the address book can be asked about, and what it said last."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.folding import name_key
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.ports.persons import Person, Tie
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.tables import haendelser, netvaerk, personer, sager, ties


def values_of(person: Person) -> dict[str, Any]:
    """Return what the address book says of a person, as it is kept."""
    return {
        "host_key": person.key,
        "name": person.name[:200],
        "name_key": name_key(person.name),
        "cpr": person.cpr.digits if person.cpr else None,
        "born": person.born or (person.cpr.born if person.cpr else None),
        "address": person.address[:300] if person.address else None,
        "protected_address": person.protected_address,
        "phone": person.phone[:40] if person.phone else None,
        "email": person.email[:200] if person.email else None,
    }


def stands(connection: sa.Connection, person: Person) -> bool:
    """Tell whether everything the address book says of a person is what we keep already.

    A date of birth it does not tell is no difference.
    """
    said = values_of(person)
    if said["born"] is None:
        del said["born"]
    kept = connection.execute(
        sa.select(*(personer.c[name] for name in said)).where(personer.c.host_key == person.key)
    ).one_or_none()
    return kept is not None and kept._asdict() == said


def around_running_cases(connection: sa.Connection) -> Sequence[str]:
    """Return the address book's keys of those around the children of open cases: family, and
    whoever was written into their networks. The children themselves are not among them."""
    running = sa.select(sager.c.child_id).where(sager.c.phase != CLOSED)
    around = sa.union(
        sa.select(ties.c.other_id).where(ties.c.person_id.in_(running)),
        sa.select(netvaerk.c.other_id).where(netvaerk.c.child_id.in_(running)),
        sa.select(personer.c.mother_id).where(
            personer.c.id.in_(running), personer.c.mother_id.is_not(None)
        ),
    )
    return connection.scalars(
        sa.select(personer.c.host_key)
        .where(
            personer.c.host_key.is_not(None),
            personer.c.id.in_(around),
            personer.c.id.not_in(running),
        )
        .order_by(personer.c.id)
    ).all()


def has_family(
    connection: sa.Connection, child: UUID, family: Mapping[str, Tie], but: Collection[UUID]
) -> bool:
    """Tell whether the family the address book says a child has is what we keep already.

    :param family: who is what to it, by the address book's keys.
    :param but: those of whom it is no difference that the book does not name them.
    """
    rows = connection.execute(
        sa.select(personer.c.host_key, personer.c.id, ties.c.tie)
        .join_from(ties, personer, personer.c.id == ties.c.other_id)
        .where(ties.c.person_id == child)
    ).all()
    kept = {row.host_key or str(row.id): Tie(row.tie) for row in rows}
    stays = {row.host_key or str(row.id) for row in rows if row.id in but} - family.keys()
    return {key: tie for key, tie in kept.items() if key not in stays} == dict(family)


def is_told(connection: sa.Connection, child: UUID, person: UUID, word: str) -> bool:
    """Tell whether something of somebody is told on every open case of a child already."""
    its = haendelser.c
    told = sa.exists().where(
        its.sag_id == sager.c.id,
        its.type == Haendelse.PERSONOPLYSNINGER_AENDRET,
        its.person_id == person,
        its.data.contains(f'"{word}":true'),
    )
    open_cases = sa.and_(sager.c.child_id == child, sager.c.phase != CLOSED)
    return connection.execute(sa.select(sager.c.id).where(open_cases, ~told)).first() is None


def children_of(connection: sa.Connection, person: UUID) -> Sequence[UUID]:
    """Return the children with open cases somebody is around: their family or in their network.

    Somebody with an open case of their own is not among them by that.
    """
    around = sa.union(
        sa.select(ties.c.person_id).where(ties.c.other_id == person),
        sa.select(netvaerk.c.child_id).where(netvaerk.c.other_id == person),
        sa.select(personer.c.id).where(personer.c.mother_id == person),
    )
    return connection.scalars(
        sa.select(sager.c.child_id)
        .where(sager.c.child_id.in_(around), sager.c.child_id != person, sager.c.phase != CLOSED)
        .distinct()
    ).all()
