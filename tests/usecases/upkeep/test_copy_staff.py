"""Who works here is copied from the host every minute, and who may work on no case has none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin.errors import AdapterError, OutcomeUnknown, Refused, Unreachable
from dubu_plugin.store import access, staff
from dubu_plugin.store.database import Store
from dubu_plugin.store.overholdelse import left_behind
from dubu_plugin.store.tables import employees, sager
from dubu_plugin.testing import ordinary_day
from dubu_plugin.testing.fake_ports import KAREN, FakeIdentity
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.upkeep.copy_staff import copy_staff
from dubu_plugin.usecases.upkeep.leave_to_unit import leave_to_unit


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    built = ordinary_day.build(tmp_path)
    yield built
    built.town.product.store.close()


def now_in(day: Day, key: str, **changes: Any) -> None:
    """Change somebody in the host's register."""
    identity = day.town.product.ports.identity
    assert isinstance(identity, FakeIdentity)
    identity.staff = {**identity.staff, key: replace(identity.staff[key], **changes)}


@pytest.mark.parametrize("roles", [frozenset(), frozenset({"oekonomi"}), frozenset({"revisor"})])
def test_who_may_work_on_no_case_any_more_has_none(day: Day, roles: frozenset[str]) -> None:
    product = day.town.product
    mine = sa.select(sa.func.count()).select_from(sager).where(sager.c.responsible == KAREN)
    with product.store.read() as connection:
        assert connection.scalar(mine)
    now_in(day, KAREN, roles=roles)
    assert copy_staff(product, day.town.now)
    with product.store.read() as connection:
        assert KAREN in left_behind.gone(connection)
        assert KAREN not in {one.key for one in staff.colleagues(connection, "modtagelse")}
        assert left_behind.number_in_all(connection)
    leave_to_unit(product, day.town.now)
    open_ones = mine.where(sager.c.phase != "closed")
    with product.store.read() as connection:
        assert not connection.scalar(open_ones)


def test_a_role_that_is_taken_away_counts_from_the_next_minute(day: Day) -> None:
    product = day.town.product
    now_in(day, KAREN, roles=frozenset({"oekonomi"}), unit="nord")
    copy_staff(product, day.town.now)
    with product.store.read() as connection:
        asker = access.asker(connection, KAREN)
    assert asker is not None
    assert (asker.roles, asker.unit) == (frozenset({"oekonomi"}), "nord")


def test_nothing_new_writes_nothing(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_staff(day.town.product, day.town.now)

    def no_writing(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Store, "write", no_writing)
    assert not copy_staff(day.town.product, day.town.now + timedelta(minutes=1))


@pytest.mark.parametrize("fault", [Unreachable, Refused, OutcomeUnknown])
def test_a_host_that_does_not_answer_leaves_the_copy_as_it_is(
    day: Day, monkeypatch: pytest.MonkeyPatch, fault: type[AdapterError]
) -> None:
    product = day.town.product

    def silent() -> Any:
        raise fault("journal", "employees")

    monkeypatch.setattr(product.ports.identity, "employees", silent)
    with product.store.read() as connection:
        before = connection.execute(sa.select(employees)).all()
    assert not copy_staff(product, day.town.now)
    with product.store.read() as connection:
        assert connection.execute(sa.select(employees)).all() == before
