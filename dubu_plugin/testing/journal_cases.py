"""The promises of a journal on cases, parties and sections, as tests."""

from dataclasses import replace
from functools import partial

import pytest

from dubu_plugin.ports.journal import Capability, Journal
from dubu_plugin.ports.journal_errors import CaseClosed, Conflict, Rejected
from dubu_plugin.ports.journal_objects import Case, CaseChange, Party, PartyKind, Phase
from dubu_plugin.testing.citizens import Citizens
from dubu_plugin.testing.journal_ground import (
    AWKWARD,
    Ground,
    JournalGround,
    closed_status,
    meta,
    needs,
    new_case,
    note,
    op,
    open_status,
    person,
    reminder,
    text_file,
)


class CaseContract(JournalGround):
    """Cases are kept as they were given, and changed only by who has read them."""

    def test_a_case_is_found_as_it_was_opened(
        self, journal: Journal, ground: Ground, case: Case, child: Party
    ) -> None:
        read = journal.get_case(case.ref)
        assert read == case
        assert read.title == "Test: en sag"
        assert read.responsible == ground.actor
        assert read.subject_code == ground.subject_code
        assert read.phase is Phase.ACTIVE
        assert read.primary_party is not None
        assert (read.primary_party.name, read.primary_party.cpr) == (child.name, child.cpr)
        assert read.ref.number

    @pytest.mark.parametrize("awkward", AWKWARD)
    def test_names_and_titles_come_back_letter_for_letter(
        self, journal: Journal, ground: Ground, citizens: Citizens, awkward: str
    ) -> None:
        somebody = person(citizens, awkward)
        case = journal.create_case(new_case(ground, somebody, awkward), op(ground))
        assert journal.get_case(case.ref).title == awkward
        assert journal.parties(case.ref)[0].name == awkward
        assert somebody.cpr is not None
        assert [found.name for found in journal.find_party(cpr=somebody.cpr)] == [awkward]

    def test_half_a_character_is_refused_and_nothing_is_opened(
        self, journal: Journal, ground: Ground, child: Party
    ) -> None:
        with pytest.raises(Rejected):
            journal.create_case(new_case(ground, child, "Test \udce6"), op(ground))
        assert child.cpr is not None
        assert not journal.find_cases(child.cpr).items

    @pytest.mark.parametrize("wrong", ["title", "subject_code", "responsible"])
    def test_a_value_the_host_does_not_know_is_refused(
        self, journal: Journal, ground: Ground, child: Party, wrong: str
    ) -> None:
        right = new_case(ground, child)
        case = {
            "title": replace(right, title=" "),
            "subject_code": replace(right, template=None, subject_code="99.99.99"),
            "responsible": replace(right, responsible="nobody-test"),
        }[wrong]
        with pytest.raises(Rejected):
            journal.create_case(case, op(ground))

    def test_an_unknown_template_is_refused(
        self, journal: Journal, ground: Ground, child: Party
    ) -> None:
        with pytest.raises(Rejected):
            journal.create_case(
                replace(new_case(ground, child), template="no-such-test"), op(ground)
            )

    def test_protection_survives(self, journal: Journal, ground: Ground, child: Party) -> None:
        case = journal.create_case(replace(new_case(ground, child), protected=True), op(ground))
        assert journal.get_case(case.ref).protected

    def test_only_the_named_values_change(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        change = CaseChange(title="Test: nyt navn")
        changed = journal.change_case(case.ref, change, expected=case.version, op=op(ground))
        assert changed.title == "Test: nyt navn"
        assert changed.version != case.version or case.version is None
        assert (changed.responsible, changed.unit) == (case.responsible, case.unit)
        assert journal.get_case(case.ref) == changed

    def test_a_change_on_an_old_reading_is_a_conflict_and_changes_nothing(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        theirs = CaseChange(responsible=ground.colleague)
        theirs_done = journal.change_case(case.ref, theirs, expected=case.version, op=op(ground))
        with pytest.raises(Conflict) as conflict:
            journal.change_case(
                case.ref, CaseChange(title="Test: mit"), expected=case.version, op=op(ground)
            )
        assert conflict.value.current in (theirs_done.version, None)
        assert journal.get_case(case.ref) == theirs_done

    def test_a_change_that_expects_nothing_writes_over(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        journal.change_case(case.ref, CaseChange(title="Test: et"), expected=None, op=op(ground))
        journal.change_case(case.ref, CaseChange(title="Test: to"), expected=None, op=op(ground))
        assert journal.get_case(case.ref).title == "Test: to"

    def test_the_same_status_again_changes_nothing(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        same = journal.set_phase(case.ref, case.status_key, "Test", op(ground))
        assert same.version == case.version

    def test_an_unknown_status_is_refused(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        with pytest.raises(Rejected):
            journal.set_phase(case.ref, "no-such-test", "", op(ground))

    def test_a_closed_case_takes_nothing_and_an_open_one_does_again(
        self, journal: Journal, ground: Ground, case: Case, citizens: Citizens
    ) -> None:
        closed = journal.set_phase(case.ref, closed_status(journal), "Test: slut", op(ground))
        assert closed.phase is Phase.CLOSED
        with pytest.raises(CaseClosed):
            journal.add_note(case.ref, note(), op(ground))
        with pytest.raises(CaseClosed):
            journal.file_document(case.ref, meta(), [text_file()], op(ground))
        with pytest.raises(CaseClosed):
            journal.add_party(case.ref, person(citizens), op(ground))
        with pytest.raises(CaseClosed):
            journal.change_case(case.ref, CaseChange(title="Test"), expected=None, op=op(ground))
        assert not journal.documents(case.ref).items
        assert not journal.notes(case.ref).items
        journal.set_phase(case.ref, open_status(journal), "Test: igen", op(ground))
        journal.add_note(case.ref, note(), op(ground))
        assert len(journal.notes(case.ref).items) == 1

    def test_a_closed_case_takes_no_draft_reminder_or_section(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        flags = journal.capabilities().flags
        journal.set_phase(case.ref, closed_status(journal), "Test: slut", op(ground))
        if Capability.DRAFTS in flags:
            with pytest.raises(CaseClosed):
                journal.create_draft(case.ref, meta(), text_file(), op(ground))
        if Capability.REMINDERS in flags:
            with pytest.raises(CaseClosed):
                journal.set_reminder(case.ref, reminder(ground), op(ground))
        if Capability.SECTIONS in flags:
            with pytest.raises(CaseClosed):
                journal.ensure_section(case.ref, "Test", op(ground))

    def test_the_pages_of_a_persons_cases_end(
        self, journal: Journal, ground: Ground, child: Party
    ) -> None:
        opened = [journal.create_case(new_case(ground, child), op(ground)) for _ in range(7)]
        assert child.cpr is not None
        found: list[Case] = []
        cursor, pages = None, 0
        while pages < 20:
            page = journal.find_cases(child.cpr, after=cursor)
            found += page.items
            cursor, pages = page.next, pages + 1
            if cursor is None:
                break
        assert [case.ref for case in found] == [case.ref for case in opened], "oldest first, once"

    def test_cases_are_found_by_part_phase_and_subject(
        self, journal: Journal, ground: Ground, case: Case, citizens: Citizens
    ) -> None:
        parent = person(citizens)
        assert parent.cpr is not None
        journal.add_party(case.ref, parent, op(ground))
        assert not journal.find_cases(parent.cpr).items
        found = journal.find_cases(parent.cpr, primary_only=False)
        assert [other.ref for other in found.items] == [case.ref]
        find = partial(journal.find_cases, parent.cpr, primary_only=False)
        assert len(find(phase=Phase.ACTIVE).items) == 1
        assert len(find(phase=Phase.CLOSED).items) == 0
        assert len(find(subject_codes=[ground.subject_code]).items) == 1
        assert len(find(subject_codes=["32.18.00"]).items) == 0

    def test_somebody_unknown_has_no_cases(self, journal: Journal, citizens: Citizens) -> None:
        nobody = person(citizens)
        assert nobody.cpr is not None
        assert not journal.find_cases(nobody.cpr).items
        assert not journal.find_party(cpr=nobody.cpr)


class PartyContract(JournalGround):
    """A person is there once, and what protects them is never lost."""

    def test_a_party_is_added_once(
        self, journal: Journal, ground: Ground, case: Case, citizens: Citizens
    ) -> None:
        parent = person(citizens)
        journal.add_party(case.ref, parent, op(ground))
        journal.add_party(case.ref, replace(parent, name="Test Andetnavn"), op(ground))
        assert [party.cpr for party in journal.parties(case.ref)].count(parent.cpr) == 1

    def test_the_primary_party_is_a_party_and_comes_first(
        self, journal: Journal, ground: Ground, case: Case, child: Party, citizens: Citizens
    ) -> None:
        journal.add_party(case.ref, person(citizens), op(ground))
        journal.add_party(case.ref, child, op(ground))
        assert journal.parties(case.ref)[0].cpr == child.cpr
        assert len(journal.parties(case.ref)) == 2

    def test_an_unborn_child_has_no_number_and_is_there_once(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        unborn = Party(PartyKind.PERSON, "Ufødt barn af Test Prøvesen")
        journal.add_party(case.ref, unborn, op(ground))
        journal.add_party(case.ref, unborn, op(ground))
        assert [party.name for party in journal.parties(case.ref)].count(unborn.name) == 1

    def test_a_company_is_known_by_its_number(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        school = Party(PartyKind.COMPANY, "Testskolen ApS", cvr="99999999")
        made = journal.ensure_party(school, op(ground))
        assert journal.ensure_party(replace(school, name="Test"), op(ground)).ref == made.ref
        assert [found.name for found in journal.find_party(cvr="99999999")] == ["Testskolen ApS"]

    def test_a_party_without_a_number_cannot_be_ensured(
        self, journal: Journal, ground: Ground
    ) -> None:
        with pytest.raises(Rejected):
            journal.ensure_party(Party(PartyKind.OTHER, "Test Ukendt"), op(ground))

    def test_a_party_is_added_by_its_ref(
        self, journal: Journal, ground: Ground, case: Case, citizens: Citizens
    ) -> None:
        known = journal.ensure_party(person(citizens), op(ground))
        journal.add_party(case.ref, known, op(ground))
        assert known.ref in [party.ref for party in journal.parties(case.ref)]

    def test_a_protected_address_is_protected_wherever_it_is_shown(
        self, journal: Journal, ground: Ground, child: Party
    ) -> None:
        hidden = replace(child, protected_address=True)
        case = journal.create_case(new_case(ground, hidden), op(ground))
        assert child.cpr is not None
        shown = [
            *journal.parties(case.ref),
            *journal.find_party(cpr=child.cpr),
            journal.get_case(case.ref).primary_party,
            journal.find_cases(child.cpr).items[0].primary_party,
        ]
        assert [party.protected_address for party in shown if party] == [True] * 4

    def test_an_address_becomes_protected_and_never_unprotected_by_the_way(
        self, journal: Journal, ground: Ground, case: Case, child: Party
    ) -> None:
        assert child.cpr is not None
        journal.ensure_party(replace(child, protected_address=True), op(ground))
        assert journal.find_party(cpr=child.cpr)[0].protected_address is True
        journal.ensure_party(replace(child, protected_address=False), op(ground))
        journal.add_party(case.ref, child, op(ground))
        assert journal.find_party(cpr=child.cpr)[0].protected_address is True
        assert journal.parties(case.ref)[0].protected_address is True

    def test_a_role_is_kept(
        self, journal: Journal, ground: Ground, case: Case, citizens: Citizens
    ) -> None:
        needs(journal, Capability.PARTY_ROLES)
        journal.add_party(case.ref, replace(person(citizens), role="mor"), op(ground))
        assert "mor" in [party.role for party in journal.parties(case.ref)]


class SectionContract(JournalGround):
    """A part of a case is known by its title."""

    def test_a_section_is_made_once_whatever_its_white_space(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        needs(journal, Capability.SECTIONS)
        made = journal.ensure_section(case.ref, "Børnefaglig  undersøgelse ", op(ground))
        again = journal.ensure_section(case.ref, " Børnefaglig undersøgelse", op(ground))
        assert (made.ref, made.title) == (again.ref, "Børnefaglig undersøgelse")
        assert list(journal.sections(case.ref)) == [made]

    def test_a_document_lies_in_its_section(
        self, journal: Journal, ground: Ground, case: Case
    ) -> None:
        needs(journal, Capability.SECTIONS)
        section = journal.ensure_section(case.ref, "Test", op(ground))
        filed = journal.file_document(
            case.ref, replace(meta(), section=section.ref), [text_file()], op(ground)
        )
        assert filed.meta.section == section.ref
        assert journal.documents(case.ref).items[0].meta.section == section.ref

    def test_a_section_of_another_case_is_refused(
        self, journal: Journal, ground: Ground, case: Case, child: Party
    ) -> None:
        needs(journal, Capability.SECTIONS)
        other = journal.create_case(new_case(ground, child), op(ground))
        section = journal.ensure_section(other.ref, "Test", op(ground))
        with pytest.raises(Rejected):
            journal.file_document(
                case.ref, replace(meta(), section=section.ref), [text_file()], op(ground)
            )
