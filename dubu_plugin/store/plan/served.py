"""The indsatser that serve the goals of a plan: the link between goal and opfølgning."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.store.tables import indsats_maal, indsatser

GOING: Final = frozenset({IndsatsState.PLANLAGT, IndsatsState.I_GANG})


@dataclass(frozen=True, slots=True)
class Serving:
    """An indsats that serves a goal."""

    id: UUID
    code: str
    state: str
    starts_on: date
    ended_on: date | None
    """Its last day; None where it has not ended."""
    person: UUID
    """The child that gets it."""

    @property
    def is_going(self) -> bool:
        """Whether it runs or is planned."""
        return self.state in GOING


@dataclass(frozen=True, slots=True)
class Served:
    """The indsatser that serve the goals of a plan."""

    by_goal: Mapping[UUID, Sequence[Serving]]
    going: Sequence[Serving]
    """The indsatser on the case that run or are planned: what a goal can be served by."""
    place_is_hidden: bool
    """The child lives where its parents may not know (§ 105)."""


def served_by(
    connection: sa.Connection, goals: Collection[UUID]
) -> Mapping[UUID, Sequence[Serving]]:
    """Return the indsatser that serve each goal, the first begun first; what was given up is not
    among them."""
    return serving(connection, goals).by_goal


def serving(
    connection: sa.Connection, goals: Collection[UUID], *, sag: UUID | None = None
) -> Served:
    """Return the same, with what else is going on the case, and whether one on it is at a place its
    parents may not know.

    :param sag: the case; None where nobody asks of more than the goals.
    """
    found: dict[UUID, list[Serving]] = {goal: [] for goal in goals}
    if not found and sag is None:
        return Served(found, (), place_is_hidden=False)
    its, link = indsatser.c, indsats_maal.c
    serves = link.maal_id.in_(goals)
    hides = sa.and_(its.sag_id == sag, its.place_hidden == sa.true(), its.ended_on.is_(None))
    linked = sa.select(link.indsats_id).where(serves)
    rows = connection.execute(
        sa.select(
            link.maal_id,
            its.id,
            its.code,
            its.state,
            its.starts_on,
            its.ended_on,
            its.person_id,
            hides.label("hides"),
            (its.sag_id == sag).label("here"),
        )
        .select_from(indsatser.outerjoin(indsats_maal, sa.and_(link.indsats_id == its.id, serves)))
        .where(sa.or_(its.id.in_(linked), its.sag_id == sag) if sag else its.id.in_(linked))
        .order_by(its.starts_on, its.id)
    ).all()
    going: dict[UUID, Serving] = {}
    for row in rows:
        one = Serving(row.id, row.code, row.state, row.starts_on, row.ended_on, row.person_id)
        if row.maal_id is not None and row.state != IndsatsState.OPGIVET:
            found[row.maal_id].append(one)
        if row.here and one.is_going:
            going[one.id] = one
    hidden = any(row.hides for row in rows)
    return Served(found, list(going.values()), place_is_hidden=hidden)


def tie(
    connection: sa.Connection, sag: UUID, wanted: Mapping[UUID, Mapping[UUID, bool]]
) -> Collection[UUID]:
    """Store which indsatser serve each goal and which do not, and return those that are not going
    on the case: then nothing is stored. What has ended serves the goals it served.

    :param wanted: by goal, whether each indsats serves it; what is not named stays as it was.
    """
    asked = {one for its in wanted.values() for one in its}
    going = {one.id for one in serving(connection, (), sag=sag).going} if asked else set()
    if strange := asked - going:
        return strange
    link = indsats_maal.c
    for goal, its in wanted.items():
        there = sa.and_(link.maal_id == goal, link.indsats_id.in_(its))
        connection.execute(sa.delete(indsats_maal).where(there))
    rows = [
        {"indsats_id": one, "maal_id": goal}
        for goal, its in wanted.items()
        for one, serves in its.items()
        if serves
    ]
    if rows:
        connection.execute(sa.insert(indsats_maal), rows)
    return ()
