"""The fake journal's cases, parties and sections."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.ports.journal import Capability
from dubu_plugin.ports.journal_errors import Conflict, NotFound, Rejected
from dubu_plugin.ports.journal_objects import (
    Case,
    CaseChange,
    CaseTemplate,
    Kind,
    NewCase,
    Op,
    Page,
    Party,
    Phase,
    Ref,
    Section,
    Status,
)
from dubu_plugin.testing.fake_host import NAME, FakeHost, Folder

STATUSES: Final[Mapping[str, Status]] = {
    status.key: status
    for status in (
        Status("aktiv", "Aktiv", Phase.ACTIVE),
        Status("hvilende", "Hvilende", Phase.RESTING),
        Status("afsluttet", "Afsluttet", Phase.CLOSED),
    )
}
TEMPLATES: Final[Mapping[str, CaseTemplate]] = {
    "boernesag": CaseTemplate("boernesag", "Børnesag", "27.24.00", "G01"),
}
SUBJECT: Final = re.compile(r"(27|28|29|32)\.\d\d\.\d\d")


class FakeCases(FakeHost):
    """See `dubu_plugin.ports.journal.Journal` for each operation."""

    def close_case(self, case: Ref) -> None:
        """Close a case, as somebody in the host might at any time."""
        self._give_status(self._folder(case, "close_case"), "afsluttet")

    def get_case(self, ref: Ref) -> Case:
        with self._asked("get_case"):
            return self._folder(ref, "get_case").case

    def find_cases(
        self,
        cpr: Cpr,
        *,
        primary_only: bool = True,
        subject_codes: Sequence[str] = (),
        phase: Phase | None = None,
        after: str | None = None,
    ) -> Page[Case]:
        with self._asked("find_cases"):
            found = [
                folder.case
                for folder in self.folders.values()
                if cpr in [party.cpr for party in folder.parties[: 1 if primary_only else None]]
                and (not subject_codes or folder.case.subject_code in subject_codes)
                and (phase is None or folder.case.phase is phase)
            ]
            return self._page(found, after)

    def create_case(self, case: NewCase, op: Op) -> Case:
        def work() -> tuple[Ref, Case]:
            made = self._opened(case)
            folder = self.folders[made.ref.key] = Folder(made)
            for party in (case.primary_party, *case.parties):
                self._join(folder, party, "create_case")
            folder.case = replace(made, primary_party=folder.parties[0])
            return made.ref, folder.case

        return self._once("create_case", op, work)

    def change_case(self, ref: Ref, change: CaseChange, *, expected: str | None, op: Op) -> Case:
        def work() -> tuple[Ref, Case]:
            folder = self._open_folder(ref, "change_case")
            if expected not in (None, folder.case.version):
                raise Conflict(NAME, "change_case", folder.case.version)
            given = {"title": change.title, "responsible": change.responsible, "unit": change.unit}
            values = {name: value for name, value in given.items() if value is not None}
            self._check("change_case", **values)
            self._update(folder, **values)
            return ref, folder.case

        return self._once("change_case", op, work)

    def set_phase(self, ref: Ref, status_key: str, comment: str, op: Op) -> Case:
        def work() -> tuple[Ref, Case]:
            folder = self._folder(ref, "set_phase")
            if status_key not in STATUSES:
                raise Rejected(NAME, "set_phase", "status_key")
            if folder.case.status_key != status_key:
                self._give_status(folder, status_key)
            return ref, folder.case

        return self._once("set_phase", op, work)

    def find_party(self, *, cpr: Cpr | None = None, cvr: str | None = None) -> Sequence[Party]:
        with self._asked("find_party"):
            return [
                party
                for party in self.contacts.values()
                if (cpr is not None and party.cpr == cpr) or (cvr is not None and party.cvr == cvr)
            ]

    def ensure_party(self, party: Party, op: Op) -> Party:
        def work() -> tuple[Ref, Party]:
            if party.cpr is None and party.cvr is None:
                raise Rejected(NAME, "ensure_party", "cpr")
            there = self._contact(party, "ensure_party")
            assert there.ref is not None
            return there.ref, there

        return self._once("ensure_party", op, work)

    def parties(self, case: Ref) -> Sequence[Party]:
        with self._asked("parties"):
            return list(self._folder(case, "parties").parties)

    def add_party(self, case: Ref, party: Party, op: Op) -> None:
        def work() -> tuple[Ref, None]:
            return self._join(self._open_folder(case, "add_party"), party, "add_party"), None

        self._once("add_party", op, work)

    def sections(self, case: Ref) -> Sequence[Section]:
        with self._asked("sections", Capability.SECTIONS):
            return list(self._folder(case, "sections").sections)

    def ensure_section(self, case: Ref, title: str, op: Op) -> Section:
        def work() -> tuple[Ref, Section]:
            folder = self._open_folder(case, "ensure_section")
            folded = " ".join(title.split())
            self._check("ensure_section", title=folded)
            for section in folder.sections:
                if section.title == folded:
                    return section.ref, section
            made = Section(self._new_ref(Kind.SECTION), folded)
            folder.sections.append(made)
            return made.ref, made

        return self._once("ensure_section", op, work, needs=Capability.SECTIONS)

    def _opened(self, case: NewCase) -> Case:
        self._check("create_case", title=case.title, responsible=case.responsible)
        template = None if case.template is None else TEMPLATES.get(case.template)
        if template is None and (case.template or Capability.TEMPLATES_REQUIRED in self.flags):
            raise Rejected(NAME, "create_case", "template")
        subject = case.subject_code or (template.subject_code if template else None)
        if subject is None or not SUBJECT.fullmatch(subject):
            raise Rejected(NAME, "create_case", "subject_code")
        facet = case.facet or (template.facet if template else None) or "G01"
        now = self.clock()
        number = f"{subject}-{facet}-{len(self.folders) + 1}-{now:%y}"
        return Case(
            ref=self._new_ref(Kind.CASE, number),
            title=case.title,
            status_key="aktiv",
            phase=Phase.ACTIVE,
            created=now,
            changed=now,
            version="1",
            subject_code=subject,
            facet=facet,
            responsible=case.responsible,
            unit=case.unit or self.users[case.responsible].unit,
            protected=case.protected,
        )

    def _give_status(self, folder: Folder, key: str) -> None:
        self._update(folder, status_key=key)
        folder.case = replace(folder.case, phase=STATUSES[key].phase)

    def _update(self, folder: Folder, **values: Any) -> None:
        version = str(int(folder.case.version or 0) + 1)
        changed = replace(folder.case, changed=self.clock(), version=version)
        folder.case = replace(changed, **values)
        self.changes.append(folder.case.ref)

    def _join(self, folder: Folder, party: Party, operation: str) -> Ref:
        there = self._same(folder, party) or self._contact(party, operation)
        assert there.ref is not None
        role = party.role if Capability.PARTY_ROLES in self.flags else None
        if there.ref not in [other.ref for other in folder.parties]:
            folder.parties.append(replace(there, role=role))
        folder.parties = [
            replace(self.contacts[other.ref.key], role=other.role) if other.ref else other
            for other in folder.parties
        ]
        return there.ref

    def _same(self, folder: Folder, party: Party) -> Party | None:
        """Return the party who must be meant, where somebody has no number."""
        if party.ref is not None or party.cpr is not None or party.cvr is not None:
            return None
        named = (party.kind, party.name, None, None)
        return next((o for o in folder.parties if (o.kind, o.name, o.cpr, o.cvr) == named), None)

    def _contact(self, party: Party, operation: str) -> Party:
        """Return the party of the address book, put there where nobody has the number."""
        self._check(operation, title=party.name)
        if party.cvr is not None and not re.fullmatch("[0-9]{8}", party.cvr):
            raise Rejected(NAME, operation, "cvr")
        if party.ref is not None:
            if party.ref.key not in self.contacts:
                raise NotFound(NAME, operation)
            return self.contacts[party.ref.key]
        for key, other in self.contacts.items():
            if (party.cpr and party.cpr == other.cpr) or (party.cvr and party.cvr == other.cvr):
                protected = bool(other.protected_address or party.protected_address)
                self.contacts[key] = replace(other, protected_address=protected)
                return self.contacts[key]
        ref = self._new_ref(Kind.PARTY)
        known = replace(party, ref=ref, role=None, protected_address=bool(party.protected_address))
        self.contacts[ref.key] = known
        return known
