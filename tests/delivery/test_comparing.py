"""Thousands of cases are compared beside the pages, and not before them."""

import threading
from datetime import UTC, datetime
from typing import Any

import pytest

from dubu_plugin.delivery.comparing import Comparing
from dubu_plugin.errors import Unreachable
from dubu_plugin.usecases.sag import birth, family_ties, follow_host

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
PRODUCT: Any = object()


class Asked:
    """Stands in for the comparing itself, and notes in which thread it was done."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault
        self.threads: list[threading.Thread] = []
        self.over = threading.Event()
        self.go_on = threading.Event()

    def __call__(self, product: object, now: datetime, pace: Any) -> int:
        self.threads.append(threading.current_thread())
        if self.fault:
            raise self.fault
        self.go_on.wait(10)
        assert list(pace([])) == []
        self.over.set()
        return 0


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> tuple[Asked, Asked]:
    cases, births = Asked(), Asked()
    monkeypatch.setattr(follow_host, "catch_up", cases)
    monkeypatch.setattr(birth, "catch_up", births)
    monkeypatch.setattr(family_ties, "catch_up", lambda *_: 0)
    return cases, births


def test_after_each_case_it_rests_nine_times_as_long_as_the_case_took() -> None:
    seconds = iter([0.0, 0.5, 10.0, 10.1])
    rests: list[float] = []

    def rest(time: float) -> bool:
        rests.append(time)
        return False

    pace = Comparing(PRODUCT, clock=lambda: next(seconds), rest=rest)
    assert list(pace.gently("ab")) == ["a", "b"]
    assert rests == pytest.approx([4.5, 0.9])


def test_it_stops_between_two_cases() -> None:
    pace = Comparing(PRODUCT, clock=lambda: 0.0, rest=lambda time: True)
    assert list(pace.gently("abc")) == ["a"]


def test_who_only_asks_it_to_compare_has_the_answer_at_once(both: tuple[Asked, Asked]) -> None:
    for one in both:
        one.go_on.set()
    Comparing(PRODUCT).compare(NOW)
    assert [one.threads for one in both] == [[threading.current_thread()]] * 2


def test_where_pages_are_served_nobody_waits_for_it(both: tuple[Asked, Asked]) -> None:
    comparing = Comparing(PRODUCT)
    comparing.start()
    comparing.compare(NOW)
    comparing.compare(NOW)  # it is still at it, and is not begun twice
    assert not both[0].over.is_set()
    for one in both:
        one.go_on.set()
    assert both[1].over.wait(10)
    comparing.stop()
    assert [len(one.threads) for one in both] == [1, 1]
    assert both[0].threads[0] is not threading.current_thread()


def test_a_host_that_does_not_answer_is_left_for_the_next_day(
    both: tuple[Asked, Asked],
) -> None:
    both[0].fault = Unreachable("journal", "get_case", "timeout")
    Comparing(PRODUCT).compare(NOW)
    assert both[1].threads == []
