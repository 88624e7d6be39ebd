"""Reminders (erindringer): one for each key on a case, ticked off when it is done."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from dubu_journal import rows, users
from dubu_journal import tables as t
from dubu_journal.cases import get as get_case
from dubu_journal.cases import open_case
from dubu_journal.refusals import BadValue, NotThere
from dubu_journal.rows import columns, every, first

TYPES: Final = ("Erindring", "Frist")


@dataclass(frozen=True, slots=True)
class NewReminder:
    """A reminder to set, or to set again under the same key."""

    title: str = field(repr=False)
    due: datetime
    responsible: str
    key: str | None = None
    """Chosen by whoever sets it; None for one that is set once by hand."""
    text: str = field(default="", repr=False)
    visible_from: date | None = None
    type: str = TYPES[0]


@dataclass(frozen=True, slots=True)
class Reminder(NewReminder):
    """A reminder on a case."""

    id: int = 0
    case_id: int = 0
    completed: datetime | None = None
    completed_by: str | None = None


def put(connection: sa.Connection, case_id: int, new: NewReminder, now: datetime) -> int:
    """Set a reminder on an open case and return its id. One that was ticked off is open again.

    :raises BadValue: the title, type or responsible cannot be used.
    """
    open_case(connection, case_id)
    _check(connection, new)
    values = {column: getattr(new, column) for column in NewReminder.__dataclass_fields__}
    there = None if new.key is None else by_key(connection, case_id, new.key)
    if there is None:
        return rows.add(connection, t.reminders, {**values, "case_id": case_id, "created": now})
    again = {**values, "completed": None, "completed_by": None}
    connection.execute(t.reminders.update().where(t.reminders.c.id == there.id).values(again))
    return there.id


def complete(connection: sa.Connection, reminder_id: int, *, by: str, now: datetime) -> None:
    """Tick a reminder off; nothing happens where it is."""
    one = (t.reminders.c.id == reminder_id) & t.reminders.c.completed.is_(None)
    connection.execute(t.reminders.update().where(one).values(completed=now, completed_by=by))


def by_key(connection: sa.Connection, case_id: int, key: str) -> Reminder | None:
    """Return the reminder of a case with this key, or None."""
    asked = select().where(t.reminders.c.case_id == case_id, t.reminders.c.key == key)
    return first(connection, asked, Reminder)


def get(connection: sa.Connection, reminder_id: int) -> Reminder:
    """Return a reminder.

    :raises NotThere: there is none.
    """
    found = first(connection, select().where(t.reminders.c.id == reminder_id), Reminder)
    if found is None:
        raise NotThere(str(reminder_id))
    return found


def of_case(connection: sa.Connection, case_id: int) -> list[Reminder]:
    """Return the reminders of a case, the soonest first."""
    get_case(connection, case_id)
    asked = select().where(t.reminders.c.case_id == case_id)
    return every(connection, asked.order_by(t.reminders.c.due, t.reminders.c.id), Reminder)


def of_user(connection: sa.Connection, user: str, today: date, *, limit: int) -> list[Reminder]:
    """Return the open reminders somebody is to see today, the soonest first."""
    given = {"responsible": user, "today": today, "at_most": limit}
    return every(connection, _of_user(), Reminder, **given)


@cache
def _of_user() -> sa.Select[Any]:
    """Put together once: every page asks it."""
    r, today = t.reminders.c, sa.bindparam("today", type_=sa.Date())
    return (
        select()
        .where(r.responsible == sa.bindparam("responsible"), r.completed.is_(None))
        .where(r.visible_from.is_(None) | (r.visible_from <= today))
        .order_by(r.due)
        .limit(sa.bindparam("at_most", type_=sa.Integer()))
    )


@cache
def select() -> sa.Select[Any]:
    """Return the question for all reminders, to be narrowed."""
    return sa.select(*columns(Reminder, t.reminders))


def _check(connection: sa.Connection, new: NewReminder) -> None:
    if not new.title.strip():
        raise BadValue("title")
    if new.type not in TYPES:
        raise BadValue("type")
    if users.user(connection, new.responsible) is None:
        raise BadValue("responsible")
