"""Whether a case has a decision about something, made or being prepared."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState
from dubu_plugin.store.tables import afgoerelser


def decision_there(
    connection: sa.Connection, sag: UUID, matters: Collection[str], since: date
) -> tuple[bool, UUID | None]:
    """Return whether one was made since a Danish day, and the key of one that is being prepared."""
    its = afgoerelser.c
    rows = connection.execute(
        sa.select(its.skrift_id, its.state, its.decided_on).where(
            its.sag_id == sag,
            its.matter.in_(sorted(matters)),
            its.state != AfgoerelseState.OPGIVET,
        )
    ).all()
    made = any(row.decided_on is not None and row.decided_on >= since for row in rows)
    waits = (row.skrift_id for row in rows if row.state == AfgoerelseState.FORBEREDES)
    return made, next(waits, None)
