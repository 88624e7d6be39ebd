"""A chain cut back together with its head is unbroken; what was written down elsewhere tells."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import chain, witness
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import chain_head, haendelser
from dubu_plugin.testing.databases import fresh_sqlite

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
KEY = uuid4()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.connect(fresh_sqlite(tmp_path), RuleBook(()))
    yield made
    made.close()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "kaede.log"
    witness.begin(file, KEY, (0, chain.START), NOW)
    return file


def grow(store: Store, times: int) -> None:
    for _ in range(times):
        with store.write(actor="karen", now=NOW) as work:
            work.happened(Haendelse.SAG_LUKKET)


def noted(store: Store, log: Path, hours: float) -> bool:
    with store.read() as connection:
        return witness.note(log, connection, NOW + timedelta(hours=hours))


def contradicted(store: Store, log: Path) -> witness.Seen | None:
    with store.read() as connection:
        return witness.contradicted(log, connection)


def cut_back(store: Store, to: int) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER haendelser_no_delete")
        connection.execute(sa.delete(haendelser).where(haendelser.c.seq > to))
        last = connection.scalar(sa.select(haendelser.c.hash).where(haendelser.c.seq == to))
        connection.execute(sa.update(chain_head).values(seq=to, hash=last or chain.START))


def test_a_chain_that_grows_agrees_with_what_was_written_down(store: Store, log: Path) -> None:
    assert contradicted(store, log) is None
    grow(store, 3)
    assert noted(store, log, 1)
    grow(store, 2)
    assert contradicted(store, log) is None


def test_a_chain_cut_back_with_its_head_is_found(store: Store, log: Path) -> None:
    grow(store, 3)
    assert noted(store, log, 1)
    cut_back(store, 1)
    with store.read() as connection:
        assert chain.verify(connection), "by itself the chain looks whole"
    seen = contradicted(store, log)
    assert seen is not None
    assert (seen.seq, seen.at) == (3, NOW + timedelta(hours=1))


def test_a_chain_written_anew_is_found(store: Store, log: Path) -> None:
    grow(store, 3)
    assert noted(store, log, 1)
    cut_back(store, 0)
    grow(store, 4)
    seen = contradicted(store, log)
    assert seen is not None
    assert seen.seq == 3


def test_it_is_written_down_once_an_hour_and_only_where_it_grew(store: Store, log: Path) -> None:
    grow(store, 1)
    assert not noted(store, log, 0.5)
    assert noted(store, log, 1)
    assert not noted(store, log, 3), "nothing has happened since"
    grow(store, 1)
    assert noted(store, log, 4)
    assert len(log.read_text().splitlines()) == 3


def test_half_a_line_of_a_killed_process_spoils_nothing(store: Store, log: Path) -> None:
    grow(store, 1)
    with log.open("a") as file:
        file.write("2026-03-02T10:14")
    assert noted(store, log, 2)
    assert witness.installation(log) == KEY
    assert log.read_text().endswith("\n")
    cut_back(store, 0)
    assert contradicted(store, log) is not None


def test_a_file_that_is_gone_is_not_made_anew(store: Store, tmp_path: Path) -> None:
    gone = tmp_path / "et-andet-sted.log"
    with pytest.raises(FileNotFoundError):
        noted(store, gone, 1)
    with pytest.raises(FileNotFoundError):
        contradicted(store, gone)
    assert witness.installation(gone) is None
    assert not gone.exists()


def test_a_file_that_does_not_tell_whose_it_is_is_left_alone(store: Store, tmp_path: Path) -> None:
    strange = tmp_path / "kaede.log"
    strange.write_text("noget helt andet\n")
    grow(store, 1)
    assert not noted(store, strange, 1)
    assert witness.installation(strange) is None
    assert strange.read_text() == "noget helt andet\n"
