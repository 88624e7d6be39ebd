"""What works beside the pages waits while one is being made, but not for ever."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from dubu_plugin.delivery.comparing import Comparing
from dubu_plugin.delivery.courtesy import Counted, Courtesy
from dubu_plugin.delivery.worker import Worker
from dubu_plugin.testing.installation import Installation

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONG = 20.0


class Noted(Courtesy):
    """Notes who gives way."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0
        self.asked = threading.Event()

    def give_way(self, patience: float = LONG) -> None:
        self.times += 1
        self.asked.set()
        super().give_way(patience)


@contextmanager
def beside(work: Any) -> Iterator[threading.Event]:
    """Do something in a thread of its own; give the event that it is done."""
    done = threading.Event()

    def run() -> None:
        work()
        done.set()

    thread = threading.Thread(target=run)
    thread.start()
    yield done
    thread.join(LONG)


def test_it_waits_until_the_last_page_is_made() -> None:
    courtesy = Courtesy()
    first = courtesy.page()
    first.__enter__()
    with beside(lambda: courtesy.give_way(LONG)) as done:
        with courtesy.page():
            pass
        assert not done.is_set()
        first.__exit__(None, None, None)
    assert done.is_set()


def test_where_no_page_is_made_nothing_waits() -> None:
    courtesy = Courtesy()
    with courtesy.page():
        pass
    with beside(lambda: courtesy.give_way(LONG)) as done:
        assert done.wait(LONG / 2)


def test_pages_that_never_stop_hold_nothing_up_for_ever() -> None:
    courtesy = Courtesy()
    with courtesy.page():
        courtesy.give_way(0.001)


def test_a_page_counts_until_it_is_sent_also_where_it_fails() -> None:
    courtesy = Noted()
    seen = []

    async def page(scope: Any, receive: Any, send: Any) -> None:
        seen.append(courtesy._pages)
        raise OSError

    async def asked(kind: str) -> None:
        try:
            await Counted(page, courtesy)({"type": kind}, None, None)
        except OSError:
            seen.append(courtesy._pages)

    asyncio.run(asked("http"))
    asyncio.run(asked("lifespan"))
    assert seen == [1, 0, 0, 0]


def test_the_comparing_gives_way_before_each_case() -> None:
    courtesy = Noted()
    pace = Comparing(Any, clock=lambda: 0.0, rest=lambda time: False, courtesy=courtesy)  # type: ignore[arg-type]
    assert list(pace.gently("abc")) == ["a", "b", "c"]
    assert courtesy.times == 3


def test_the_worker_delivers_when_the_page_is_made(it: Installation) -> None:
    courtesy = Noted()
    it.tell(it.sag(), "open_case")
    worker = Worker(it, every=timedelta(hours=1), courtesy=courtesy)
    try:
        with courtesy.page():
            worker.start()
            assert courtesy.asked.wait(LONG)
            assert it.rows() == ["planlagt"]
        with beside(lambda: until_delivered(it)) as done:
            assert done.wait(LONG)
    finally:
        worker.stop()


def until_delivered(it: Installation) -> None:
    end = threading.Event()
    for _ in range(2000):
        if it.rows() == ["udfoert"]:
            return
        end.wait(0.01)


def test_the_worker_lets_its_chores_give_way_too(it: Installation) -> None:
    courtesy = Noted()
    times: list[int] = []
    over = threading.Event()

    def chores(now: datetime, *, stopping: Any) -> None:
        before = courtesy.times
        assert not stopping()
        times.append(courtesy.times - before)
        over.set()

    worker = Worker(it, every=timedelta(hours=1), chores=chores, courtesy=courtesy)
    worker.start()
    assert over.wait(LONG)
    worker.stop()
    assert times == [1]
