"""What measurements add up to."""

import os

import pytest

from dubu_plugin.bench.figures import machine, percentile, rss_mb, spread


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.001, 1)]
)
def test_a_percentile_is_a_value_that_was_measured(share: float, expected: int) -> None:
    assert percentile(list(range(1, 101)), share) == expected


def test_of_one_measurement_every_percentile_is_that() -> None:
    assert spread([7.0]) == {"p50_ms": 7.0, "p95_ms": 7.0, "p99_ms": 7.0, "max_ms": 7.0}


def test_the_slowest_are_not_averaged_away() -> None:
    assert spread([1.0] * 94 + [100.0] * 6, "front_")["front_p95_ms"] == 100.0


def test_the_machine_is_named() -> None:
    assert {"cpu", "cores", "ram_gb", "python", "sqlite"} <= set(machine())


def test_a_process_holds_some_memory() -> None:
    assert rss_mb(os.getpid()) > 1
