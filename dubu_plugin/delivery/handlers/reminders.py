"""Keep the host's reminders like ours: deadlines, and what people have asked to be reminded of.

Ours are the truth; the host shows a copy. What it says is read when it is told, so that a row that
waited says what is so now.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.delivery.casefile import case_ref
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain.danish import clock, danish_day
from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.ports.journal import Capability
from dubu_plugin.ports.journal_errors import CaseClosed
from dubu_plugin.ports.journal_objects import NewReminder
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.min_dag.erindringer import ErindringState
from dubu_plugin.store.staff import does_casework, stand_in
from dubu_plugin.store.tables import employees, frister, sager
from dubu_plugin.store.transaction import SYSTEM

OWN: Final = "erindring"

NOT_NEEDED = "ikke_noedvendig"
"""The result where the host has no reminders, or there is nothing to remind of any more: it is
done, or the case is closed."""


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline or somebody's own reminder, as much of it as the host shows."""

    title: str
    text: str = field(repr=False)
    due: datetime
    warn: datetime | None
    responsible: str


class SetReminder:
    """``set_reminder {sag, frist}`` or ``{sag, erindring}``: set, or set again."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        journal = d.ports.journal
        deadline = _open_erindring(d) if OWN in d.payload else _open_deadline(d, d.id("frist"))
        if Capability.REMINDERS not in journal.capabilities().flags or deadline is None:
            return Done(NOT_NEEDED)
        reminder = NewReminder(
            key=_key(d),
            title=deadline.title,
            due=deadline.due,
            responsible=deadline.responsible,
            text=deadline.text,
            visible_from=danish_day(deadline.warn) if deadline.warn else None,
        )
        try:
            return Done(journal.set_reminder(case_ref(d, d.id("sag")), reminder, d.op).ref.key)
        except CaseClosed:  # a copy of a wish: no reason to hold up the case, or to open it
            return Done(NOT_NEEDED)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`."""
        made = d.ports.journal.probe(d.key)
        return None if made is None else Done(made.key)


class CompleteReminder:
    """``complete_reminder`` with the same: ticked off; nothing where it was never set."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        journal = d.ports.journal
        if Capability.REMINDERS not in journal.capabilities().flags:
            return Done(NOT_NEEDED)
        with suppress(CaseClosed):
            journal.complete_reminder(case_ref(d, d.id("sag")), _key(d), d.op)
        return Done()

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. Ticked off twice is ticked off once, so it is simply done again."""
        return None


def _key(d: Delivery) -> str:
    """Return what the host knows the reminder by."""
    return str(d.id(OWN if OWN in d.payload else "frist"))


def _open_erindring(d: Delivery) -> Due | None:
    """Return a reminder somebody set, or None where it is done by now."""
    with d.store.read() as connection:
        one = erindringer.by_id(connection, d.id(OWN))
        if one is None or one.state is not ErindringState.AABEN:
            return None
        responsible = one.whom.employee or stand_in(connection, one.whom.unit) or one.set_by
    return Due("Erindring", one.note, end_of_day(one.day), None, responsible)


def _hour(due: datetime) -> str:
    """Return by what hour, where it is not the whole day: the host shows the day alone."""
    return "" if due == end_of_day(danish_day(due)) else f" ({clock(due)})"


def _open_deadline(d: Delivery, frist: UUID) -> Due | None:
    """Return a deadline that is still open and has a date, or None."""
    with d.store.read() as connection:
        row = connection.execute(sa.select(frister).where(frister.c.id == frist)).one_or_none()
        unit = None if row is None else stand_in(connection, row.unit)
        # Whose case it is comes before a leader, unless it was given to another unit than theirs.
        on_case = connection.scalar(
            sa.select(sager.c.responsible)
            .join(employees, employees.c.key == sager.c.responsible)
            .where(
                sager.c.id == d.id("sag"),
                does_casework(),
                employees.c.unit == (None if row is None else row.unit),
            )
        )
    if row is None or row.state != State.AABEN or row.due is None:
        return None
    # The host knows people only: what nobody has taken is whose case it is, or its unit's leader's
    # there, and never our own name's.
    responsible = row.responsible or on_case or unit or (None if d.actor == SYSTEM else d.actor)
    if responsible is None:
        return None
    rules = d.store.rules
    rule = rules.version(row.rule, row.rule_version) or rules.newest(row.rule)
    return Due(
        title=f"{rule.title if rule else row.rule}{_hour(row.due)}",
        text=rule.duty if rule else "",
        due=row.due,
        warn=row.warn,
        responsible=responsible,
    )
