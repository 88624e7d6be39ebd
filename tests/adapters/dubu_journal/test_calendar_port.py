"""The embedded journal's calendar keeps what the port promises."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from dubu_journal import calendar as entries
from dubu_journal.host import Host
from dubu_journal.port.calendar import EmbeddedCalendar
from dubu_plugin.testing.calendar import CalendarContract, Elsewhere

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


@dataclass
class HostClient:
    """Changes entries as the host's own pages do."""

    host: Host

    def move(self, key: UUID, starts: datetime, ends: datetime, place: str | None) -> None:
        with self.host.database.writing() as connection:
            there = entries.by_key(connection, f"dubu:{key}")
            assert there is not None
            fields = {name: getattr(there, name) for name in entries.NewEntry.__dataclass_fields__}
            new = entries.NewEntry(**fields)
            entries.put(connection, replace(new, starts=starts, ends=ends, place=place), NOW)

    def delete(self, key: UUID) -> None:
        with self.host.database.writing() as connection:
            entries.cancel(connection, f"dubu:{key}", NOW)


class TestEmbedded(CalendarContract):
    @pytest.fixture
    def calendar(self, host: Host) -> EmbeddedCalendar:
        return EmbeddedCalendar(host, clock=lambda: NOW)

    @pytest.fixture
    def owner(self) -> str:
        return "anne"

    @pytest.fixture
    def elsewhere(self, host: Host) -> Elsewhere:
        return HostClient(host)
