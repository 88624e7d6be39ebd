"""Every deadline of a case or an underretning, with what each was before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.deadlines import State, waiting
from dubu_plugin.store.deadlines.waiting import Waiting
from dubu_plugin.store.sag.relations import SubjectKind
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import employees, frister, haendelser, underretninger


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as it is, what it was, and what it waits for."""

    row: Any
    before: Sequence[Any]
    """The rows it took the place of, the newest first."""
    waits: Sequence[Waiting]


def of(connection: sa.Connection, kind: SubjectKind, number: UUID) -> Sequence[Deadline]:
    """Return the deadlines that hang there: open ones first by urgency, then met, then lapsed."""
    on = {"sag": frister.c.sag_id, "underretning": frister.c.underretning_id}[kind]
    rows = connection.execute(
        sa.select(
            frister,
            employees.c.name.label("reason_by"),
            underretninger.c.received_at,
            underretninger.c.underretter,
            haendelser.c.data.label("said"),
            haendelser.c.occurred_at.label("opened_at"),
        )
        .select_from(
            frister.outerjoin(employees, employees.c.key == frister.c.exceeded_by_user)
            .outerjoin(underretninger, underretninger.c.id == frister.c.underretning_id)
            .outerjoin(haendelser, haendelser.c.id == frister.c.anchor_id)
        )
        .where(on == number)
        .order_by(
            frister.c.state, last_where(frister.c.due.is_(None)), frister.c.due, frister.c.rule
        )
    ).all()
    all_of_them = {row.id: row for row in rows}
    now = [row for row in rows if row.state != State.AFLOEST]
    places = list(State)
    now.sort(key=lambda row: (row.state == State.BORTFALDET, places.index(State(row.state))))
    waits = waiting.of_deadlines(connection, [row.id for row in now if row.state == State.AABEN])
    return [Deadline(row, _before(all_of_them, row), waits.get(row.id, ())) for row in now]


def _before(rows: Mapping[UUID, Any], row: Any) -> Sequence[Any]:
    found: list[Any] = []
    while row.replaces in rows and len(found) < len(rows):
        row = rows[row.replaces]
        found.append(row)
    return found
