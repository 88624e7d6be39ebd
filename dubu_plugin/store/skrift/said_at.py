"""Where something is written in some skrifter, without what it says."""

from collections.abc import Collection, Mapping, Set
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.skrift.tekster import At
from dubu_plugin.store.tables import tekster


def said_at(connection: sa.Connection, ids: Collection[UUID]) -> Mapping[UUID, Set[At]]:
    """Return where the newest version of each says something, by the key of the skrift."""
    found: dict[UUID, set[At]] = {one: set() for one in ids}
    if not found:
        return found
    its = tekster.c
    rows = connection.execute(
        sa.select(its.skrift_id, its.place, its.field, sa.case((its.text != "", 1), else_=0))
        .where(its.skrift_id.in_(found))
        .order_by(its.version)
    )
    for skrift, place, name, is_said in rows:
        (found[skrift].add if is_said else found[skrift].discard)((place, name))
    return found
