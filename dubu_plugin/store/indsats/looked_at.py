"""When the help of a case is looked at again, as its deadlines have it."""

from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.store.deadlines.states import State, is_of
from dubu_plugin.store.tables import frister

RULE: Final = "OPF-N"
"""The rule that runs to the day somebody has set."""


def looked_at_before(connection: sa.Connection, sag: UUID, day: date) -> bool:
    """Tell whether a follow-up of a case is due before a Danish day."""
    asked = _days(sag).where(frister.c.due < start_of_day(day))
    return connection.scalar(asked.limit(1)) is not None


def is_looked_at(connection: sa.Connection, sag: UUID) -> bool:
    """Tell whether a day is set for the next follow-up of a case."""
    return connection.scalar(_days(sag).limit(1)) is not None


def _days(sag: UUID) -> sa.Select[tuple[UUID]]:
    found = frister.c
    return sa.select(found.id).where(found.sag_id == sag, is_of(RULE), found.state == State.AABEN)
