"""Writers who wait for the same turn share a transaction, and nobody pays for another's fault."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store import chain
from dubu_plugin.store.database import Store
from dubu_plugin.store.failures import StorageBusy, StorageFull
from dubu_plugin.store.tables import haendelser, units
from dubu_plugin.store.together import MOST
from dubu_plugin.store.transaction import Work
from dubu_plugin.testing.databases import fresh_sqlite

NOW = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)

Act = Callable[[Work], Any]


def named(key: str) -> Act:
    def act(work: Work) -> str:
        work.connection.execute(sa.insert(units).values(key=key, title=key))
        work.happened(Haendelse.SAG_LUKKET)
        work.tell("add_note", lane=f"sag:{key}", key=uuid4(), payload={})
        return f"{key} af {work.actor}"

    return act


def stored(store: Store) -> set[str]:
    with store.read() as connection:
        assert chain.verify(connection)
        return set(connection.scalars(sa.select(units.c.key)))


@contextmanager
def commits(store: Store) -> Iterator[list[int]]:
    """Give a list that grows by one at each commit."""
    seen: list[int] = []

    def count(_connection: sa.Connection) -> None:
        seen.append(1)

    sa.event.listen(store.engine, "commit", count)
    yield seen
    sa.event.remove(store.engine, "commit", count)


def waited(store: Store, acts: Sequence[Act]) -> list[Future[Any]]:
    """Have acts come while another writes, so that all of them wait; return what came of them."""
    with ThreadPoolExecutor(len(acts)) as pool, store.write(actor="x", now=NOW):
        futures = []
        for place, act in enumerate(acts):
            futures.append(pool.submit(store.write_together, act, actor="karen", now=NOW))
            until(lambda place=place: store.waiting == place + 1)  # type: ignore[misc]
    return futures


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_those_who_wait_are_stored_in_one_transaction_and_each_gets_its_own_answer(
    store: Store,
) -> None:
    told: list[int] = []
    store.on_told(lambda: told.append(len(stored(store))))
    with commits(store) as seen:
        futures = waited(store, [named(key) for key in "abcd"])
    assert [future.result() for future in futures] == [f"{key} af karen" for key in "abcd"]
    assert len(seen) == 2  # the one they waited for, and theirs
    assert stored(store) == {*"abcd"}
    assert told == [4]


def test_one_alone_is_stored_when_it_is_answered(store: Store) -> None:
    assert store.write_together(named("a"), actor="karen", now=NOW) == "a af karen"
    assert stored(store) == {"a"}


def test_what_is_wrong_with_one_harms_no_other(store: Store) -> None:
    def wrong(work: Work) -> None:
        named("w")(work)
        raise ZeroDivisionError

    twice = named("a")
    futures = waited(store, [twice, wrong, named("b"), twice])
    assert [type(future.exception()) for future in futures] == [
        type(None),
        ZeroDivisionError,
        type(None),
        sa.exc.IntegrityError,
    ]
    assert stored(store) == {"a", "b"}
    with store.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(haendelser)) == 2


def test_a_commit_that_fails_is_nobodys_answer(store: Store) -> None:
    left = ["own", "full"]

    def full(_connection: sa.Connection) -> None:
        if left and left.pop(0) == "full":
            raise StorageFull

    sa.event.listen(store.engine, "commit", full)
    futures = waited(store, [named(key) for key in "abc"])
    sa.event.remove(store.engine, "commit", full)
    assert [future.result() for future in futures] == [f"{key} af karen" for key in "abc"]
    assert stored(store) == {*"abc"}


def test_a_disk_that_stays_full_is_told_to_each(store: Store) -> None:
    left = ["own"]

    def full(_connection: sa.Connection) -> None:
        if not left:
            raise StorageFull
        left.pop()

    sa.event.listen(store.engine, "commit", full)
    futures = waited(store, [named(key) for key in "abc"])
    sa.event.remove(store.engine, "commit", full)
    assert [type(future.exception()) for future in futures] == [StorageFull] * 3
    assert stored(store) == set()
    assert store.write_together(named("d"), actor="karen", now=NOW)


def test_nobody_is_left_behind_where_there_are_more_than_one_transaction_takes(
    store: Store,
) -> None:
    keys = [f"nr-{number}" for number in range(MOST * 2 + 1)]
    with commits(store) as seen:
        futures = waited(store, [named(key) for key in keys])
    assert [future.result() for future in futures] == [f"{key} af karen" for key in keys]
    assert len(seen) == 1 + 3
    assert stored(store) == set(keys)


def test_who_waits_too_long_is_told_so_and_the_next_is_written(
    tmp_path: Path, rules: RuleBook
) -> None:
    store = Store.connect(fresh_sqlite(tmp_path), rules, patience=0.05)
    with ThreadPoolExecutor(3) as pool, store.write(actor="x", now=NOW):
        futures = [
            pool.submit(store.write_together, named(key), actor="karen", now=NOW) for key in "abc"
        ]
        assert [type(future.exception(20)) for future in futures] == [StorageBusy] * 3
    assert store.waiting == 0
    assert store.write_together(named("d"), actor="karen", now=NOW)
    assert stored(store) == {"d"}
    store.close()


def test_it_cannot_be_done_inside_a_transaction(tmp_path: Path, rules: RuleBook) -> None:
    store = Store.connect(fresh_sqlite(tmp_path), rules)
    with (
        store.write(actor="x", now=NOW),
        pytest.raises(RuntimeError, match="inside another"),
    ):
        store.write_together(named("a"), actor="karen", now=NOW)
    store.close()


def test_many_at_once_are_all_there_and_the_chain_is_whole(store: Store) -> None:
    ready = threading.Barrier(4)

    def write(writer: int) -> list[str]:
        ready.wait(20)
        return [
            store.write_together(named(f"{writer}-{number}"), actor="karen", now=NOW)
            for number in range(20)
        ]

    with ThreadPoolExecutor(4) as pool:
        answers = [answer for some in pool.map(write, range(4)) for answer in some]
    assert answers == [f"{w}-{n} af karen" for w in range(4) for n in range(20)]
    assert stored(store) == {f"{w}-{n}" for w in range(4) for n in range(20)}
