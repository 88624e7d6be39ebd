"""CalDAV, against a real server, keeps what the port promises."""

import pytest

from dubu_kalender.caldav_port import CalDavCalendar
from dubu_plugin.testing.calendar import CalendarContract
from dubu_plugin.testing.radicale_server import OtherClient


class TestCalDav(CalendarContract):
    @pytest.fixture
    def calendar(self, caldav: CalDavCalendar) -> CalDavCalendar:
        return caldav

    @pytest.fixture
    def owner(self) -> str:
        return "anne"

    @pytest.fixture
    def elsewhere(self, other: OtherClient) -> OtherClient:
        return other
