"""The file: many read while one writes, and what goes wrong is undone and said."""

import sqlite3
from pathlib import Path

import pytest

from dubu_journal import database, schema, users
from dubu_journal.host import Host
from dubu_journal.journal_port import EmbeddedJournal
from dubu_plugin.ports.journal_errors import Unavailable
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
