"""Cases, their parties and their parts."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from dubu_journal import addresses, cases, parties, sections
from dubu_journal.ledger import Made
from dubu_journal.port import answers
from dubu_journal.port.operations import Operations
from dubu_journal.refusals import BadValue
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.ports.journal_objects import (
    Case,
    CaseChange,
    Kind,
    NewCase,
    Op,
    Page,
    Party,
    Phase,
    Ref,
    Section,
)


class CaseOperations(Operations):
    """See `dubu_plugin.ports.journal.Journal` for each operation."""

    def get_case(self, ref: Ref) -> Case:
        """Return a case."""
        with self._reading("get_case") as connection:
            return _case(connection, answers.id_of(ref, Kind.CASE))

    def find_cases(
        self,
        cpr: Cpr,
        *,
        primary_only: bool = True,
        subject_codes: Sequence[str] = (),
        phase: Phase | None = None,
        after: str | None = None,
    ) -> Page[Case]:
        """Return the cases a person is a party to, oldest first."""
        statuses = [key for key, of in answers.PHASES.items() if of is phase]
        with self._reading("find_cases") as connection:
            person = addresses.by_cpr(connection, cpr.digits)
            if person is None:
                return Page([])
            found = cases.of_contact(
                connection,
                person.id,
                primary_only=primary_only,
                subject_codes=subject_codes,
                statuses=statuses,
                after=answers.id_of_cursor(after) or 0,
                limit=self.page_size + 1,
            )
            shown = _cases(connection, found[: self.page_size])
        more = len(found) > self.page_size
        return Page(shown, shown[-1].ref.key if more else None)

    def create_case(self, case: NewCase, op: Op) -> Case:
        """Open a case with its parties."""

        def work(connection: sa.Connection, now: datetime) -> Made:
            new = cases.NewCase(
                title=case.title,
                responsible=case.responsible,
                template=case.template,
                subject_code=case.subject_code,
                facet=case.facet,
                unit=case.unit,
                protected=case.protected,
            )
            case_id = cases.create(connection, new, op.actor, now)
            _add(connection, case_id, case.primary_party, op, now, is_primary=True)
            for party in case.parties:
                _add(connection, case_id, party, op, now)
            return Made(Kind.CASE, case_id)

        return self._once("create_case", op, work, _answer)

    def change_case(self, ref: Ref, change: CaseChange, *, expected: str | None, op: Op) -> Case:
        """Change the named values and nothing else."""
        given = {"title": change.title, "responsible": change.responsible, "unit": change.unit}
        values = {name: value for name, value in given.items() if value is not None}

        def work(connection: sa.Connection, now: datetime) -> Made:
            case_id = answers.id_of(ref, Kind.CASE)
            cases.change(connection, case_id, values, expected=expected, now=now)
            return Made(Kind.CASE, case_id)

        return self._once("change_case", op, work, _answer)

    def set_phase(self, ref: Ref, status_key: str, comment: str, op: Op) -> Case:
        """Give the case this status; nothing happens where it has it already."""

        def work(connection: sa.Connection, now: datetime) -> Made:
            case_id = answers.id_of(ref, Kind.CASE)
            cases.set_status(connection, case_id, status_key, comment, now)
            return Made(Kind.CASE, case_id)

        return self._once("set_phase", op, work, _answer)

    def find_party(self, *, cpr: Cpr | None = None, cvr: str | None = None) -> Sequence[Party]:
        """Return the one with this number, as a list of one or none."""
        with self._reading("find_party") as connection:
            found = [
                addresses.by_cpr(connection, cpr.digits) if cpr is not None else None,
                addresses.by_cvr(connection, cvr) if cvr is not None else None,
            ]
        return [answers.contact(contact) for contact in found if contact is not None]

    def ensure_party(self, party: Party, op: Op) -> Party:
        """Return the party, put in the address book where nobody has the number."""

        def work(connection: sa.Connection, now: datetime) -> Made:
            if party.cpr is None and party.cvr is None:
                raise BadValue("cpr")
            new = answers.new_contact(party)
            return Made(Kind.PARTY, addresses.ensure(connection, new, now))

        def answer(connection: sa.Connection, made: Made) -> Party:
            return answers.contact(addresses.get(connection, made.object_id), party.role)

        return self._once("ensure_party", op, work, answer)

    def parties(self, case: Ref) -> Sequence[Party]:
        """Return everybody who is a party to the case."""
        with self._reading("parties") as connection:
            case_id = cases.get(connection, answers.id_of(case, Kind.CASE)).id
            return [answers.party(party) for party in parties.of_case(connection, case_id)]

    def add_party(self, case: Ref, party: Party, op: Op) -> None:
        """Make somebody a party; nothing happens where they are one already."""

        def work(connection: sa.Connection, now: datetime) -> Made:
            case_id = answers.id_of(case, Kind.CASE)
            return Made(Kind.PARTY, _add(connection, case_id, party, op, now))

        self._once("add_party", op, work, lambda connection, made: None)

    def sections(self, case: Ref) -> Sequence[Section]:
        """Return the parts of the case."""
        with self._reading("sections") as connection:
            rows = sections.of_case(connection, answers.id_of(case, Kind.CASE))
        return [answers.section(row) for row in rows]

    def ensure_section(self, case: Ref, title: str, op: Op) -> Section:
        """Return the part with this title, made where there is none."""

        def work(connection: sa.Connection, now: datetime) -> Made:
            case_id = answers.id_of(case, Kind.CASE)
            return Made(Kind.SECTION, sections.ensure(connection, case_id, title))

        def answer(connection: sa.Connection, made: Made) -> Section:
            return answers.section(sections.get(connection, made.object_id))

        return self._once("ensure_section", op, work, answer)


def _add(
    connection: sa.Connection,
    case_id: int,
    party: Party,
    op: Op,
    now: datetime,
    *,
    is_primary: bool = False,
) -> int:
    known = None if party.ref is None else answers.id_of(party.ref, Kind.PARTY)
    return parties.add(
        connection,
        case_id,
        answers.new_contact(party) if known is None else known,
        role=party.role,
        is_primary=is_primary,
        by=op.actor,
        now=now,
    )


def _answer(connection: sa.Connection, made: Made) -> Case:
    return _case(connection, made.object_id)


def _case(connection: sa.Connection, case_id: int) -> Case:
    return _cases(connection, [cases.get(connection, case_id)])[0]


def _cases(connection: sa.Connection, rows: Sequence[cases.Case]) -> list[Case]:
    primary = parties.of_cases(connection, [row.id for row in rows], primary_only=True)
    return [answers.case(row, next(iter(primary.get(row.id, ())), None)) for row in rows]
