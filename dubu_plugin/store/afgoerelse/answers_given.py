"""Which decisions of a case answered somebody who had applied."""

import json
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.deadlines.states import stands
from dubu_plugin.store.tables import haendelser


def answers_given(connection: sa.Connection, sag: UUID) -> frozenset[UUID]:
    """Return the decisions that were recorded as answering an application."""
    told = connection.scalars(
        sa.select(haendelser.c.data).where(
            haendelser.c.sag_id == sag,
            haendelser.c.type == Haendelse.ANSOEGNING_AFGJORT,
            stands(),
        )
    )
    named = (json.loads(one).get("afgoerelse") for one in told)
    return frozenset(UUID(one) for one in named if one)
