"""The file: many read while one writes, and what goes wrong is undone and said."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from dubu_journal import addresses, database, schema, users
from dubu_journal.addresses import NewContact
from dubu_journal.host import Host
from dubu_journal.journal_port import EmbeddedJournal
from dubu_plugin.ports.journal_errors import Unanswered, Unavailable
from dubu_plugin.testing.citizens import Citizens
from dubu_plugin.testing.journal import Ground
from dubu_plugin.testing.journal_ground import new_case, op, person

GROUND = Ground("anne", "bo", "cecilie", "anne@test", "27.24.00")


def test_it_keeps_a_journal_and_forces_it_to_the_disk(host: Host) -> None:
    with host.database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_reader_sees_one_moment_while_another_writes(host: Host) -> None:
    with host.database.reading() as reader:
        before = len(users.every_user(reader))
        with host.database.writing() as writer:
            users.add_user(writer, users.User("ny", "ny", "Ny Testsen", "nord"))
        assert len(users.every_user(reader)) == before
    with host.database.reading() as reader:
        assert len(users.every_user(reader)) == before + 1


def test_an_exception_undoes_all_of_it(host: Host) -> None:
    def add_and_fail() -> None:
        with host.database.writing() as writer:
            users.add_user(writer, users.User("ny", "ny", "Ny Testsen", "nord"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    with host.database.reading() as reader:
        assert users.user(reader, "ny") is None


def test_one_host_for_one_file(tmp_path: Path) -> None:
    first = Host.at(tmp_path / "a" / ".." / "journal.sqlite", tmp_path / "filer")
    assert Host.at(tmp_path / "journal.sqlite", tmp_path / "filer") is first
    assert Host.at(tmp_path / "anden.sqlite", tmp_path / "filer") is not first


def test_nothing_is_opened_before_it_is_used(tmp_path: Path) -> None:
    EmbeddedJournal(Host.at(tmp_path / "j" / "journal.sqlite", tmp_path / "filer")).capabilities()
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    file = sqlite3.connect(tmp_path / "journal.sqlite")
    file.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    file.close()
    host = Host.at(tmp_path / "journal.sqlite", tmp_path / "filer")
    assert not EmbeddedJournal(host).health().ok
    with pytest.raises(Unavailable, match="version"):
        EmbeddedJournal(host).find_user("anne")
    host.database.close()


def test_a_folder_that_cannot_be_written_is_a_host_that_is_down(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("her er en fil, ikke en mappe")
    journal = EmbeddedJournal(Host.at(tmp_path / "fil" / "journal.sqlite", tmp_path / "filer"))
    assert not journal.health().ok
    with pytest.raises(Unavailable):
        journal.find_user("anne")


def test_a_full_disk_says_so_and_changes_nothing(
    host: Host, embedded: EmbeddedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = person(Citizens(seed=4))
    embedded.create_case(new_case(GROUND, child), op(GROUND))
    with host.database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    host.database.close()
    limited = (*database.PRAGMAS, f"PRAGMA max_page_count = {pages}")
    monkeypatch.setattr(database, "PRAGMAS", limited)
    full = database.Database(host.database.path)
    journal = EmbeddedJournal(Host(full, host.files))

    def fill() -> None:
        for _ in range(200):
            journal.create_case(new_case(GROUND, child, "Test " * 80), op(GROUND))

    with pytest.raises(Unavailable, match="disk_full"):
        fill()
    full.close()
    monkeypatch.undo()
    with host.database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


# -- what is not there -----------------------------------------------------------------------------


def test_a_missing_file_is_not_made_by_asking(tmp_path: Path) -> None:
    journal = EmbeddedJournal(Host.at(tmp_path / "journal.sqlite", tmp_path / "filer"))
    health = journal.health()
    assert not health.ok
    assert "er disken monteret?" in (health.detail or "")
    with pytest.raises(Unavailable, match="database_missing"):
        journal.find_user("anne")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_a_missing_one(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").touch()
    journal = EmbeddedJournal(Host.at(tmp_path / "journal.sqlite", tmp_path / "filer"))
    with pytest.raises(Unavailable, match="database_missing"):
        journal.find_user("anne")


def test_a_file_that_disappears_while_we_run_is_missed_at_once(
    host: Host, embedded: EmbeddedJournal
) -> None:
    assert embedded.find_user("anne@test")
    elsewhere = host.database.path.with_name("afmonteret.sqlite")
    host.database.path.rename(elsewhere)
    with pytest.raises(Unavailable, match="database_missing"):
        embedded.find_user("anne@test")
    assert not host.database.path.exists()
    elsewhere.rename(host.database.path)
    assert embedded.find_user("anne@test")


def test_a_file_put_in_place_of_the_one_we_had_open_is_the_one_we_read(
    host: Host, embedded: EmbeddedJournal
) -> None:
    assert embedded.find_user("anne@test")
    host.database.path.rename(host.database.path.with_name("gammel.sqlite"))
    database.Database(host.database.path).make()
    assert embedded.find_user("anne@test") is None


def test_a_file_of_an_older_release_is_brought_up_to_date_by_set_up_only(
    host: Host, embedded: EmbeddedJournal
) -> None:
    with host.database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE installation")
        connection.exec_driver_sql("ALTER TABLE users DROP COLUMN email")
        addresses.add(
            connection,
            NewContact("person", "Åse Test", address="Åvej 3, Test"),
            datetime(2026, 3, 2, 11, 0, tzinfo=UTC),
        )
        connection.exec_driver_sql("DROP INDEX ix_contacts_street")
        connection.exec_driver_sql("ALTER TABLE contacts DROP COLUMN street")
        connection.exec_driver_sql("PRAGMA user_version = 1")
    host.database.close()
    older = database.Database(host.database.path)
    with pytest.raises(schema.WrongVersion), older.reading():
        pass
    older.make()
    with older.reading() as connection:
        assert schema.missing(connection) == []
        assert {one.email for one in users.every_user(connection)} == {None}
        assert [one.name for one in addresses.living_at(connection, "åvej 3", limit=9)] == [
            "Åse Test"
        ]
    older.close()


@pytest.mark.parametrize(
    "lost",
    ["DROP TABLE user_roles", "DROP INDEX ix_notes_case_id", "DROP TRIGGER document_found"],
)
def test_a_part_that_was_dropped_is_named(host: Host, embedded: EmbeddedJournal, lost: str) -> None:
    assert embedded.health().ok
    with host.database.writing() as connection:
        connection.exec_driver_sql(lost)
    health = embedded.health()
    assert not health.ok
    assert lost.split()[-1] in (health.detail or "")


# -- faults are never refusals ---------------------------------------------------------------------


def test_a_file_that_is_no_database_is_waited_for(host: Host, embedded: EmbeddedJournal) -> None:
    host.database.close()
    host.database.path.write_bytes(b"ikke en database" * 500)
    with pytest.raises(Unavailable):
        embedded.find_user("anne@test")


def test_a_writer_that_holds_the_file_is_waited_for(
    host: Host, embedded: EmbeddedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT", 0.01)
    impatient = database.Database(host.database.path)
    holding = sqlite3.connect(host.database.path, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    journal = EmbeddedJournal(Host(impatient, host.files))
    child = person(Citizens(seed=4))
    with pytest.raises(Unavailable):
        journal.create_case(new_case(GROUND, child), op(GROUND))
    holding.close()
    impatient.close()


def test_a_disk_that_fails_at_the_commit_leaves_it_open_what_came_of_it(
    host: Host, embedded: EmbeddedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = person(Citizens(seed=4))
    this = op(GROUND)
    commit = sa.RootTransaction.commit

    def fails_afterwards(transaction: sa.RootTransaction) -> None:
        commit(transaction)
        raise sa.exc.OperationalError("COMMIT", None, sqlite3.OperationalError("disk I/O error"))

    monkeypatch.setattr(sa.RootTransaction, "commit", fails_afterwards)
    with pytest.raises(Unanswered) as doubt:
        embedded.create_case(new_case(GROUND, child), this)
    monkeypatch.undo()
    assert doubt.value.op_key == str(this.key)
    assert embedded.probe(this.key) is not None, "it did take effect, and can be looked up"


def test_a_disk_that_is_full_at_the_commit_did_nothing(
    embedded: EmbeddedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = person(Citizens(seed=4))
    this = op(GROUND)
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    def fails(transaction: sa.RootTransaction) -> None:
        raise sa.exc.OperationalError("COMMIT", None, full)

    monkeypatch.setattr(sa.RootTransaction, "commit", fails)
    with pytest.raises(Unavailable, match="disk_full"):
        embedded.create_case(new_case(GROUND, child), this)
    monkeypatch.undo()
    assert embedded.probe(this.key) is None
