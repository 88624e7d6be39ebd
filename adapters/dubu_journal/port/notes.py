"""Journal notes and reminders."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from dubu_journal import notes, reminders
from dubu_journal.ledger import Made
from dubu_journal.port import answers
from dubu_journal.port.operations import Operations
from dubu_plugin.ports.journal_objects import (
    Kind,
    NewNote,
    NewReminder,
    Note,
    Op,
    Page,
    Ref,
    Reminder,
)


class NoteOperations(Operations):
    """See `dubu_plugin.ports.journal.Journal` for each operation."""

    def notes(self, case: Ref, *, after: str | None = None) -> Page[Note]:
        """Return the journal notes of a case, the last added first."""
        with self._reading("notes") as connection:
            case_id = answers.id_of(case, Kind.CASE)
            before = answers.id_of_cursor(after)
            rows = notes.of_case(connection, case_id, before=before, limit=self.page_size + 1)
        shown = [answers.note(row) for row in rows[: self.page_size]]
        return Page(shown, shown[-1].ref.key if len(rows) > len(shown) else None)

    def add_note(self, case: Ref, note: NewNote, op: Op) -> Note:
        """Add a journal note."""

        def work(connection: sa.Connection, now: datetime) -> Made:
            note_id = notes.add(
                connection,
                answers.id_of(case, Kind.CASE),
                note.title,
                note.body,
                occurred_at=note.occurred_at,
                by=op.actor,
                now=now,
            )
            return Made(Kind.NOTE, note_id)

        def answer(connection: sa.Connection, made: Made) -> Note:
            return answers.note(notes.get(connection, made.object_id))

        return self._once("add_note", op, work, answer)

    def reminders(self, case: Ref) -> Sequence[Reminder]:
        """Return the reminders of a case, the soonest first."""
        with self._reading("reminders") as connection:
            rows = reminders.of_case(connection, answers.id_of(case, Kind.CASE))
        return [answers.reminder(row) for row in rows]

    def set_reminder(self, case: Ref, reminder: NewReminder, op: Op) -> Reminder:
        """Set the reminder with this key, or change the one that has it."""

        def work(connection: sa.Connection, now: datetime) -> Made:
            new = reminders.NewReminder(
                title=reminder.title,
                due=reminder.due,
                responsible=reminder.responsible,
                key=reminder.key,
                text=reminder.text,
                visible_from=reminder.visible_from,
                type=reminder.type or reminders.TYPES[0],
            )
            case_id = answers.id_of(case, Kind.CASE)
            return Made(Kind.REMINDER, reminders.put(connection, case_id, new, now))

        def answer(connection: sa.Connection, made: Made) -> Reminder:
            return answers.reminder(reminders.get(connection, made.object_id))

        return self._once("set_reminder", op, work, answer)

    def complete_reminder(self, case: Ref, key: str, op: Op) -> None:
        """Tick the reminder off; nothing happens where it is done or was never set."""

        def work(connection: sa.Connection, now: datetime) -> Made:
            case_id = answers.id_of(case, Kind.CASE)
            there = reminders.by_key(connection, case_id, key)
            if there is None:
                return Made(Kind.CASE, case_id)
            reminders.complete(connection, there.id, by=op.actor, now=now)
            return Made(Kind.REMINDER, there.id)

        self._once("complete_reminder", op, work, lambda connection, made: None)
