"""``dubu search reindex`` goes over everything and says what came of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_it_goes_over_everything_and_says_so(dubu: Run, installation: Path) -> None:
    first = dubu("search", "reindex", "--json")
    assert first.status == 0, first.err
    assert json.loads(first.out) == {
        "sag": {"seen": 0, "changed": 0},
        "underretning": {"seen": 0, "changed": 0},
    }
    again = dubu("search", "reindex")
    assert "0 sager set efter, 0 fik andre søgeord." in again.out


def test_its_help_has_an_example(dubu: Run) -> None:
    assert "Eksempel: dubu search reindex" in dubu("search", "reindex", "--help").out
