"""How far the journal is followed, and which cases are copied."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.tables import journalcursor, journalkopier, sager


def cursor(connection: sa.Connection, host: str) -> str | None:
    """Return how far the host's changes are read; None where they never were."""
    mine = journalcursor.c.host == host
    return connection.scalar(sa.select(journalcursor.c.cursor).where(mine))


def keep_cursor(connection: sa.Connection, host: str, cursor: str | None, *, now: datetime) -> None:
    """Remember how far the host's changes are read."""
    c, values = journalcursor, {"cursor": cursor, "read_at": now}
    if connection.execute(sa.update(c).where(c.c.host == host).values(**values)).rowcount == 0:
        connection.execute(sa.insert(c).values(host=host, **values))


def copied(connection: sa.Connection, host_keys: Collection[str]) -> Sequence[UUID]:
    """Return which of our cases these of the host's are, of those copied before."""
    if not host_keys:
        return ()
    return connection.scalars(
        sa.select(sager.c.id)
        .join(journalkopier, journalkopier.c.sag_id == sager.c.id)
        .where(sager.c.host_key.in_(sorted(host_keys)))
        .order_by(sager.c.id)
    ).all()


def never_copied(connection: sa.Connection, most: int) -> Sequence[UUID]:
    """Return some of the cases that run and are not copied, those opened last first."""
    known = sa.exists().where(journalkopier.c.sag_id == sager.c.id)
    return connection.scalars(
        sa.select(sager.c.id)
        .where(sager.c.host_key.is_not(None), sager.c.phase != CLOSED, ~known)
        .order_by(sager.c.opened_at.desc())
        .limit(most)
    ).all()


def tried(connection: sa.Connection, sag: UUID, *, now: datetime) -> None:
    """Remember that the host does not show a case, so that the others get their turn."""
    known = sa.select(journalkopier.c.sag_id).where(journalkopier.c.sag_id == sag)
    if connection.scalar(known) is None:
        connection.execute(sa.insert(journalkopier).values(sag_id=sag, copied_at=now))
