"""The promises of a journal on notes and reminders, as tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dubu_plugin.ports.journal import Capability, Journal
from dubu_plugin.ports.journal_errors import Rejected
from dubu_plugin.ports.journal_objects import Case, NewNote, Note
from dubu_plugin.testing.journal_ground import (
    AWKWARD,
    NOON,
    Ground,
    JournalGround,
    closed_status,
    needs,
    note,
    op,
    reminder,
)


class NoteContract(JournalGround):
    """Notes are added, and come back as they were written."""

    @pytest.mark.parametrize("awkward", AWKWARD)
    def test_a_note_comes_back_letter_for_letter(
        self, journal: Journal, ground: Ground, case: Case, awkward: str
    ) -> None:
        body = f"{awkward}\n\n  <b>Indrykket</b> & 5 < 6\r\nÆØÅ\t{awkward}"
        added = journal.add_note(case.ref, note(awkward, body), op(ground))
        assert (added.title, added.body) == (awkward, body)
        assert list(journal.notes(case.ref).items) == [added]

    def test_a_long_note_is_kept_whole(self, journal: Journal, ground: Ground, case: Case) -> None:
        body = "Æblegrød med fløde. " * 10_000
        journal.add_note(case.ref, note(body=body), op(ground))
        assert journal.notes(case.ref).items[0].body == body

    def test_a_note_says_when_it_happened_and_who_wrote_it(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        winter = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)
        added = journal.add_note(case.ref, NewNote("Test", "x", winter), op(ground))
        assert added.occurred_at == winter
        assert added.created.tzinfo is not None
        if Capability.ACTS_AS_USER in journal.capabilities().flags:
            assert added.author == ground.actor

    def test_a_note_without_a_title_is_refused(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        with pytest.raises(Rejected):
            journal.add_note(case.ref, note(title=" "), op(ground))
        assert not journal.notes(case.ref).items

    def test_notes_are_only_added(self, journal: Journal, ground: Ground, case: Case) -> None:
        first = journal.add_note(case.ref, note("Test", "Det første"), op(ground))
        second = journal.add_note(case.ref, note("Test", "Rettelse"), op(ground))
        assert first.ref != second.ref
        assert list(journal.notes(case.ref).items) == [second, first]

    def test_the_pages_of_notes_end(self, journal: Journal, ground: Ground, case: Case) -> None:
        added = [journal.add_note(case.ref, note(f"Test {n}"), op(ground)) for n in range(7)]
        found: list[Note] = []
        cursor, pages = None, 0
        while pages < 20:
            page = journal.notes(case.ref, after=cursor)
            found += page.items
            cursor, pages = page.next, pages + 1
            if cursor is None:
                break
        assert found == added[::-1], "newest first, each once"


class ReminderContract(JournalGround):
    """There is one reminder for each key."""

    def test_a_reminder_is_set_and_changed_by_its_key(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        needs(journal, Capability.REMINDERS)
        made = journal.set_reminder(case.ref, reminder(ground), op(ground))
        later = reminder(ground, due=NOON + timedelta(days=3))
        changed = journal.set_reminder(
            case.ref, replace(later, responsible=ground.colleague, title="Test ☎"), op(ground)
        )
        assert changed.ref == made.ref
        assert list(journal.reminders(case.ref)) == [changed]
        assert (changed.due, changed.title) == (NOON + timedelta(days=3), "Test ☎")
        assert (changed.responsible, changed.key) == (ground.colleague, made.key)

    def test_the_soonest_reminder_comes_first(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        needs(journal, Capability.REMINDERS)
        for key, days in (("b", 2), ("c", 3), ("a", 1)):
            due = NOON + timedelta(days=days)
            journal.set_reminder(case.ref, reminder(ground, key, due), op(ground))
        assert [found.key for found in journal.reminders(case.ref)] == ["a", "b", "c"]

    def test_a_reminder_is_ticked_off_once_and_opens_when_set_again(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        needs(journal, Capability.REMINDERS)
        journal.set_reminder(case.ref, reminder(ground), op(ground))
        journal.complete_reminder(case.ref, "frist-1", op(ground))
        journal.complete_reminder(case.ref, "frist-1", op(ground))
        assert [found.completed for found in journal.reminders(case.ref)] == [True]
        journal.set_reminder(case.ref, reminder(ground), op(ground))
        assert [found.completed for found in journal.reminders(case.ref)] == [False]

    def test_ticking_off_what_was_never_set_does_nothing(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        needs(journal, Capability.REMINDERS)
        journal.complete_reminder(case.ref, "never-set", op(ground))
        assert not journal.reminders(case.ref)

    def test_a_reminder_can_be_ticked_off_on_a_closed_case(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        needs(journal, Capability.REMINDERS)
        journal.set_reminder(case.ref, reminder(ground), op(ground))
        journal.set_phase(case.ref, closed_status(journal), "Test", op(ground))
        journal.complete_reminder(case.ref, "frist-1", op(ground))
        assert [found.completed for found in journal.reminders(case.ref)] == [True]
