"""A child's brothers and sisters, which parents they share, and the cases they have.

Read both ways: who the address book calls a sibling, and every other child of the same parents.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.netvaerk import PARENTS, Faelles, Rolle, shared
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.access import visible_sager
from dubu_plugin.store.tables import netvaerk, netvaerk_udgaver, personer, sager, ties

UP: Final = (Tie.MOTHER.value, Tie.FATHER.value)


@dataclass(frozen=True, slots=True)
class Sibling:
    """A brother or sister."""

    person: UUID
    name: str = field(repr=False)
    born: date | None
    protected_address: bool
    faelles: Faelles
    through: frozenset[UUID]
    """The parents they share, as far as is known."""
    sag: UUID | None
    """Their case, where the asker may see it."""
    closed: bool


def of_child(
    connection: sa.Connection, who: Asker, child: UUID, parents: Set[UUID], called: Set[UUID]
) -> Sequence[Sibling]:
    """Return the siblings, the oldest first.

    One who is no sibling in the address book, and whose case is closed to the asker, is left out:
    that there is such a child is not theirs to learn here.

    :param parents: the child's own, as its network has them.
    :param called: who the network says is a sibling.
    """
    others = _children_of(connection, parents) - called - {child}
    if not called and not others:
        return ()
    theirs = _parents_of(connection, [*called, *others])
    rows = connection.execute(
        sa.select(
            personer.c.id, personer.c.name, personer.c.born, personer.c.protected_address,
            sager.c.id.label("sag"), sager.c.phase,
            sa.case((visible_sager(who, Act.SEARCH), 1), else_=0).label("opens"),
        )
        .select_from(personer.outerjoin(sager, sager.c.child_id == personer.c.id))
        .where(personer.c.id.in_({*called, *others}))
        .order_by(personer.c.born, personer.c.name, sager.c.phase, sager.c.opened_at.desc())
    ).all()  # fmt: skip
    shut = {row.id for row in rows if row.sag is not None and not row.opens}
    found: dict[UUID, Sibling] = {}
    for row in rows:
        hidden = row.id in others and (row.id in shut or row.protected_address)
        if row.id in found or hidden:
            continue
        same, through = shared(parents, theirs[row.id])
        sag = row.sag if row.opens else None
        found[row.id] = Sibling(
            row.id, row.name, row.born, row.protected_address, same, through, sag,
            bool(sag) and row.phase == "closed",
        )  # fmt: skip
    return list(found.values())


def _written_of(*roles: Rolle) -> sa.Select[tuple[UUID]]:
    newest = sa.and_(
        netvaerk_udgaver.c.netvaerk_id == netvaerk.c.id,
        netvaerk_udgaver.c.number == netvaerk.c.version,
    )
    return (
        sa.select(netvaerk.c.other_id)
        .join_from(netvaerk, netvaerk_udgaver, newest)
        .where(netvaerk_udgaver.c.role.in_(sorted(roles)), netvaerk_udgaver.c.ended_on.is_(None))
    )


def _parents_of(connection: sa.Connection, of: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    told = sa.select(ties.c.person_id.label("child"), ties.c.other_id.label("parent")).where(
        ties.c.person_id.in_(of), ties.c.tie.in_(UP)
    )
    other_way = sa.select(ties.c.other_id, ties.c.person_id).where(
        ties.c.other_id.in_(of), ties.c.tie == Tie.CHILD.value
    )
    written = (
        _written_of(*PARENTS)
        .with_only_columns(netvaerk.c.child_id, netvaerk.c.other_id)
        .where(netvaerk.c.child_id.in_(of))
    )
    found: dict[UUID, set[UUID]] = {one: set() for one in of}
    for row in connection.execute(sa.union(told, other_way, written)):
        found[row[0]].add(row[1])
    return found


def _children_of(connection: sa.Connection, parents: Set[UUID]) -> set[UUID]:
    if not parents:
        return set()
    told = sa.select(ties.c.other_id).where(
        ties.c.person_id.in_(parents), ties.c.tie == Tie.CHILD.value
    )
    other_way = sa.select(ties.c.person_id).where(ties.c.other_id.in_(parents), ties.c.tie.in_(UP))
    written = (
        _written_of(*PARENTS)
        .with_only_columns(netvaerk.c.child_id)
        .where(netvaerk.c.other_id.in_(parents))
    )
    return set(connection.scalars(sa.union(told, other_way, written)))
