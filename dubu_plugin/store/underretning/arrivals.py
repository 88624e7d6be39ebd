"""What came in, on its way into the database, and under which of the host's keys it came."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.store.tables import post_deliveries, post_files, post_items
from dubu_plugin.store.underretning.underretninger import Post, post_where

_ADD_POST: Final = sa.insert(post_items)


def add_post(connection: sa.Connection, values: Mapping[str, Any]) -> UUID:
    """Store an item of post and return its key."""
    new = uuid4()
    connection.execute(_ADD_POST, {"id": new, **values})
    return new


def add_files(connection: sa.Connection, post: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store what was in an item, in order."""
    if rows:
        connection.execute(
            sa.insert(post_files),
            [
                {"id": uuid4(), "post_id": post, "position": position, **row}
                for position, row in enumerate(rows)
            ],
        )


def post_under(connection: sa.Connection, host_key: str) -> Post | None:
    """Return the item the host handed over under this key, or None."""
    taken = sa.select(post_deliveries.c.post_id).where(post_deliveries.c.host_key == host_key)
    return post_where(connection, post_items.c.id == taken.scalar_subquery())


def note_delivery(connection: sa.Connection, host_key: str, post: UUID, *, now: datetime) -> None:
    """Remember under which key the host handed an item over."""
    known = sa.select(post_deliveries.c.post_id).where(post_deliveries.c.host_key == host_key)
    if connection.scalar(known) is None:
        connection.execute(
            sa.insert(post_deliveries).values(host_key=host_key, post_id=post, taken_at=now)
        )


def taken_in(connection: sa.Connection, host_keys: Sequence[str]) -> set[str]:
    """Return those of the host's keys that have been taken in."""
    query = sa.select(post_deliveries.c.host_key).where(post_deliveries.c.host_key.in_(host_keys))
    return set(connection.scalars(query))
