"""What the settings decide, and what the hooks then provide."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

import dubu_journal
from dubu_journal import installation
from dubu_journal.identity import EmbeddedIdentity
from dubu_journal.journal_port import EmbeddedJournal
from dubu_journal.persons import EmbeddedPersons
from dubu_journal.port.post import EmbeddedIncomingPost, EmbeddedOutgoingPost
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.settings import Settings


def settings(folder: Path, **section: object) -> Settings:
    return Settings(folder=folder, journal=section)  # type: ignore[call-arg]


def test_the_five_ports_share_one_host(tmp_path: Path) -> None:
    chosen = settings(tmp_path, database="j.sqlite", files="f", address="https://j.example")
    journal = dubu_journal.provide_journal(settings=chosen)
    persons = dubu_journal.provide_persons(settings=chosen)
    identity = dubu_journal.provide_identity(settings=chosen)
    incoming = dubu_journal.provide_incoming_post(settings=chosen)
    outgoing = dubu_journal.provide_outgoing_post(settings=chosen)
    assert isinstance(journal, EmbeddedJournal)
    assert isinstance(persons, EmbeddedPersons)
    assert isinstance(identity, EmbeddedIdentity)
    assert isinstance(incoming, EmbeddedIncomingPost)
    assert isinstance(outgoing, EmbeddedOutgoingPost)
    assert len({id(port.host) for port in (journal, persons, identity, incoming, outgoing)}) == 1
    assert journal.host.database.path == tmp_path / "j.sqlite"
    assert list(tmp_path.iterdir()) == [], "nothing is opened at start-up"


def test_where_another_system_is_the_host_we_are_not(tmp_path: Path) -> None:
    chosen = Settings(folder=tmp_path, journal_system="sbsys")
    assert dubu_journal.provide_journal(settings=chosen) is None
    assert dubu_journal.provide_persons(settings=chosen) is None
    assert dubu_journal.provide_identity(settings=chosen) is None
    assert dubu_journal.provide_incoming_post(settings=chosen) is None
    assert dubu_journal.provide_outgoing_post(settings=chosen) is None


def test_a_wrong_setting_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"\[journal\].*largest_file"):
        installation.storage(settings(tmp_path, largest_file="stor"))


def test_an_address_opens_the_object_in_the_client(tmp_path: Path) -> None:
    from dubu_plugin.ports.journal_objects import Kind, Ref

    journal = dubu_journal.provide_journal(settings=settings(tmp_path, address="https://j.example"))
    assert journal is not None
    assert journal.url_for(Ref("dubu_journal", Kind.CASE, "7")) == "https://j.example/sager/7"
    assert journal.url_for(Ref("dubu_journal", Kind.NOTE, "7")) is None
    assert journal.url_for(Ref("sbsys", Kind.CASE, "7")) is None


def test_who_set_it_up_has_let_go_of_the_file(tmp_path: Path) -> None:
    upkeep = dubu_journal.provide_upkeep(settings=settings(tmp_path, database="j.sqlite"))
    assert upkeep is not None
    upkeep.set_up(uuid4())
    with closing(sqlite3.connect(tmp_path / "j.sqlite")) as alone:
        # Only who is alone with the file may take its journal away: the demo's filling does.
        assert alone.execute("PRAGMA journal_mode = OFF").fetchone() == ("off",)


def test_a_journal_of_an_older_shape_is_brought_up_to_date_and_keeps_its_mark(
    tmp_path: Path,
) -> None:
    chosen = settings(tmp_path, database="j.sqlite", files="f")
    key = uuid4()
    upkeep = dubu_journal.provide_upkeep(settings=chosen)
    assert upkeep is not None
    upkeep.set_up(key)
    with closing(sqlite3.connect(tmp_path / "j.sqlite")) as file, file:
        file.execute("DROP INDEX ix_contacts_street")
        file.execute("ALTER TABLE contacts DROP COLUMN street")
        file.execute("PRAGMA user_version = 3")
    assert set(upkeep.places().values()) == {key}, "an upgrade would be refused"
    upkeep.set_up(key)
    assert upkeep.faults() == []
