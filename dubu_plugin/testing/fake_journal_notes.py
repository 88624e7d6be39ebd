"""The fake journal's notes and reminders."""

from collections.abc import Sequence
from dataclasses import replace

from dubu_plugin.ports.journal import Capability
from dubu_plugin.ports.journal_errors import Rejected
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
from dubu_plugin.testing.fake_host import NAME, FakeHost

TYPES = ("Erindring", "Frist")


class FakeNotes(FakeHost):
    """See `dubu_plugin.ports.journal.Journal` for each operation."""

    def notes(self, case: Ref, *, after: str | None = None) -> Page[Note]:
        with self._asked("notes"):
            return self._page(self._folder(case, "notes").notes[::-1], after)

    def add_note(self, case: Ref, note: NewNote, op: Op) -> Note:
        def work() -> tuple[Ref, Note]:
            folder = self._open_folder(case, "add_note")
            self._check("add_note", title=note.title, body=note.body)
            ref = self._new_ref(Kind.NOTE)
            made = Note(ref, note.title, note.body, note.occurred_at, self.clock(), op.actor)
            folder.notes.append(made)
            return ref, made

        return self._once("add_note", op, work)

    def reminders(self, case: Ref) -> Sequence[Reminder]:
        with self._asked("reminders", Capability.REMINDERS):
            there = self._folder(case, "reminders").reminders
            return sorted(there.values(), key=lambda reminder: reminder.due)

    def set_reminder(self, case: Ref, reminder: NewReminder, op: Op) -> Reminder:
        def work() -> tuple[Ref, Reminder]:
            folder = self._open_folder(case, "set_reminder")
            self._check("set_reminder", title=reminder.title, responsible=reminder.responsible)
            if reminder.type not in (None, *TYPES):
                raise Rejected(NAME, "set_reminder", "type")
            there = folder.reminders.get(reminder.key)
            made = Reminder(
                ref=there.ref if there else self._new_ref(Kind.REMINDER),
                key=reminder.key,
                title=reminder.title,
                due=reminder.due,
                responsible=reminder.responsible,
                completed=False,
                text=reminder.text,
            )
            folder.reminders[reminder.key] = made
            return made.ref, made

        return self._once("set_reminder", op, work, needs=Capability.REMINDERS)

    def complete_reminder(self, case: Ref, key: str, op: Op) -> None:
        def work() -> tuple[Ref, None]:
            there = self._folder(case, "complete_reminder").reminders
            if key not in there:
                return case, None
            there[key] = replace(there[key], completed=True)
            return there[key].ref, None

        self._once("complete_reminder", op, work, needs=Capability.REMINDERS)
