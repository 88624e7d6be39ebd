"""What texts of a skrift were copied from: another skrift, and whose it is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.tables import personer, skrifter


@dataclass(frozen=True, slots=True)
class Origin:
    """A skrift that texts were copied from: its kind, and whose it is."""

    kind: SkriftKind
    person: UUID
    name: str = field(repr=False)


def origins(connection: sa.Connection, ids: Collection[UUID]) -> Mapping[UUID, Origin]:
    """Return what texts were copied from, by the keys they name."""
    if not ids:
        return {}
    rows = connection.execute(
        sa.select(skrifter.c.id, skrifter.c.kind, skrifter.c.person_id, personer.c.name)
        .join(personer, personer.c.id == skrifter.c.person_id)
        .where(skrifter.c.id.in_(ids))
    )
    return {row.id: Origin(SkriftKind(row.kind), row.person_id, row.name) for row in rows}
