"""How long a row waits."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dubu_plugin.delivery.backoff import LONGEST, wait
from dubu_plugin.ports.journal_errors import Locked, Throttled


@given(st.uuids(), st.integers(1, 10_000))
def test_it_stays_within_bounds(key: UUID, attempts: int) -> None:
    assert timedelta(seconds=3) < wait(key, attempts) <= LONGEST * 1.25


@given(st.uuids(), st.integers(1, 5))
def test_it_gets_longer(key: UUID, attempts: int) -> None:
    assert wait(key, attempts + 2) > wait(key, attempts)


@given(st.uuids(), st.integers(1, 50))
def test_it_is_the_same_every_time(key: UUID, attempts: int) -> None:
    assert wait(key, attempts) == wait(key, attempts)


def test_what_failed_together_does_not_come_back_together() -> None:
    assert len({wait(uuid4(), 3) for _ in range(50)}) > 10


@pytest.mark.parametrize(("asked", "least"), [(60.0, 45), (None, 3), (1.0, 3)])
def test_a_host_that_asks_for_time_gets_it(asked: float | None, least: int) -> None:
    assert wait(uuid4(), 1, Throttled("fake", "x", asked)) >= timedelta(seconds=least)


def test_nobody_gets_more_than_the_longest() -> None:
    assert wait(uuid4(), 1, Throttled("fake", "x", 1e9)) <= LONGEST * 1.25
    assert wait(uuid4(), 1, Locked("fake", "x")) < timedelta(seconds=10)
