"""Who has looked cannot be changed unseen, and a page pays nothing for it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Decision
from dubu_plugin.store import chain, read_log, read_seals, witness
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import read_log as log
from dubu_plugin.store.tables import read_seals as seals

NOW = datetime(2026, 3, 2, 9, 14, 15, 123456, tzinfo=UTC)
OLD = read_seals.AGE + timedelta(minutes=1)


def look(store: Store, at: datetime, times: int = 3) -> None:
    with store.add() as connection:
        for number in range(times):
            read_log.add(
                connection,
                at=at,
                employee="karen",
                act=Act.READ,
                subject_kind="sag",
                subject_id=f"sag æøå {number}",
                decision=Decision(number != 1, "egen_sag"),
                detail=None if number else "Alma",
            )


def sealed(store: Store, now: datetime, **more: Any) -> int:
    return read_seals.seal(store, now, **more)


def verdict(store: Store) -> read_seals.Verdict:
    with store.read() as connection:
        return read_seals.verify(connection)


def tamper(store: Store, *statements: sa.Executable) -> None:
    """Do what somebody with the database's own password can do."""
    with store.engine.begin() as connection:
        for table in ("read_log", "read_seals"):
            if store.engine.dialect.name == "sqlite":
                connection.exec_driver_sql(f"DROP TRIGGER {table}_no_update")
                connection.exec_driver_sql(f"DROP TRIGGER {table}_no_delete")
            else:
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def three(store: Store) -> Store:
    """Three seals on three lines each, and three lines too young for one."""
    for hour in range(3):
        look(store, NOW + timedelta(hours=hour))
        assert sealed(store, NOW + timedelta(hours=hour) + OLD) == 1
    look(store, NOW + timedelta(hours=3))
    return store


def test_a_log_nobody_touched_fits_its_seals(three: Store) -> None:
    found = verdict(three)
    assert found
    assert (found.seals, found.lines) == (3, 9)


def test_an_empty_log_gets_no_seal_and_is_whole(store: Store) -> None:
    assert sealed(store, NOW) == 0
    assert verdict(store)


def test_a_line_is_sealed_when_it_is_old_enough_and_once(store: Store) -> None:
    look(store, NOW)
    assert sealed(store, NOW + read_seals.AGE - timedelta(seconds=1)) == 0
    assert sealed(store, NOW + OLD) == 1
    look(store, NOW + timedelta(minutes=2))
    assert sealed(store, NOW + OLD + timedelta(minutes=1)) == 0, "it waits for company"
    assert sealed(store, NOW + OLD + read_seals.EVERY) == 1
    assert sealed(store, NOW + OLD + 3 * read_seals.EVERY) == 0, "there is nothing new"
    assert verdict(store).lines == 6


def test_lines_of_one_moment_are_never_parted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_seals, "AT_A_TIME", 2)
    for minute in range(4):
        look(store, NOW + timedelta(minutes=minute), times=3)
    assert sealed(store, NOW + timedelta(hours=1), every=timedelta()) == 4
    found = verdict(store)
    assert found
    assert found.lines == 12


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (sa.update(log).where(log.c.at == NOW).values(employee="pia"), "aendret"),
        (sa.update(log).where(log.c.detail == "Alma").values(detail="Noah"), "aendret"),
        (sa.delete(log).where(log.c.at == NOW + timedelta(hours=1), log.c.allowed.is_(False)),
         "fjernet"),
        (sa.insert(log).values(id=uuid4(), at=NOW + timedelta(hours=1), employee="pia", act="laes",
                               subject_kind="sag", why="egen_sag", allowed=True), "indsat"),
        (sa.update(seals).where(seals.c.seq == 2).values(digest="0" * 64), "segl"),
        (sa.delete(seals).where(seals.c.seq == 2), "segl"),
    ],
)  # fmt: skip
def test_what_was_done_to_a_sealed_line_or_a_seal_is_found(
    three: Store, change: sa.Executable, why: str
) -> None:
    tamper(three, change)
    found = verdict(three)
    assert not found
    assert found.why == why


@pytest.mark.parametrize("table", [log, seals])
def test_the_database_itself_refuses_to_change_or_delete(three: Store, table: sa.Table) -> None:
    column = "employee" if table is log else "digest"
    for statement in (sa.update(table).values({column: "pia"}), sa.delete(table)):
        with pytest.raises(sa.exc.DBAPIError), three.engine.begin() as connection:
            connection.execute(statement)
    assert verdict(three)


def test_seals_cut_back_or_written_anew_are_found_by_what_was_written_down(
    three: Store, tmp_path: Path
) -> None:
    file = tmp_path / "kaede.log"
    witness.begin(file, uuid4(), (0, chain.START), NOW)
    with three.read() as connection:
        assert witness.note(file, connection, NOW + timedelta(hours=2))
        assert not witness.note(file, connection, NOW + timedelta(hours=2))
        assert witness.contradicted(file, connection) is None
    tamper(three, sa.delete(seals).where(seals.c.seq == 3), sa.delete(log))
    with three.read() as connection:
        seen = witness.contradicted(file, connection)
    assert seen is not None
    assert (seen.chain, seen.seq) == (witness.READS, 3)


def test_a_page_writes_its_line_and_asks_nothing_of_the_seals(store: Store) -> None:
    asked: list[str] = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda *told: asked.append(str(told[2])))
    look(store, NOW, times=1)
    inserts = [one for one in asked if "read_log" in one]
    assert len(inserts) == 1
    assert not any("seals" in one or "chain_head" in one for one in asked)
