"""The worker delivers soon after the commit, by itself, and stops when it is told to."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from dubu_plugin.delivery.worker import State, Worker
from dubu_plugin.settings import Settings
from dubu_plugin.store import chain, witness
from dubu_plugin.testing.installation import Installation

PATIENCE = 20.0


@pytest.fixture
def worker(it: Installation) -> Iterator[Worker]:
    worker = Worker(it, every=timedelta(hours=1))
    yield worker
    worker.stop()


def until(done: Callable[[], bool]) -> None:
    """Wait for something that happens in another thread, but not for ever."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        threading.Event().wait(0.005)


def arrivals(it: Installation, operation: str) -> threading.Semaphore:
    """Return what is let go of once for every call of an operation."""
    arrived = threading.Semaphore(0)

    def notice(called: str) -> None:
        if called == operation:
            arrived.release()

    it.journal.wait = notice
    return arrived


def test_it_wakes_at_the_commit(it: Installation, worker: Worker) -> None:
    arrived = arrivals(it, "create_case")
    worker.start()
    for _ in range(3):
        it.tell(it.sag(), "open_case")
        assert arrived.acquire(timeout=PATIENCE)
    assert worker.stop()
    assert it.rows() == ["udfoert"] * 3


def test_it_delivers_what_was_planned_before_it_began(it: Installation, worker: Worker) -> None:
    it.tell(it.sag(), "open_case")
    arrived = arrivals(it, "create_case")
    worker.start()
    assert arrived.acquire(timeout=PATIENCE)


def test_it_looks_by_itself_now_and_then(it: Installation) -> None:
    worker = Worker(it, every=timedelta(milliseconds=10))
    it.journal.down = True
    it.tell(it.sag(), "open_case")
    arrived = arrivals(it, "ensure_party")
    worker.start()
    assert arrived.acquire(timeout=PATIENCE)
    it.journal.down = False
    # The worker may not have noted yet when to try again: it reckons from what the clock says then.
    assert any(_later(it, arrived) for _ in range(100))
    assert worker.stop()
    assert it.rows() == ["udfoert"]


def _later(it: Installation, arrived: threading.Semaphore) -> bool:
    it.wait(minutes=10)
    return arrived.acquire(timeout=PATIENCE / 100)


def test_it_finishes_the_row_that_is_on_its_way(it: Installation, worker: Worker) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(operation: str) -> None:
        if operation == "create_case":
            begun.set()
            assert go_on.wait(PATIENCE)

    it.journal.wait = slowly
    for _ in range(3):
        it.tell(it.sag(), "open_case")
    worker.start()
    assert begun.wait(PATIENCE)
    assert not worker.stop(patience=0.01)
    go_on.set()
    assert worker.stop()
    assert sorted(it.rows()) == ["planlagt", "planlagt", "udfoert"]


def test_it_survives_a_round_that_goes_wrong(
    it: Installation, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = [ZeroDivisionError()]
    read = it.store.read

    def failing() -> object:
        if rounds:
            raise rounds.pop()
        return read()

    monkeypatch.setattr(it.store, "read", failing)
    arrived = arrivals(it, "create_case")
    worker.start()
    until(lambda: not rounds)
    it.tell(it.sag(), "open_case")
    assert arrived.acquire(timeout=PATIENCE)


def test_it_says_how_it_is(it: Installation) -> None:
    worker = Worker(it, every=timedelta(milliseconds=1))
    assert (worker.state, worker.last_round) == (State.NEW, None)
    assert worker.stop(), "one that never began is stopped at once"
    worker.start()
    worker.start()
    assert worker.state.value == State.RUNNING
    until(lambda: worker.last_round is not None)
    assert worker.stop()
    assert worker.state.value == State.STOPPED
    assert worker.last_round == it.now


def test_two_workers_share_the_work_and_nothing_is_delivered_twice(it: Installation) -> None:
    sags = [it.sag() for _ in range(15)]
    for sag in sags:
        it.tell(sag, "open_case")
        it.file(sag)
    workers = [Worker(it, every=timedelta(milliseconds=5)) for _ in range(3)]
    for worker in workers:
        worker.start()
    until(lambda: set(it.rows()) == {"udfoert"})
    assert all(worker.stop() for worker in workers)
    assert (len(it.journal.folders), it.documents(), it.notes()) == (15, 15, 15)
    assert it.journal.calls.count("create_case") == 15
    assert it.journal.calls.count("file_document") == 15
    assert "probe" not in it.journal.calls


def test_it_writes_down_how_far_the_chain_has_come(it: Installation, tmp_path: Path) -> None:
    it.settings = Settings(folder=tmp_path)
    log = tmp_path / "kaede.log"
    witness.begin(log, uuid4(), (0, chain.START), it.now - timedelta(days=1))
    it.tell(it.sag(), "open_case")
    worker = Worker(it, every=timedelta(hours=1))
    worker.start()
    until(lambda: len(log.read_text().splitlines()) == 2)
    assert worker.stop()
    with it.store.read() as connection:
        assert witness.contradicted(log, connection) is None


def test_a_chain_log_that_is_gone_stops_no_delivery(it: Installation, tmp_path: Path) -> None:
    it.settings = Settings(folder=tmp_path / "vaek")
    it.tell(it.sag(), "open_case")
    worker = Worker(it, every=timedelta(hours=1))
    worker.start()
    until(lambda: it.rows() == ["udfoert"])
    assert worker.stop()
    assert not (tmp_path / "vaek").exists()
