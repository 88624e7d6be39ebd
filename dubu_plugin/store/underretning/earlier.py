"""Other underretninger about a family, which the law has read together (barnets lov § 136)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.store.tables import underretninger, vurderinger
from dubu_plugin.store.underretning.underretninger import OTHER


@dataclass(frozen=True, slots=True)
class Earlier:
    """An underretning about the family, for the list of what is known."""

    id: UUID
    received_at: datetime
    child_id: UUID
    underretter: str | None
    next_step: str | None
    sag_id: UUID | None


def earlier(
    connection: sa.Connection,
    children: Iterable[UUID],
    *,
    but: UUID,
    opens: sa.ColumnElement[bool],
    since: datetime | None = None,
    limit: int = 20,
) -> Sequence[Earlier]:
    """Return other underretninger about these children, the newest first.

    :param opens: the condition of those that may be read by whoever asks.
    """
    newest = (
        sa.select(vurderinger.c.next_step)
        .where(vurderinger.c.underretning_id == underretninger.c.id)
        .order_by(vurderinger.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = sa.select(
        underretninger.c.id,
        underretninger.c.received_at,
        underretninger.c.child_id,
        underretninger.c.underretter,
        newest.label("next_step"),
        underretninger.c.sag_id,
    ).where(
        opens,
        underretninger.c.child_id.in_(list(children)),
        underretninger.c.id != but,
        underretninger.c.state != OTHER,
        underretninger.c.henvendelse != Henvendelse.ANSOEGNING,
    )
    if since is not None:
        query = query.where(underretninger.c.received_at >= since)
    rows = connection.execute(query.order_by(underretninger.c.received_at.desc()).limit(limit))
    return [Earlier(*row) for row in rows]
