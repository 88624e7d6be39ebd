"""The indsatser that serve the goals of a plan: the link between goal and opfølgning."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.tables import indsats_maal, indsatser


@dataclass(frozen=True, slots=True)
class Serving:
    """An indsats that serves a goal."""

    id: UUID
    code: str
    state: str
    starts_on: date
    ended_on: date | None
    """Its last day; None where it has not ended."""


@dataclass(frozen=True, slots=True)
class Served:
    """The indsatser that serve the goals of a plan."""

    by_goal: Mapping[UUID, Sequence[Serving]]
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
    """Return the same, and whether one on the case is at a place its parents may not know.

    :param sag: the case; None where nobody asks of the place.
    """
    found: dict[UUID, list[Serving]] = {goal: [] for goal in goals}
    if not found and sag is None:
        return Served(found, place_is_hidden=False)
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
            hides.label("hides"),
        )
        .select_from(indsatser.outerjoin(indsats_maal, sa.and_(link.indsats_id == its.id, serves)))
        .where(sa.or_(its.id.in_(linked), its.sag_id == sag) if sag else its.id.in_(linked))
        .order_by(its.starts_on, its.id)
    ).all()
    for row in rows:
        if row.maal_id is not None and row.state != "opgivet":
            found[row.maal_id].append(
                Serving(row.id, row.code, row.state, row.starts_on, row.ended_on)
            )
    return Served(found, place_is_hidden=any(row.hides for row in rows))
