"""A municipality so small that it is made in no time."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dubu_plugin.demo.municipality import proevestrup
from dubu_plugin.demo.plan import Plan
from dubu_plugin.demo.sizes import Size, SizeName

NOW = datetime(2026, 11, 3, 12, 30, tzinfo=UTC)

HAMLET = Size(
    SizeName.SMALL,
    areas=2,
    departments=3,
    users=30,
    leaders=3,
    open_cases=90,
    closed_cases=60,
    documents=600,
    notes=900,
    haendelser=2_000,
)

FARM = replace(HAMLET, open_cases=6, closed_cases=4, documents=40, notes=60, haendelser=130)
"""Enough of a municipality where it is not to become whole."""


@pytest.fixture(scope="session")
def plan() -> Plan:
    return Plan(HAMLET, proevestrup(), now=NOW)
