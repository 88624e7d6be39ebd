"""A journal in memory that keeps the whole contract, and can be told to misbehave.

What tests want of a bad day is a switch: `down`, `lose_answers`, `lose_requests`, `raise_next`,
`wait`, `close_case`; see `fake_host.FakeHost`.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from dubu_plugin.ports.journal import Capabilities, Capability, Guarantee, Health
from dubu_plugin.ports.journal_objects import (
    CaseRead,
    CaseTemplate,
    Changed,
    Direction,
    Page,
    Ref,
    Status,
    User,
)
from dubu_plugin.testing.fake_host import NAME
from dubu_plugin.testing.fake_journal_cases import STATUSES, TEMPLATES, FakeCases
from dubu_plugin.testing.fake_journal_documents import FakeDocuments
from dubu_plugin.testing.fake_journal_notes import TYPES, FakeNotes


class FakeJournal(FakeCases, FakeDocuments, FakeNotes):
    """See `dubu_plugin.ports.journal.Journal` for each operation."""

    def capabilities(self) -> Capabilities:
        return Capabilities(self.flags, Guarantee.STRONG, self.largest_file)

    def health(self) -> Health:
        detail = "Journalen er slukket." if self.down else None
        return Health(not self.down, "fake", detail)

    def whoami(self, actor: str) -> User | None:
        with self._asked("whoami"):
            return self.users.get(actor)

    def templates(self) -> Sequence[CaseTemplate]:
        with self._asked("templates"):
            return list(TEMPLATES.values())

    def statuses(self) -> Sequence[Status]:
        with self._asked("statuses"):
            return list(STATUSES.values())

    def reminder_types(self) -> Sequence[str]:
        with self._asked("reminder_types"):
            return TYPES

    def document_kinds(self) -> Mapping[Direction, str]:
        with self._asked("document_kinds"):
            return {direction: direction.value for direction in Direction}

    def find_user(self, login: str) -> User | None:
        with self._asked("find_user"):
            same = (user for user in self.users.values() if user.login == login.casefold())
            return next(same, None)

    def probe(self, op_key: UUID) -> Ref | None:
        with self._asked("probe"):
            done = self._done.get(op_key)
            return None if done is None else done[1]

    def url_for(self, ref: Ref) -> str | None:
        return f"https://{NAME}.example/{ref.kind}/{ref.key}" if ref.host == NAME else None

    def changed_since(self, cursor: str | None) -> Page[Changed]:
        with self._asked("changed_since", Capability.CHANGES):
            start = int(cursor or 0)
            changed = self.changes[start : start + self.page_size]
            told = [Changed(ref, self._case_of(ref)) for ref in dict.fromkeys(changed)]
            return Page(told, str(start + len(changed)))

    def _case_of(self, ref: Ref) -> Ref | None:
        """Return the case something lies on."""
        for folder in self.folders.values():
            lie_on_it = {
                *folder.documents,
                *(one.ref.key for one in folder.notes),
                *(one.ref.key for one in folder.reminders.values()),
            }
            if ref.key in {folder.case.ref.key, *lie_on_it}:
                return folder.case.ref
        return None

    def may_read(self, actor: str, case: Ref) -> bool | None:
        with self._asked("may_read", Capability.ACCESS_CHECK):
            user = self.users.get(actor)
            there = self.folders.get(case.key)
            if user is None or there is None:
                return False
            of_unit = not there.case.protected and user.unit == there.case.unit
            return actor == there.case.responsible or of_unit

    def reads(self, case: Ref, actor: str, *, limit: int) -> Sequence[CaseRead] | None:
        with self._asked("reads", Capability.READS):
            there = self._folder(case, "reads")
            found = sorted(there.reads, key=lambda read: read.at, reverse=True)
            return found[:limit] if actor == there.case.responsible else None
