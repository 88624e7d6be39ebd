"""Whether an underretning was somebody's until it went back to its unit."""

import json
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.tables import haendelser


def was_given_up_by(connection: sa.Connection, employee: str, underretning: UUID) -> bool:
    """Tell whether somebody had an underretning, and it was taken from them for its unit.

    They knew of it, so it is nothing new to them that it is there.
    """
    given = haendelser.c
    said = connection.scalars(
        sa.select(given.data).where(
            given.underretning_id == underretning,
            given.type == Haendelse.UNDERRETNING_GIVET_VIDERE,
        )
    )
    return any(json.loads(data).get("opgivet_af") == employee for data in said)
