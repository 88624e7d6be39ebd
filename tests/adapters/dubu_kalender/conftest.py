from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dubu_kalender.caldav_port import CalDavCalendar
from dubu_kalender.dav import Dav
from dubu_plugin.testing.radicale_server import PASSWORD, OtherClient, RadicaleServer

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[RadicaleServer]:
    server = RadicaleServer(tmp_path).start()
    server.make_calendar("anne")
    yield server
    server.stop()


@pytest.fixture
def caldav(radicale: RadicaleServer) -> CalDavCalendar:
    return CalDavCalendar(
        Dav("dubu", PASSWORD, patience=1.0),
        radicale.address,
        organizer="dubu@proevestrup.example",
        clock=lambda: NOW,
    )


@pytest.fixture
def other(radicale: RadicaleServer) -> OtherClient:
    return OtherClient(radicale)
