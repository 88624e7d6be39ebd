"""Whether the concrete place of a placement is decided (barnets lov §§ 52 and 98)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState, Outcome
from dubu_plugin.store.tables import afgoerelser


@dataclass(frozen=True, slots=True)
class OfPlace:
    """A decision on a case: the one a placement rests on, or one about a place."""

    id: UUID
    decided_on: date | None
    ends_on: date | None
    is_open: bool
    gives: bool


def of_places(
    connection: sa.Connection, sag: UUID, rests: UUID, matters: Collection[str]
) -> tuple[OfPlace | None, Sequence[OfPlace]]:
    """Return the decision a placement rests on, and those of the case about these matters."""
    its = afgoerelser.c
    rows = connection.execute(
        sa.select(its.skrift_id, its.decided_on, its.ends_on, its.state, its.outcome).where(
            its.sag_id == sag, sa.or_(its.matter.in_(sorted(matters)), its.skrift_id == rests)
        )
    )
    found = [
        OfPlace(
            row.skrift_id, row.decided_on, row.ends_on,
            row.state == AfgoerelseState.FORBEREDES,
            row.state == AfgoerelseState.AENDRET
            or (row.state == AfgoerelseState.TRUFFET and row.outcome != Outcome.AFSLAG),
        )
        for row in rows
    ]  # fmt: skip
    ground = next((one for one in found if one.id == rests), None)
    return ground, [one for one in found if one.id != rests]
