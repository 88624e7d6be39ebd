"""Which installation the database belongs to."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.tables import installation


def key(connection: sa.Connection) -> UUID | None:
    """Return the installation's key, or None where nobody has set the database up."""
    if not sa.inspect(connection).has_table(installation.name):
        return None
    found: UUID | None = connection.scalar(sa.select(installation.c.key))
    return found


def mark(connection: sa.Connection, key: UUID, *, now: datetime) -> None:
    """Say whose the database is from now on."""
    connection.execute(sa.delete(installation))
    connection.execute(sa.insert(installation).values(id=1, key=key, set_up_at=now))
