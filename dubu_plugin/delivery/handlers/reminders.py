"""Keep the host's reminders like our deadlines. Ours are the truth; the host shows a copy."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.delivery.casefile import case_ref
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.ports.journal import Capability, NewReminder
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.tables import frister

NOT_NEEDED = "ikke_noedvendig"
"""The result where the host has no reminders, or there is nothing to remind of any more."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline, as much of it as a reminder shows."""

    title: str
    duty: str
    due: datetime
    warn: datetime | None
    responsible: str


class SetReminder:
    """``set_reminder {sag, frist}``: set, or set again."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        journal, frist = d.ports.journal, d.id("frist")
        deadline = _open_deadline(d, frist)
        if Capability.REMINDERS not in journal.capabilities().flags or deadline is None:
            return Done(NOT_NEEDED)
        reminder = NewReminder(
            key=str(frist),
            title=deadline.title,
            due=deadline.due,
            responsible=deadline.responsible,
            text=deadline.duty,
            visible_from=danish_day(deadline.warn) if deadline.warn else None,
        )
        return Done(journal.set_reminder(case_ref(d, d.id("sag")), reminder, d.op).ref.key)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`."""
        made = d.ports.journal.probe(d.key)
        return None if made is None else Done(made.key)


class CompleteReminder:
    """``complete_reminder {sag, frist}``: ticked off; nothing where it was never set."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        journal = d.ports.journal
        if Capability.REMINDERS not in journal.capabilities().flags:
            return Done(NOT_NEEDED)
        journal.complete_reminder(case_ref(d, d.id("sag")), str(d.id("frist")), d.op)
        return Done()

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. Ticked off twice is ticked off once, so it is simply done again."""
        return None


def _open_deadline(d: Delivery, frist: UUID) -> Deadline | None:
    """Return a deadline that is still open and has a date, or None."""
    with d.store.read() as connection:
        row = connection.execute(sa.select(frister).where(frister.c.id == frist)).one_or_none()
    if row is None or row.state != State.AABEN or row.due is None:
        return None
    rules = d.store.rules
    rule = rules.version(row.rule, row.rule_version) or rules.newest(row.rule)
    return Deadline(
        title=rule.title if rule else row.rule,
        duty=rule.duty if rule else "",
        due=row.due,
        warn=row.warn,
        responsible=row.responsible or d.actor,
    )
