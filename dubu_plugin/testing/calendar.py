"""The promises of `dubu_plugin.ports.calendar`, as tests an adapter inherits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid4

import pytest

from dubu_plugin.errors import Refused
from dubu_plugin.ports.calendar import Calendar, CalendarFlag, Changed, Entry
from dubu_plugin.ports.journal_errors import Conflict
from dubu_plugin.ports.journal_objects import Op

STARTS = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Elsewhere(Protocol):
    """Somebody who changes the calendar in another client."""

    def move(self, key: UUID, starts: datetime, ends: datetime, place: str | None) -> None:
        """Give an entry another time and place, and change nothing else in it."""

    def delete(self, key: UUID) -> None:
        """Remove an entry."""


class CalendarContract:
    """Nobody is overwritten unseen, and a write is done once. Give the three fixtures."""

    @pytest.fixture
    def calendar(self) -> Calendar:
        """Return the adapter under test."""
        raise NotImplementedError("give a `calendar` fixture that returns your adapter")

    @pytest.fixture
    def owner(self) -> str:
        """Return somebody who has a calendar with nothing of ours in it."""
        raise NotImplementedError("give an `owner` fixture that says whose calendar is empty")

    @pytest.fixture
    def elsewhere(self) -> Elsewhere:
        """Return somebody who changes that calendar in another client."""
        raise NotImplementedError("give an `elsewhere` fixture that changes the calendar")

    @pytest.fixture
    def entry(self, owner: str) -> Entry:
        """Return a meeting."""
        return Entry(
            key=uuid4(),
            owner=owner,
            title="Børnesamtale – A.T.",
            starts=STARTS,
            ends=STARTS + HOUR,
            place="Rådhuset, lokale 3 – æøå",
            participants=["skole@proevestrup.example"],
            link="https://barn.example/dubu/sag/1/moeder",
        )

    def test_it_answers_for_its_health(self, calendar: Calendar) -> None:
        assert calendar.health().ok
        assert calendar.name

    def test_what_was_put_stands_there(self, calendar: Calendar, entry: Entry) -> None:
        version = calendar.put(entry, _op(), expected=None)
        held = calendar.held(entry.owner, entry.key)
        assert held is not None
        assert held.version == version
        assert held.is_readable
        assert (held.key, held.starts, held.ends, held.place) == (
            entry.key, entry.starts, entry.ends, entry.place,
        )  # fmt: skip

    def test_what_was_never_put_is_none(self, calendar: Calendar, entry: Entry) -> None:
        assert calendar.held(entry.owner, entry.key) is None
        assert calendar.probe(entry.owner, entry.key, uuid4()) is None

    def test_the_hours_either_side_of_the_clock_going_back_are_told_apart(
        self, calendar: Calendar, entry: Entry
    ) -> None:
        twice = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 2.30 in Denmark, and again an hour on
        night = replace(entry, starts=twice, ends=twice + HOUR)
        calendar.put(night, _op(), expected=None)
        held = calendar.held(entry.owner, entry.key)
        assert held is not None
        assert (held.starts, held.ends) == (twice, twice + HOUR)

    def test_a_change_builds_on_what_was_read(self, calendar: Calendar, entry: Entry) -> None:
        first = calendar.put(entry, _op(), expected=None)
        later = replace(entry, starts=entry.starts + HOUR, ends=entry.ends + HOUR, sequence=1)
        second = calendar.put(later, _op(), expected=first)
        assert second != first
        held = calendar.held(entry.owner, entry.key)
        assert held is not None
        assert held.starts == later.starts

    def test_nobody_is_overwritten_unseen(
        self, calendar: Calendar, entry: Entry, elsewhere: Elsewhere
    ) -> None:
        version = calendar.put(entry, _op(), expected=None)
        elsewhere.move(entry.key, entry.starts + HOUR, entry.ends + HOUR, "Skolen")
        with pytest.raises(Conflict):
            calendar.put(replace(entry, sequence=1), _op(), expected=version)
        held = calendar.held(entry.owner, entry.key)
        assert held is not None
        assert held.version != version
        assert (held.starts, held.place) == (entry.starts + HOUR, "Skolen")

    def test_a_change_to_what_is_gone_is_a_conflict(
        self, calendar: Calendar, entry: Entry, elsewhere: Elsewhere
    ) -> None:
        version = calendar.put(entry, _op(), expected=None)
        elsewhere.delete(entry.key)
        with pytest.raises(Conflict):
            calendar.put(replace(entry, sequence=1), _op(), expected=version)
        assert calendar.held(entry.owner, entry.key) is None

    def test_a_new_one_where_there_is_one_is_a_conflict(
        self, calendar: Calendar, entry: Entry
    ) -> None:
        calendar.put(entry, _op(), expected=None)
        with pytest.raises(Conflict):
            calendar.put(replace(entry, title="Et andet"), _op(), expected=None)

    def test_the_same_op_again_is_done_once(
        self, calendar: Calendar, entry: Entry, elsewhere: Elsewhere
    ) -> None:
        op = _op()
        first = calendar.put(entry, op, expected=None)
        assert calendar.put(entry, op, expected=None) == first

    def test_a_write_can_be_looked_up_also_when_somebody_has_moved_it_since(
        self, calendar: Calendar, entry: Entry, elsewhere: Elsewhere
    ) -> None:
        op = _op()
        version = calendar.put(entry, op, expected=None)
        found = calendar.probe(entry.owner, entry.key, op.key)
        assert found is not None
        assert found.version == version
        elsewhere.move(entry.key, entry.starts + HOUR, entry.ends + HOUR, entry.place)
        moved = calendar.probe(entry.owner, entry.key, op.key)
        assert moved is not None
        assert moved.starts == entry.starts + HOUR

    def test_a_refused_write_is_not_found_by_its_op(self, calendar: Calendar, entry: Entry) -> None:
        calendar.put(entry, _op(), expected=None)
        refused = _op()
        with pytest.raises(Conflict):
            calendar.put(entry, refused, expected=None)
        assert calendar.probe(entry.owner, entry.key, refused.key) is None

    def test_what_is_cancelled_is_gone_however_often(
        self, calendar: Calendar, entry: Entry, elsewhere: Elsewhere
    ) -> None:
        calendar.put(entry, _op(), expected=None)
        elsewhere.move(entry.key, entry.starts + HOUR, entry.ends + HOUR, None)
        for _ in range(2):
            calendar.cancel(entry.owner, entry.key, _op())
        assert calendar.held(entry.owner, entry.key) is None

    def test_what_was_cancelled_can_be_put_again(self, calendar: Calendar, entry: Entry) -> None:
        calendar.put(entry, _op(), expected=None)
        calendar.cancel(entry.owner, entry.key, _op())
        calendar.put(replace(entry, sequence=2), _op(), expected=None)
        assert calendar.held(entry.owner, entry.key) is not None

    def test_who_has_no_calendar_is_refused(self, calendar: Calendar, entry: Entry) -> None:
        with pytest.raises(Refused):
            calendar.put(replace(entry, owner="ingen-test"), _op(), expected=None)

    def test_our_own_write_is_known_by_its_version(self, calendar: Calendar, entry: Entry) -> None:
        cursor = calendar.changes_since(entry.owner, None).next
        version = calendar.put(entry, _op(), expected=None)
        (own,) = _news(calendar, entry.owner, cursor, entry.key)
        assert own.held is not None
        assert own.held.version == version

    def test_what_others_changed_is_told(
        self, calendar: Calendar, entry: Entry, elsewhere: Elsewhere
    ) -> None:
        if CalendarFlag.CHANGES not in calendar.capabilities():
            return
        version = calendar.put(entry, _op(), expected=None)
        cursor = calendar.changes_since(entry.owner, None).next
        elsewhere.move(entry.key, entry.starts + 2 * HOUR, entry.ends + 2 * HOUR, "Hjemme")
        (moved,) = _news(calendar, entry.owner, cursor, entry.key)
        assert moved.held is not None
        assert moved.held.version != version
        assert (moved.held.starts, moved.held.place) == (entry.starts + 2 * HOUR, "Hjemme")

    def test_what_others_deleted_is_told(
        self, calendar: Calendar, entry: Entry, elsewhere: Elsewhere
    ) -> None:
        calendar.put(entry, _op(), expected=None)
        cursor = calendar.changes_since(entry.owner, None).next
        elsewhere.delete(entry.key)
        changes = calendar.changes_since(entry.owner, cursor)
        told = [one.held for one in changes.items if one.key == entry.key]
        assert told == [None] or (changes.complete and not told)

    def test_a_cursor_nobody_knows_begins_anew(self, calendar: Calendar, entry: Entry) -> None:
        calendar.put(entry, _op(), expected=None)
        changes = calendar.changes_since(entry.owner, "en-markør-ingen-kender")
        assert changes.complete
        assert entry.key in [one.key for one in changes.items]

    def test_what_a_meeting_is_about_is_not_printed(self, calendar: Calendar, entry: Entry) -> None:
        calendar.put(entry, _op(), expected=None)
        said = f"{entry!r} {calendar.held(entry.owner, entry.key)!r}"
        for secret in (entry.title, entry.place or "-", entry.participants[0]):
            assert secret not in said


def _op() -> Op:
    return Op(uuid4(), "test")


def _news(calendar: Calendar, owner: str, cursor: str, key: UUID) -> list[Changed]:
    return [one for one in calendar.changes_since(owner, cursor).items if one.key == key]
