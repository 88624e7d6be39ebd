"""The promise that outranks the others: a write is done once, and can be looked for, as tests."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest

from dubu_plugin.errors import AdapterError
from dubu_plugin.ports.journal import Capability, Journal
from dubu_plugin.ports.journal_errors import Duplicate, Unanswered
from dubu_plugin.ports.journal_objects import Case, CaseChange, Op, Party, PartyKind, Ref
from dubu_plugin.testing.citizens import Citizens
from dubu_plugin.testing.journal_ground import (
    Ground,
    JournalGround,
    closed_status,
    has,
    meta,
    new_case,
    note,
    op,
    open_status,
    person,
    reminder,
    text_file,
)
from dubu_plugin.testing.lost_answers import losing_answers


@dataclass(frozen=True)
class Write:
    """A write of one kind, and what to look at to see its effect."""

    name: str
    do: Callable[[Journal, Op], object]
    effect: Callable[[], object]


class WriteOnceContract(JournalGround):
    """The same op has one effect, whatever happens to its answer."""

    @pytest.fixture
    def writes(
        self, journal: Journal, ground: Ground, case: Case, child: Party, citizens: Citizens
    ) -> list[Write]:
        """Return a write of each kind the host can do. The last closes the case."""
        mother, ref = person(citizens), case.ref
        unborn = Party(PartyKind.PERSON, "Ufødt Testbarn")
        assert child.cpr is not None
        own = child.cpr
        made = [
            Write(
                "create_case",
                lambda j, o: j.create_case(new_case(ground, child), o),
                lambda: journal.find_cases(own).items,
            ),
            Write(
                "change_case",
                lambda j, o: j.change_case(ref, CaseChange(title="Test"), expected=None, op=o),
                lambda: journal.get_case(ref),
            ),
            Write(
                "ensure_party",
                lambda j, o: j.ensure_party(mother, o),
                lambda: journal.find_party(cpr=mother.cpr),
            ),
            Write(
                "add_party",
                lambda j, o: j.add_party(ref, unborn, o),
                lambda: journal.parties(ref),
            ),
            Write(
                "file_document",
                lambda j, o: j.file_document(ref, meta(), [text_file()], o),
                lambda: journal.documents(ref).items,
            ),
            Write(
                "add_note",
                lambda j, o: j.add_note(ref, note(), o),
                lambda: journal.notes(ref).items,
            ),
        ]
        if has(journal, Capability.SECTIONS):
            made.append(
                Write(
                    "ensure_section",
                    lambda j, o: j.ensure_section(ref, "Test", o),
                    lambda: journal.sections(ref),
                )
            )
        if has(journal, Capability.REMINDERS):
            made.append(
                Write(
                    "set_reminder",
                    lambda j, o: j.set_reminder(ref, reminder(ground), o),
                    lambda: journal.reminders(ref),
                )
            )
        if has(journal, Capability.DRAFTS):
            made.append(
                Write(
                    "create_draft",
                    lambda j, o: j.create_draft(ref, meta(), text_file(), o),
                    lambda: journal.documents(ref).items,
                )
            )
        closing = Write(
            "set_phase",
            lambda j, o: j.set_phase(ref, closed_status(journal), "Test", o),
            lambda: journal.get_case(ref),
        )
        return [*made, closing]

    def test_a_write_that_was_never_done_is_not_found(self, journal: Journal) -> None:
        assert journal.probe(uuid4()) is None

    def test_after_a_lost_answer_the_probe_finds_exactly_one(
        self, journal: Journal, ground: Ground, writes: list[Write]
    ) -> None:
        for write in writes:
            doing = op(ground)
            with pytest.raises(Unanswered) as silence:
                write.do(losing_answers(journal), doing)
            assert silence.value.op_key == str(doing.key)
            assert journal.probe(doing.key) is not None, write.name
            once = write.effect()
            write.do(journal, doing)
            assert write.effect() == once, f"{write.name} was done twice"

    def test_the_same_op_twice_gives_the_same_object(
        self, journal: Journal, ground: Ground, writes: list[Write]
    ) -> None:
        for write in writes:
            doing = op(ground)
            first = write.do(journal, doing)
            once = write.effect()
            assert write.do(journal, doing) == first, write.name
            assert write.effect() == once, f"{write.name} was done twice"

    def test_the_probe_names_what_was_made(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        doing = [op(ground) for _ in range(3)]
        filed = journal.file_document(case.ref, meta(), [text_file()], doing[0])
        added = journal.add_note(case.ref, note(), doing[1])
        journal.change_case(case.ref, CaseChange(title="Test"), expected=None, op=doing[2])
        assert [journal.probe(done.key) for done in doing] == [filed.ref, added.ref, case.ref]

    def test_a_write_that_was_refused_is_not_found_and_can_be_done_right(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        doing = op(ground)
        with pytest.raises(AdapterError):
            journal.add_note(case.ref, note(title=""), doing)
        assert journal.probe(doing.key) is None
        journal.add_note(case.ref, note(), doing)
        assert journal.probe(doing.key) is not None

    def test_a_write_done_before_the_case_closed_still_gives_its_answer(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        doing = op(ground)
        added = journal.add_note(case.ref, note(), doing)
        journal.set_phase(case.ref, closed_status(journal), "Test", op(ground))
        assert journal.add_note(case.ref, note(), doing) == added

    def test_closing_again_under_the_same_op_does_not_undo_a_reopening(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        closing = op(ground)
        journal.set_phase(case.ref, closed_status(journal), "Test", closing)
        reopened = journal.set_phase(case.ref, open_status(journal), "Test", op(ground))
        journal.set_phase(case.ref, closed_status(journal), "Test", closing)
        assert journal.get_case(case.ref).phase is reopened.phase

    def test_a_key_used_for_another_operation_is_refused(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        doing = op(ground)
        journal.add_note(case.ref, note(), doing)
        with pytest.raises(Duplicate):
            journal.file_document(case.ref, meta(), [text_file()], doing)
        assert not journal.documents(case.ref).items

    def test_the_same_op_from_eight_threads_gives_one_object(
        self, journal: Journal, ground: Ground, case: Case, child: Party
    ) -> None:
        assert child.cpr is not None
        opening, noting, filing = op(ground), op(ground), op(ground)
        refs: list[Ref] = []
        errors: list[Exception] = []
        ready = threading.Barrier(8)

        def write() -> None:
            ready.wait()
            try:
                refs.append(journal.create_case(new_case(ground, child), opening).ref)
                refs.append(journal.add_note(case.ref, note(), noting).ref)
                refs.append(journal.file_document(case.ref, meta(), [text_file()], filing).ref)
            except Exception as error:
                errors.append(error)

        threads = [threading.Thread(target=write) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert len(set(refs)) == 3
        assert len(journal.find_cases(child.cpr).items) == 2
        assert len(journal.notes(case.ref).items) == 1
        assert len(journal.documents(case.ref).items) == 1
