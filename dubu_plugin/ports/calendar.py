"""What we need of a calendar: an entry for each meeting, kept like ours, and what others change.

Three promises. A write is named by an `Op`, and the same `Op` again has no second effect. It says
which version of the entry it builds on, so that nobody is overwritten unseen: a calendar people
use is changed by them too. A write whose answer never came raises `Unanswered`, and `probe` then
tells whether it took effect; it is never simply sent again.

An entry is named by our own key in its owner's calendar; how the other system names it is its own
affair. `dubu_plugin.testing.calendar` holds this contract as tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from dubu_plugin.ports.journal import Health
from dubu_plugin.ports.journal_objects import Op


class CalendarFlag(StrEnum):
    """Something a calendar may or may not be able to do."""

    CHANGES = "changes"
    """It can be asked what others have changed."""
    PARTICIPANTS = "participants"
    """It keeps who takes part; otherwise they are left out of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting as it is to stand in somebody's calendar. It is private, and names no child."""

    key: UUID
    owner: str
    """Whose calendar: the host's key of the employee."""
    title: str = field(repr=False)
    starts: datetime
    ends: datetime
    place: str | None = field(default=None, repr=False)
    participants: Sequence[str] = field(default=(), repr=False)
    """Their e-mail addresses."""
    link: str | None = None
    """Where it stands with us."""
    case: str | None = None
    """The journal's key of the case, for a calendar that is the journal's own."""
    sequence: int = 0
    """How many times its time or place has changed (RFC 5545, 3.8.7.4)."""


@dataclass(frozen=True, slots=True)
class Held:
    """An entry as the calendar has it now."""

    key: UUID
    version: str
    """Changes whenever the entry does; hand it back to `Calendar.put`."""
    starts: datetime | None
    """None where it cannot be read, or has no time of day any more."""
    ends: datetime | None
    place: str | None = field(default=None, repr=False)

    @property
    def is_readable(self) -> bool:
        """Whether there is a time in it that a meeting can be held at."""
        return self.starts is not None and self.ends is not None


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry of ours that may have changed."""

    key: UUID
    held: Held | None
    """None where it is gone."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, and where to go on."""

    items: Sequence[Changed]
    next: str
    """Hand this back the next time."""
    complete: bool = False
    """Everything there is, so that what is not in it is not there."""


class Calendar(Protocol):
    """The calendars of those who work here.

    Every operation may raise `Unavailable`, `Throttled` and `AuthFailed`, and `NotFound` where the
    owner has no calendar.
    """

    @property
    def name(self) -> str:
        """The system's short name, for logs and for people."""

    def capabilities(self) -> frozenset[CalendarFlag]:
        """Return what it can do. Does not call it."""

    def health(self) -> Health:
        """Return whether it answers. Never raises."""

    def put(self, entry: Entry, op: Op, *, expected: str | None) -> str:
        """Make the entry, or change the one with its key, and return its version.

        :param expected: the version it builds on; None where there is to be none yet.
        :raises Conflict: the entry is another, or gone, or there already; nothing is changed.
        :raises Rejected: a value is refused.
        :raises Unanswered: it may have been done; `probe` with the same key.
        """

    def cancel(self, owner: str, key: UUID, op: Op) -> None:
        """Take the entry away, whoever changed it last; nothing happens where there is none.

        :raises Unanswered: it may have been done; see whether it is still `held`.
        """

    def held(self, owner: str, key: UUID) -> Held | None:
        """Return the entry as it is now, or None where there is none."""

    def probe(self, owner: str, key: UUID, op_key: UUID) -> Held | None:
        """Return the entry as it is now where a `put` with this op key took effect, else None.

        Where somebody has changed the entry since, the write took effect all the same.
        """

    def changes_since(self, owner: str, cursor: str | None) -> Changes:
        """Return what changed of ours in a calendar (capability CHANGES).

        Our own writes may be among them: they are known by their version.

        :param cursor: `Changes.next` of the time before; None, or one the system has forgotten,
            returns everything.
        """
