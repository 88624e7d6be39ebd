"""What a case that is closed leaves undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.errors import CaseworkError
from dubu_plugin.frister.rule import Kind
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.deadlines.passing import missed_when_lapsed
from dubu_plugin.store.sorting import last_where
from dubu_plugin.store.tables import frister
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.frist.standing import reason_in

DUTIES: Final = (Kind.FRIST, Kind.PLIGT, Kind.UDLOEB, Kind.FOER, Kind.LAAS)
"""The kinds somebody has to see to. Ages, and what may be done, end with the case."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that is not done."""

    frist: UUID
    rule: str
    title: str
    law: str
    due: datetime | None


class OpenDuties(CaseworkError):
    """The case has duties that are not done, and nobody has said why it can be closed."""

    danish = "Sagen har pligter, der ikke er gjort. Gør dem, eller skriv, hvorfor de bortfalder."

    def __init__(self, duties: Sequence[Duty]) -> None:
        super().__init__(f"{len(duties)} open duties")
        self.duties = duties

    def for_people(self) -> str:
        """Return which they are, and what to do."""
        return f"{self.danish} Det er: {', '.join(duty.title for duty in self.duties)}."


def open_duties(connection: sa.Connection, rules: RuleBook, sag: UUID) -> Sequence[Duty]:
    """Return the duties on a case that are not done, the most urgent first."""
    rows = connection.execute(
        sa.select(frister)
        .where(
            frister.c.sag_id == sag,
            frister.c.state == State.AABEN,
            frister.c.kind.in_(DUTIES),
        )
        .order_by(last_where(frister.c.due.is_(None)), frister.c.due, frister.c.rule)
    )
    found = []
    for row in rows:
        rule = rules.version(row.rule, row.rule_version) or rules.newest(row.rule)
        title, law = (rule.title, rule.law) if rule else (row.rule, "")
        found.append(Duty(row.id, row.rule, title, law, row.due))
    return found


def insist_on_reason(duties: Sequence[Duty], reason: str) -> str | None:
    """Return why the duties lapse, or None where there are none.

    :raises OpenDuties: there are some, and no reason.
    :raises TooLong: there is more of a reason than is kept.
    """
    if not duties:
        return None
    if not reason.strip():
        raise OpenDuties(duties)
    return reason_in(reason)


def lapse_with_case(work: Work, sag: UUID, *, closed_by: UUID, reason: str | None) -> int:
    """Let every deadline of a case lapse that is open still, and return how many there were.

    Opened again, the case gets back what has not fallen due meanwhile. What was missed before it
    was closed still counts as missed.

    :param closed_by: the hændelse that closed the case.
    """
    rows = work.connection.execute(
        sa.select(frister).where(frister.c.sag_id == sag, frister.c.state == State.AABEN)
    ).all()
    for row in rows:
        work.connection.execute(
            sa.update(frister)
            .where(frister.c.id == row.id)
            .values(
                state=State.BORTFALDET,
                ended_at=work.now,
                ended_by=closed_by,
                reason=reason,
                exceeded_at=missed_when_lapsed(work.connection, row, work.now),
            )
        )
    return len(rows)
