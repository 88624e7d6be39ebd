"""What happened cannot be changed unseen."""

import tracemalloc
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store import chain
from dubu_plugin.store.database import Store
from dubu_plugin.store.tables import chain_head, haendelser
from dubu_plugin.store.transaction import Work

NOW = datetime(2026, 3, 2, 9, 14, 15, 123456, tzinfo=UTC)


def record(store: Store, number: int) -> None:
    with store.write(actor="karen", now=NOW) as work:
        for step in range(number):
            work.happened(
                Haendelse.NOTAT_JOURNALISERET,
                occurred_at=NOW - timedelta(microseconds=step),
                sag=uuid4(),
                person=uuid4() if step % 2 else None,
                data={"notat": f"æøå {step}", "tal": step, "ja": True, "intet": None},
            )


def tamper(store: Store, *statements: sa.Executable) -> None:
    """Do what somebody with the database's own password can do."""
    with store.engine.begin() as connection:
        if store.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER haendelser_no_update")
            connection.exec_driver_sql("DROP TRIGGER haendelser_no_delete")
        else:
            connection.exec_driver_sql("ALTER TABLE haendelser DISABLE TRIGGER ALL")
        for statement in statements:
            connection.execute(statement)


def verdict(store: Store) -> chain.Verdict:
    with store.read() as connection:
        return chain.verify(connection)


def where(seq: int) -> sa.ColumnElement[bool]:
    return haendelser.c.seq == seq


def test_an_empty_chain_is_whole(store: Store) -> None:
    assert verdict(store)


def test_a_chain_nobody_touched_is_whole(store: Store) -> None:
    record(store, 7)
    record(store, 3)
    found = verdict(store)
    assert found
    assert found.length == 10


@pytest.mark.parametrize(
    "column",
    [
        {"type": "sag_lukket"},
        {"actor": "anders"},
        {"occurred_at": NOW + timedelta(microseconds=1)},
        {"recorded_at": NOW + timedelta(seconds=1)},
        {"sag_id": uuid4()},
        {"underretning_id": uuid4()},
        {"person_id": uuid4()},
        {"data": "{}"},
        {"id": uuid4()},
        {"previous": "0" * 64},
        {"hash": "0" * 64},
    ],
    ids=lambda column: next(iter(column)),
)
def test_a_changed_column_is_found(store: Store, column: dict[str, Any]) -> None:
    record(store, 5)
    tamper(store, sa.update(haendelser).where(where(3)).values(column))
    found = verdict(store)
    assert (found.broken_at, found.why) == (3, "aendret")


@pytest.mark.parametrize("seq", [1, 3])
def test_a_removed_row_is_found(store: Store, seq: int) -> None:
    record(store, 5)
    tamper(store, sa.delete(haendelser).where(where(seq)))
    found = verdict(store)
    assert (found.broken_at, found.why) == (seq, "fjernet")


def test_a_removed_last_row_is_found(store: Store) -> None:
    record(store, 5)
    tamper(store, sa.delete(haendelser).where(where(5)))
    found = verdict(store)
    assert (found.broken_at, found.why) == (5, "fjernet")


def test_a_removed_last_row_with_the_head_moved_back_is_found(store: Store) -> None:
    record(store, 5)
    tamper(
        store,
        sa.delete(haendelser).where(where(5)),
        sa.update(chain_head).values(seq=4),
    )
    found = verdict(store)
    assert (found.broken_at, found.why) == (4, "hoved")


def test_all_rows_removed_is_found(store: Store) -> None:
    record(store, 2)
    tamper(store, sa.delete(haendelser))
    assert verdict(store).broken_at == 1


def test_a_removed_head_is_found(store: Store) -> None:
    record(store, 2)
    tamper(store, sa.delete(chain_head))
    assert not verdict(store)


def test_a_row_put_in_after_the_last_is_found(store: Store) -> None:
    record(store, 3)
    with store.read() as connection:
        last = connection.execute(sa.select(haendelser).where(where(3))).one()
    forged = chain.Link(
        **{name: getattr(last, name) for name in chain.Link.__slots__}
        | {"seq": 4, "id": uuid4(), "previous": last.hash}
    )
    tamper(store, sa.insert(haendelser).values(forged.row()))
    found = verdict(store)
    assert (found.broken_at, found.why) == (4, "indsat")


@pytest.mark.parametrize("seq", [0, -7])
def test_a_row_put_in_before_the_first_is_found(store: Store, seq: int) -> None:
    record(store, 3)
    forged = chain.Link(
        seq, uuid4(), "sag_lukket", NOW, NOW, "x", None, None, None, "{}", chain.START
    )
    tamper(store, sa.insert(haendelser).values(forged.row()))
    assert not verdict(store)


@pytest.mark.parametrize(
    "statement",
    [sa.update(haendelser).values(actor="anders"), sa.delete(haendelser)],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_change_what_happened(store: Store, statement: Any) -> None:
    record(store, 1)
    with (
        pytest.raises(sa.exc.DBAPIError, match="kun til at tilføje"),
        store.write(actor="x", now=NOW) as work,
    ):
        work.connection.execute(statement)
    assert verdict(store)


def record_and_fail(work: Work) -> None:
    work.happened(Haendelse.SAG_LUKKET)
    raise ZeroDivisionError


def test_what_failed_leaves_no_gap(store: Store) -> None:
    record(store, 1)
    with pytest.raises(ZeroDivisionError), store.write(actor="x", now=NOW) as work:
        record_and_fail(work)
    record(store, 1)
    assert verdict(store).length == 2


def test_the_walk_needs_no_more_memory_for_a_longer_chain(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "BATCH", 50)
    record(store, 600)
    reached: list[tuple[int, int]] = []
    with store.read() as connection:
        tracemalloc.start()
        assert chain.verify(connection, lambda done, total: reached.append((done, total)))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert reached[-1] == (600, 600)
    # All of them at once would be over 1.2 MB.
    assert peak < 700_000


def test_data_that_cannot_be_written_one_way_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="JSON"), store.write(actor="x", now=NOW) as work:
        work.happened(Haendelse.SAG_LUKKET, data={"tal": float("nan")})
