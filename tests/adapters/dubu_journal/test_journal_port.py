"""The embedded host keeps the journal port's contract."""

import pytest

from dubu_journal.journal_port import EmbeddedJournal
from dubu_plugin.ports.journal import Journal
from dubu_plugin.testing.journal import Ground, JournalContract


class TestEmbeddedJournal(JournalContract):
    @pytest.fixture
    def ground(self) -> Ground:
        return Ground("anne", "bo", "cecilie", "anne@test", "27.24.00")

    @pytest.fixture
    def journal(self, embedded: EmbeddedJournal) -> Journal:
        return embedded
