"""Everything in a transaction is stored, or nothing is; and writers wait for their turn."""

import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import chain
from dubu_plugin.store.database import Store
from dubu_plugin.store.failures import DatabaseMissing, StorageBusy, StorageFull, StorageUnreachable
from dubu_plugin.store.tables import chain_head, frister, haendelser, outbox, personer, units
from dubu_plugin.testing.databases import fresh_sqlite

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)


@pytest.fixture
def sqlite_store(tmp_path: Path, rules: RuleBook) -> Store:
    return Store.connect(fresh_sqlite(tmp_path), rules, patience=10)


def count(store: Store, table: sa.Table) -> int:
    with store.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def write_all(store: Store, failure: type[Exception] | None = None) -> None:
    with store.write(actor="karen", now=NOW) as work:
        work.connection.execute(sa.insert(units).values(key="nord", title="Nord"))
        work.happened(Haendelse.SAG_LUKKET)
        work.tell("add_note", lane="sag:1", key=uuid4(), payload={})
        if failure:
            raise failure


def test_what_is_written_is_read(store: Store) -> None:
    write_all(store)
    assert (count(store, units), count(store, haendelser), count(store, outbox)) == (1, 1, 1)


def test_a_failure_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        write_all(store, ZeroDivisionError)
    assert (count(store, units), count(store, haendelser), count(store, outbox)) == (0, 0, 0)


def test_a_transaction_inside_another_is_an_error_and_not_a_wait(sqlite_store: Store) -> None:
    with (
        sqlite_store.write(actor="x", now=NOW),
        pytest.raises(RuntimeError, match="inside another"),
        sqlite_store.write(actor="x", now=NOW),
    ):
        pass
    with sqlite_store.write(actor="x", now=NOW):
        pass


def test_sqlite_is_durable_and_keeps_its_references(sqlite_store: Store) -> None:
    with sqlite_store.read() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }
    with (
        pytest.raises(sa.exc.IntegrityError),
        sqlite_store.write(actor="x", now=NOW) as work,
    ):
        work.connection.execute(
            sa.insert(personer).values(id=uuid4(), name="Test", seen_at=NOW, mother_id=uuid4())
        )


def test_the_connection_used_last_is_used_next(sqlite_store: Store) -> None:
    """It knows the statements, and holds the pages that were read last."""
    engine = sqlite_store.engine
    with engine.connect() as one, engine.connect() as other:
        first, last = (each.connection.dbapi_connection for each in (one, other))
        other.close()
        one.close()
    for _ in range(2):
        with engine.connect() as again:
            assert again.connection.dbapi_connection is first
    assert last is not first


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with (
        pytest.raises(sa.exc.StatementError, match="time zone"),
        store.write(actor="x", now=NOW) as work,
    ):
        work.connection.execute(
            sa.insert(personer).values(id=uuid4(), name="T", seen_at=NOW.replace(tzinfo=None))
        )


def test_an_error_does_not_repeat_what_was_written(store: Store) -> None:
    row = {"id": uuid4(), "host_key": "7", "name": "Prøve Hemmelig", "seen_at": NOW}
    with store.write(actor="x", now=NOW) as work:
        work.connection.execute(sa.insert(personer).values(row))
    with pytest.raises(sa.exc.IntegrityError) as said, store.write(actor="x", now=NOW) as work:
        work.connection.execute(sa.insert(personer).values(row | {"id": row["id"]}))
    assert "Hemmelig" not in str(said.value)
    assert str(row["id"]) not in str(said.value)


def test_readers_do_not_wait_for_a_writer(store: Store) -> None:
    with store.write(actor="x", now=NOW) as work:
        work.connection.execute(sa.insert(units).values(key="nord", title="Nord"))
        assert count(store, units) == 0
    assert count(store, units) == 1


def test_waking_comes_after_the_commit_and_only_when_something_was_told(store: Store) -> None:
    heard: list[int] = []
    stop = store.on_told(lambda: heard.append(count(store, outbox)))
    with store.write(actor="x", now=NOW) as work:
        work.tell("add_note", lane="sag:1", key=uuid4(), payload={})
        assert heard == []
    assert heard == [1]
    with store.write(actor="x", now=NOW) as work:
        work.happened(Haendelse.SAG_LUKKET)
    with pytest.raises(ZeroDivisionError):
        write_all(store, ZeroDivisionError)
    assert heard == [1]
    stop()
    with store.write(actor="x", now=NOW) as work:
        work.tell("add_note", lane="sag:1", key=uuid4(), payload={})
    assert heard == [1]


def test_writers_are_served_in_the_order_they_came(sqlite_store: Store) -> None:
    served: list[int] = []
    waiting = [threading.Event() for _ in range(8)]

    def write(number: int) -> None:
        waiting[number].set()
        with sqlite_store.write(actor="x", now=NOW):
            served.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    turns = sqlite_store._turns
    assert turns is not None
    with sqlite_store.write(actor="x", now=NOW):
        for number, thread in enumerate(threads):
            thread.start()
            waiting[number].wait()
            while len(turns._waiting) <= number:
                threading.Event().wait(0.001)
    for thread in threads:
        thread.join()
    assert served == list(range(8))


def test_a_writer_who_waits_too_long_is_told_so(tmp_path: Path, rules: RuleBook) -> None:
    store = Store.connect(fresh_sqlite(tmp_path), rules, patience=0.05)
    said: list[BaseException] = []

    def write() -> None:
        try:
            with store.write(actor="x", now=NOW):
                pass
        except StorageBusy as busy:
            said.append(busy)

    with store.write(actor="x", now=NOW):
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert len(said) == 1
    with store.write(actor="x", now=NOW):
        pass


def test_a_writer_in_another_process_is_waited_for_but_not_for_ever(
    tmp_path: Path, rules: RuleBook
) -> None:
    store = Store.connect(fresh_sqlite(tmp_path), rules, patience=0.05)
    other = sqlite3.connect(str(store.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageBusy) as busy, store.write(actor="x", now=NOW):
        pass
    assert "Prøv igen" in busy.value.for_people()
    other.execute("ROLLBACK")
    other.close()
    with store.write(actor="x", now=NOW):
        pass


def record_much(store: Store) -> None:
    with store.write(actor="x", now=NOW) as work:
        work.connection.execute(sa.insert(units).values(key="nord", title="Nord"))
        for _ in range(2_000):
            work.happened(Haendelse.SAG_LUKKET)


def test_a_full_disk_is_a_sentence_and_nothing_is_half_saved(sqlite_store: Store) -> None:
    store = sqlite_store
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def no_room(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    store.close()
    sa.event.listen(store.engine, "connect", no_room)
    with pytest.raises(StorageFull) as full:
        record_much(store)
    assert "plads på disken" in full.value.for_people()
    sa.event.remove(store.engine, "connect", no_room)
    store.close()
    assert (count(store, units), count(store, haendelser)) == (0, 0)
    with store.read() as connection:
        assert chain.verify(connection)


def test_a_database_that_is_not_there_is_a_sentence(tmp_path: Path, rules: RuleBook) -> None:
    store = Store.connect(f"sqlite:///{tmp_path}/ingen/steder/dubu.sqlite", rules)
    with pytest.raises(StorageUnreachable), store.write(actor="x", now=NOW):
        pass
    store = Store.connect("postgresql+psycopg://x@/x?host=/ingen/steder", rules)
    with pytest.raises(StorageUnreachable), store.read():
        pass


WRITE_MUCH = """
import sys
from datetime import UTC, datetime
from uuid import uuid4
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.database import Store

store = Store.connect(sys.argv[1], RuleBook(()))
for _ in range(25):
    with store.write(actor="x", now=datetime(2026, 3, 2, tzinfo=UTC)) as work:
        work.happened(Haendelse.SAG_LUKKET)
        work.tell("add_note", lane="sag:1", key=uuid4(), payload={})
"""


def test_many_processes_write_one_chain_and_one_lane(store: Store, url: str) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITE_MUCH, url]) for _ in range(4)]
    assert [writer.wait() for writer in writers] == [0] * 4
    with store.read() as connection:
        found = chain.verify(connection)
        positions = connection.scalars(
            sa.select(outbox.c.position).order_by(outbox.c.position)
        ).all()
    assert found
    assert found.length == 100
    assert positions == list(range(1, 101))


def test_the_head_follows_the_chain(store: Store) -> None:
    with store.write(actor="x", now=NOW) as work:
        one = work.happened(Haendelse.SAG_LUKKET)
        two = work.happened(Haendelse.SAG_GENAABNET)
    assert (one.seq, two.seq) == (1, 2)
    with store.read() as connection:
        assert connection.scalar(sa.select(chain_head.c.seq)) == 2
        assert connection.scalar(sa.select(sa.func.count()).select_from(frister)) == 0


# -- a file that is not there ----------------------------------------------------------------------


def test_a_missing_file_is_not_made_by_asking(tmp_path: Path, rules: RuleBook) -> None:
    store = Store.connect(f"sqlite:///{tmp_path}/dubu.sqlite", rules)
    with pytest.raises(DatabaseMissing), store.read():
        pass
    with pytest.raises(DatabaseMissing), store.write(actor="karen", now=NOW):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_disappears_while_we_run_is_missed_at_once(
    tmp_path: Path, rules: RuleBook
) -> None:
    store = Store.connect(fresh_sqlite(tmp_path), rules)
    with store.read() as connection:
        connection.execute(sa.select(1))
    file = tmp_path / "dubu.sqlite"
    file.rename(tmp_path / "afmonteret.sqlite")
    with pytest.raises(DatabaseMissing), store.write(actor="karen", now=NOW):
        pass
    assert not file.exists()
    store.close()


def test_a_file_put_in_place_of_the_open_one_is_the_one_that_is_read(
    tmp_path: Path, rules: RuleBook
) -> None:
    store = Store.connect(fresh_sqlite(tmp_path), rules)
    with store.write(actor="karen", now=NOW) as work:
        work.happened(Haendelse.SAG_LUKKET)
    for name in ("dubu.sqlite", "dubu.sqlite-wal", "dubu.sqlite-shm"):
        (tmp_path / name).rename(tmp_path / f"gammel-{name}")
    fresh_sqlite(tmp_path)
    with store.read() as connection:
        assert chain.head(connection) == (0, chain.START)
    store.close()


def test_a_name_with_signs_of_an_address_in_it_is_a_name(tmp_path: Path, rules: RuleBook) -> None:
    folder = tmp_path / "æ ?mode=rwc#1 100%"
    folder.mkdir()
    fresh_sqlite(folder)
    address = sa.URL.create("sqlite", database=str(folder / "dubu.sqlite"))
    store = Store.connect(address.render_as_string(), rules)
    with store.read() as connection:
        assert chain.head(connection) == (0, chain.START)
    store.close()
