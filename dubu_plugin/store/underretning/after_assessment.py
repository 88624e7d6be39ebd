"""What followed from an underretning: its deadlines, its letters, its original in the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.deadlines import STANDING, State
from dubu_plugin.store.keys import op_key
from dubu_plugin.store.sag.sag_panel import OpenStep
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import frister, letters, outbox


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter about an underretning."""

    letter: UUID
    code: str
    state: str
    created_at: datetime
    sent_at: datetime | None
    document_key: str | None


def steps_of(connection: sa.Connection, underretning: UUID) -> Sequence[OpenStep]:
    """Return the deadlines of an underretning that are open or met."""
    rows = connection.execute(
        sa.select(frister)
        .where(frister.c.underretning_id == underretning, frister.c.state.in_(STANDING))
        .order_by(last_where(frister.c.due.is_(None)), frister.c.due, frister.c.rule)
    )
    return [
        OpenStep(
            row.rule, row.rule_version, State(row.state), row.due, row.underretning_id,
            row.ended_at,
        )
        for row in rows
    ]  # fmt: skip


def letters_of(connection: sa.Connection, underretning: UUID) -> Sequence[LetterRow]:
    """Return the letters about an underretning, in the order they were ordered."""
    rows = connection.execute(
        sa.select(letters)
        .where(letters.c.underretning_id == underretning)
        .order_by(letters.c.created_at, letters.c.code)
    )
    return [
        LetterRow(row.id, row.code, row.state, row.created_at, row.sent_at, row.document_key)
        for row in rows
    ]


def original_is_filed(connection: sa.Connection, underretning: UUID, sag: UUID) -> bool | None:
    """Tell whether the original lies in the journal; None where nobody has asked for it."""
    state = connection.scalar(
        sa.select(outbox.c.state).where(outbox.c.key == op_key(underretning, f"file:{sag}"))
    )
    return None if state is None else state == "udfoert"
