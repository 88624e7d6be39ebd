"""A calendar in memory, and somebody who changes it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from dubu_plugin.ports.calendar import CalendarFlag, Changed, Changes, Entry, Held
from dubu_plugin.ports.invitations import Invitation
from dubu_plugin.ports.journal import Health
from dubu_plugin.ports.journal_errors import Conflict, NotFound
from dubu_plugin.ports.journal_objects import Op


@dataclass
class Kept:
    """An entry as it stands."""

    held: Held
    entry: Entry
    op: UUID


@dataclass
class FakeCalendar:
    """Calendars of those who work here. What is in `fails` is raised, once, before all else."""

    owners: frozenset[str] = frozenset({"anne", "bo", "karen", "mette"})
    kept: dict[UUID, Kept] = field(default_factory=dict)
    fails: list[Exception] = field(default_factory=list)
    loses: list[Exception] = field(default_factory=list)
    """Raised once after a write has taken effect, as when its answer is lost."""
    name: str = "fake"
    writes: int = 0
    _log: list[UUID] = field(default_factory=list)

    def capabilities(self) -> frozenset[CalendarFlag]:
        """See the port."""
        return frozenset(CalendarFlag)

    def health(self) -> Health:
        """See the port."""
        return Health(not self.fails)

    def put(self, entry: Entry, op: Op, *, expected: str | None) -> str:
        """See the port."""
        self._answer(entry.owner)
        there = self.kept.get(entry.key)
        if there is not None and there.op == op.key:
            return there.held.version
        if (there.held.version if there else None) != expected:
            raise Conflict(self.name, "put")
        held = self._keep(entry, op.key, entry.starts, entry.ends, entry.place)
        self.writes += 1
        if self.loses:
            raise self.loses.pop(0)
        return held.version

    def cancel(self, owner: str, key: UUID, op: Op) -> None:
        """See the port."""
        self._answer(owner)
        self.delete(key)

    def held(self, owner: str, key: UUID) -> Held | None:
        """See the port."""
        self._answer(owner)
        return self.kept[key].held if key in self.kept else None

    def probe(self, owner: str, key: UUID, op_key: UUID) -> Held | None:
        """See the port."""
        self._answer(owner)
        there = self.kept.get(key)
        return there.held if there is not None and there.op == op_key else None

    def changes_since(self, owner: str, cursor: str | None) -> Changes:
        """See the port."""
        self._answer(owner)
        known = cursor is not None and cursor.isdigit()
        since = self._log[int(cursor or 0) :] if known else list(self.kept)
        items = [
            Changed(key, self.kept[key].held if key in self.kept else None)
            for key in dict.fromkeys(since)
        ]
        return Changes(items, str(len(self._log)), complete=not known)

    def move(self, key: UUID, starts: datetime, ends: datetime, place: str | None) -> None:
        """Change an entry as somebody does in another client."""
        there = self.kept[key]
        self._keep(there.entry, there.op, starts, ends, place)

    def delete(self, key: UUID) -> None:
        """Remove an entry, where there is one."""
        if self.kept.pop(key, None) is not None:
            self._log.append(key)

    def _keep(
        self,
        entry: Entry,
        op: UUID,
        starts: datetime | None,
        ends: datetime | None,
        place: str | None,
    ) -> Held:
        self._log.append(entry.key)
        held = Held(entry.key, f"v{len(self._log)}", starts, ends, place)
        self.kept[entry.key] = Kept(held, entry, op)
        return held

    def _answer(self, owner: str) -> None:
        if self.fails:
            raise self.fails.pop(0)
        if owner not in self.owners:
            raise NotFound(self.name, "calendar")


@dataclass
class FakeInvitations:
    """Invitations that are always taken. What is in `fails` is raised, once."""

    sent: list[Invitation] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)
    name: str = "fake"

    def health(self) -> Health:
        """See the port."""
        return Health(True)

    def send(self, invitation: Invitation, op: Op) -> None:
        """See the port."""
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append(invitation)
