"""The promises of a journal on what it can, what is there, and what it tells, as tests."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dubu_plugin.ports.journal import Capability, Journal
from dubu_plugin.ports.journal_errors import NotConfigured, NotFound, Rejected
from dubu_plugin.ports.journal_objects import Case, CaseChange, Direction, Kind, Party, Ref
from dubu_plugin.testing.journal_ground import (
    Ground,
    JournalGround,
    closed_status,
    has,
    meta,
    needs,
    new_case,
    note,
    op,
    reminder,
    text_file,
)

Operations = list[Callable[[], object]]


class HonestyContract(JournalGround):
    """What a host says it can do it can, and what it does not know it does not make up."""

    def test_it_has_a_name_and_answers(self, journal: Journal) -> None:
        assert journal.name
        assert journal.health().ok

    def test_what_is_behind_a_flag_that_is_off_is_not_configured(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        draft = replace(case.ref, kind=Kind.DRAFT)
        behind: dict[Capability, Operations] = {
            Capability.DRAFTS: [
                lambda: journal.create_draft(case.ref, meta(), text_file(), op(ground)),
                lambda: journal.checkout(draft, op(ground)),
                lambda: journal.checkin(draft, "test", text_file(), op(ground)),
                lambda: journal.release(draft, "test", op(ground)),
                lambda: journal.finalise(draft, op(ground)),
            ],
            Capability.REMINDERS: [
                lambda: journal.reminders(case.ref),
                lambda: journal.set_reminder(case.ref, reminder(ground), op(ground)),
                lambda: journal.complete_reminder(case.ref, "test", op(ground)),
            ],
            Capability.SECTIONS: [
                lambda: journal.sections(case.ref),
                lambda: journal.ensure_section(case.ref, "Test", op(ground)),
            ],
            Capability.CHANGES: [lambda: journal.changed_since(None)],
            Capability.ACCESS_CHECK: [lambda: journal.may_read(ground.actor, case.ref)],
            Capability.READS: [lambda: journal.reads(case.ref, ground.actor, limit=5)],
        }
        for flag, operations in behind.items():
            for operation in operations if not has(journal, flag) else ():
                with pytest.raises(NotConfigured):
                    operation()

    def test_a_template_is_asked_for_where_it_is_required(
        self, journal: Journal, ground: Ground, child: Party
    ) -> None:
        without = replace(new_case(ground, child), template=None)
        if has(journal, Capability.TEMPLATES_REQUIRED):
            assert journal.templates()
            with pytest.raises(Rejected):
                journal.create_case(without, op(ground))
        else:
            assert journal.create_case(without, op(ground)).subject_code == ground.subject_code

    @pytest.mark.parametrize(
        "key", ["987654321", "", "../../etc/passwd", "1; DROP TABLE cases", "9" * 40, "½", "-1"]
    )
    def test_an_object_that_is_not_there_is_not_found(
        self, journal: Journal, ground: Ground, case: Case, key: str
    ) -> None:
        for operation in _on_case(journal, ground, replace(case.ref, key=key)):
            with pytest.raises(NotFound):
                operation()

    def test_another_hosts_object_is_not_found(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        for operation in _on_case(journal, ground, replace(case.ref, host="another-test")):
            with pytest.raises(NotFound):
                operation()

    def test_a_note_is_no_case(self, journal: Journal, ground: Ground, case: Case) -> None:
        added = journal.add_note(case.ref, note(), op(ground))
        with pytest.raises(NotFound):
            journal.get_case(added.ref)

    def test_what_a_new_case_has_is_nothing(self, journal: Journal, case: Case) -> None:
        assert not journal.documents(case.ref).items
        assert not journal.notes(case.ref).items
        assert len(journal.parties(case.ref)) == 1

    def test_the_lookups_have_what_a_case_needs(self, journal: Journal, ground: Ground) -> None:
        assert {status.key for status in journal.statuses()} >= {closed_status(journal)}
        assert set(journal.document_kinds()) == set(Direction)
        assert list(journal.reminder_types()) == list(dict.fromkeys(journal.reminder_types()))

    def test_a_user_is_found_by_login_whatever_its_case(
        self, journal: Journal, ground: Ground
    ) -> None:
        found = journal.find_user(ground.login)
        assert found is not None
        assert found.key == ground.actor
        assert journal.find_user(ground.login.upper()) == found
        assert journal.find_user("no-such-test") is None

    def test_it_says_whom_it_acts_for(self, journal: Journal, ground: Ground) -> None:
        needs(journal, Capability.ACTS_AS_USER)
        seen = journal.whoami(ground.actor)
        assert seen is not None
        assert seen.key == ground.actor
        assert journal.whoami("no-such-test") is None

    def test_an_address_holds_no_personal_data(
        self, journal: Journal, case: Case, child: Party
    ) -> None:
        address = journal.url_for(case.ref) or ""
        assert child.cpr is not None
        assert child.cpr.digits not in address
        assert child.cpr.digits[:6] not in address

    def test_no_answer_shows_a_name_or_a_number_when_it_is_printed(
        self, journal: Journal, ground: Ground, case: Case, child: Party
    ) -> None:
        filed = journal.file_document(
            case.ref, meta("Hemmelig Test"), [text_file(name="Hemmelig.txt")], op(ground)
        )
        added = journal.add_note(case.ref, note("Hemmelig Test", "Hemmelig Test"), op(ground))
        shown = repr([case, filed, added, *journal.files(filed.ref), *journal.parties(case.ref)])
        assert child.cpr is not None
        for secret in (child.name, child.cpr.digits[6:], child.address or "-", "Hemmelig"):
            assert secret not in shown

    def test_no_error_repeats_what_was_sent(
        self, journal: Journal, ground: Ground, child: Party
    ) -> None:
        with pytest.raises(Rejected) as refusal:
            journal.create_case(
                replace(new_case(ground, child, "Hemmelig Test"), responsible="nobody"), op(ground)
            )
        assert child.cpr is not None
        for secret in ("Hemmelig", child.name, child.cpr.digits):
            assert secret not in f"{refusal.value} {refusal.value!r}"


class AccessContract(JournalGround):
    """Who may see a case in the host."""

    def test_a_case_is_for_its_unit(self, journal: Journal, ground: Ground, case: Case) -> None:
        needs(journal, Capability.ACCESS_CHECK)
        assert journal.may_read(ground.actor, case.ref) is True
        assert journal.may_read(ground.colleague, case.ref) is True
        assert journal.may_read(ground.stranger, case.ref) is False

    def test_a_protected_case_is_for_those_who_work_on_it(
        self, journal: Journal, ground: Ground, child: Party
    ) -> None:
        needs(journal, Capability.ACCESS_CHECK)
        case = journal.create_case(replace(new_case(ground, child), protected=True), op(ground))
        assert journal.may_read(ground.actor, case.ref) is True
        assert journal.may_read(ground.colleague, case.ref) is False

    def test_nobody_and_nothing_is_a_no(self, journal: Journal, ground: Ground, case: Case) -> None:
        needs(journal, Capability.ACCESS_CHECK)
        assert journal.may_read("no-such-test", case.ref) is False
        assert journal.may_read(ground.actor, replace(case.ref, key="987654321")) is False


class ChangesContract(JournalGround):
    """What changed is told in order, and told once."""

    def test_a_change_is_told_once(self, journal: Journal, ground: Ground, case: Case) -> None:
        needs(journal, Capability.CHANGES)
        refs, cursor = _told(journal, None)
        assert case.ref in refs
        assert _told(journal, cursor) == ([], cursor)
        added = journal.add_note(case.ref, note(), op(ground))
        refs, later = _told(journal, cursor)
        assert added.ref in refs
        there = journal.changed_since(cursor).items
        assert [one.case for one in there if one.ref == added.ref] == [case.ref]
        assert _told(journal, later)[0] == []

    def test_a_changed_case_is_told_again(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        needs(journal, Capability.CHANGES)
        _, cursor = _told(journal, None)
        journal.change_case(case.ref, CaseChange(title="Test"), expected=None, op=op(ground))
        assert case.ref in _told(journal, cursor)[0]


def _told(journal: Journal, cursor: str | None) -> tuple[list[Ref], str | None]:
    """Return everything that changed after the cursor, and the cursor that follows."""
    refs: list[Ref] = []
    while True:
        page = journal.changed_since(cursor)
        if not page.items:
            return refs, cursor
        refs += [one.ref for one in page.items]
        cursor = page.next


def _on_case(journal: Journal, ground: Ground, case: Ref) -> Operations:
    """Return operations that need the case, or something with its key, to be there."""
    document, file = replace(case, kind=Kind.DOCUMENT), replace(case, kind=Kind.FILE)
    change = CaseChange(title="Test")
    return [
        lambda: journal.get_case(case),
        lambda: journal.parties(case),
        lambda: journal.documents(case),
        lambda: journal.notes(case),
        lambda: journal.files(document),
        lambda: journal.open_file(file),
        lambda: journal.add_note(case, note(), op(ground)),
        lambda: journal.file_document(case, meta(), [text_file()], op(ground)),
        lambda: journal.set_phase(case, closed_status(journal), "", op(ground)),
        lambda: journal.change_case(case, change, expected=None, op=op(ground)),
    ]
