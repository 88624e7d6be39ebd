"""The calendar in memory keeps what the port promises, so that tests may trust it."""

import pytest

from dubu_plugin.testing.calendar import CalendarContract, Elsewhere
from dubu_plugin.testing.fake_calendar import FakeCalendar


class TestFake(CalendarContract):
    @pytest.fixture
    def calendar(self) -> FakeCalendar:
        return FakeCalendar()

    @pytest.fixture
    def owner(self) -> str:
        return "anne"

    @pytest.fixture
    def elsewhere(self, calendar: FakeCalendar) -> Elsewhere:
        return calendar
