"""The needs a skrift names. Each is the same through all versions, and in what grows from it.

What a need says is a text like any other, at the place `place_of_behov` gives it. One whose text is
empty in a version is not there in that version; what points back to it still finds it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.skrift import place_of_behov
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.store.tables import behov

TEXT: Final = "behov"
"""The field a need's words stand in."""


@dataclass(frozen=True, slots=True)
class Behov:
    """A need that is not met."""

    id: UUID
    dimension: str
    position: int
    same_as: UUID | None
    text: str = field(repr=False, default="")

    @property
    def place(self) -> str:
        """Where its texts stand."""
        return place_of_behov(self.id)


def add(
    connection: sa.Connection,
    skrift: UUID,
    dimension: str,
    *,
    same_as: UUID | None = None,
    key: UUID | None = None,
) -> UUID:
    """Store a need after the others in its dimension, and return its key. Its text comes after.

    :param key: the one a form has given it already; None for a new one.
    """
    number = key or uuid4()
    last = connection.scalar(
        sa.select(sa.func.max(behov.c.position)).where(
            behov.c.skrift_id == skrift, behov.c.dimension == dimension
        )
    )
    connection.execute(
        sa.insert(behov).values(
            id=number,
            skrift_id=skrift,
            dimension=dimension,
            position=(last or 0) + 1,
            same_as=same_as,
        )
    )
    return number


def of_skrift(connection: sa.Connection, skrift: UUID, texts: Texts) -> Sequence[Behov]:
    """Return the needs a version names, those of a dimension in their order.

    :param texts: what the version says; a need without words there is left out.
    """
    every = ever_of(connection, skrift, texts)
    return [one for one in every if one.text]


def ever_of(connection: sa.Connection, skrift: UUID, texts: Texts) -> Sequence[Behov]:
    """Return every need there has been, also those a version says nothing of any more."""
    rows = connection.execute(
        sa.select(behov.c.id, behov.c.dimension, behov.c.position, behov.c.same_as)
        .where(behov.c.skrift_id == skrift)
        .order_by(behov.c.dimension, behov.c.position)
    )
    found = []
    for row in rows:
        said = texts.get((place_of_behov(row.id), TEXT))
        words = said.text if said is not None else ""
        found.append(Behov(row.id, row.dimension, row.position, row.same_as, words))
    return found


def same_as(connection: sa.Connection, skrifter: Collection[UUID]) -> Mapping[UUID, UUID]:
    """Return which need each need of some skrifter grew from, where it grew from one."""
    rows = connection.execute(
        sa.select(behov.c.id, behov.c.same_as).where(
            behov.c.skrift_id.in_(skrifter), behov.c.same_as.is_not(None)
        )
    )
    return {row.id: row.same_as for row in rows}


def places(connection: sa.Connection, skrift: UUID, dimension: str) -> Mapping[str, UUID]:
    """Return every place a need of a dimension has had, with its key; its text may be empty."""
    rows = connection.scalars(
        sa.select(behov.c.id)
        .where(behov.c.skrift_id == skrift, behov.c.dimension == dimension)
        .order_by(behov.c.position)
    )
    return {place_of_behov(number): number for number in rows}


def is_known(connection: sa.Connection, number: UUID) -> bool:
    """Tell whether there is a need with this key in any skrift."""
    return connection.scalar(sa.select(behov.c.id).where(behov.c.id == number)) is not None


def is_of(connection: sa.Connection, skrift: UUID, place: str) -> bool:
    """Tell whether a place is that of a need of the skrift."""
    try:
        number = UUID(place.partition(":")[2])
    except ValueError:
        return False
    mine = sa.and_(behov.c.id == number, behov.c.skrift_id == skrift)
    return connection.scalar(sa.select(behov.c.id).where(mine)) is not None
