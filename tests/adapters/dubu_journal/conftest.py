"""An embedded host of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dubu_journal import users
from dubu_journal.host import Host
from dubu_journal.journal_port import EmbeddedJournal

MEGABYTE = 1024 * 1024


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """A host with three units and the people who work there."""
    made = Host.made(tmp_path / "journal.sqlite", tmp_path / "filer")
    with made.database.writing() as connection:
        users.add_unit(connection, users.Unit("boern", "Børn og Unge"))
        users.add_unit(connection, users.Unit("nord", "Børn Nord", parent="boern"))
        users.add_unit(connection, users.Unit("syd", "Børn Syd", parent="boern"))
        for key, unit in (("anne", "nord"), ("bo", "nord"), ("cecilie", "syd"), ("dorte", "boern")):
            name = f"{key.title()} Testsen"
            users.add_user(connection, users.User(key, f"{key}@test", name, unit))
        users.lead(connection, "dorte", "boern")
    yield made
    made.database.close()


@pytest.fixture
def embedded(host: Host) -> EmbeddedJournal:
    """The host as the product sees it, with small pages."""
    return EmbeddedJournal(host, page_size=3, largest_file=24 * MEGABYTE)
