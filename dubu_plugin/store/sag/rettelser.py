"""What a person noted on a case and then took back or put right. It stays in the chain, and is as
if it had not happened wherever somebody asks what has."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.deadlines.states import stands
from dubu_plugin.store.tables import rettelser
from dubu_plugin.store.transaction import Work


def is_taken_back() -> sa.ColumnElement[bool]:
    """Return the condition of hændelser that were taken back or put right."""
    return sa.not_(stands())


def take_back(work: Work, wrong: UUID, sag: UUID, *, by: UUID, reason: str) -> None:
    """Remember that a hændelse did not happen as it was noted.

    :param by: the hændelse that says so.
    """
    row = {"id": by, "haendelse_id": wrong, "sag_id": sag, "reason": reason}
    work.connection.execute(sa.insert(rettelser).values(row))


def put_right(work: Work, by: UUID, new: UUID) -> None:
    """Remember which hændelse is the right one."""
    work.connection.execute(sa.update(rettelser).where(rettelser.c.id == by).values(new_id=new))


def reasons(connection: sa.Connection, sag: UUID) -> Mapping[UUID, tuple[str, bool]]:
    """Return why each was taken back, and whether another stands in its place, by its key."""
    rows = connection.execute(sa.select(rettelser).where(rettelser.c.sag_id == sag))
    return {row.haendelse_id: (row.reason, row.new_id is not None) for row in rows}
