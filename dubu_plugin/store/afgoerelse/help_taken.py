"""The help a decision says that it takes from a family, by the indsats it runs as."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.tables import afgoerelse_ophoer, afgoerelser

ROW = afgoerelse_ophoer.c


def named(connection: sa.Connection, afgoerelse: UUID) -> Mapping[UUID, datetime]:
    """Return the indsatser a decision takes, and when that was said of each."""
    its = sa.select(ROW.indsats_id, ROW.named_at).where(ROW.skrift_id == afgoerelse)
    return {row.indsats_id: row.named_at for row in connection.execute(its)}


def of_sag(connection: sa.Connection, sag: UUID) -> Mapping[UUID, Collection[UUID]]:
    """Return what each decision of a case takes, of those that name any."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for row in connection.execute(
        sa.select(afgoerelse_ophoer)
        .join_from(afgoerelse_ophoer, afgoerelser)
        .where(afgoerelser.c.sag_id == sag)
    ):
        found[row.skrift_id].add(row.indsats_id)
    return found


def name(
    connection: sa.Connection, afgoerelse: UUID, indsatser: Collection[UUID], now: datetime
) -> None:
    """Store which indsatser a decision takes, in place of what stood there.

    :param now: when it is said of those it did not name before.
    """
    said = named(connection, afgoerelse)
    mine = ROW.skrift_id == afgoerelse
    gone = [one for one in said if one not in indsatser]
    if gone:
        connection.execute(sa.delete(afgoerelse_ophoer).where(mine, ROW.indsats_id.in_(gone)))
    new = sorted(set(indsatser) - set(said))
    if new:
        rows = [{"skrift_id": afgoerelse, "indsats_id": one, "named_at": now} for one in new]
        connection.execute(sa.insert(afgoerelse_ophoer), rows)
