"""Who has left has nothing any more: what they had is their unit's, where anybody can take it.

Who still works here in a role that has no cases counts as having left them, and the hændelse says
which of the two it was. A clock must not look taken while nobody has it (barnets lov § 136, stk. 2,
and § 156, stk. 2). The host keeps whom it has on the case until a leader says who gets it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

import structlog

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.database import Store
from dubu_plugin.store.min_dag import erindringer
from dubu_plugin.store.overholdelse import left_behind
from dubu_plugin.store.overholdelse.left_behind import LEFT
from dubu_plugin.store.sag import lines_of_case, sager
from dubu_plugin.store.transaction import SYSTEM, Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.usecases.underretning.give_up import give_to_unit

AT_ONCE: Final = 100


class Kept(Protocol):
    """What it needs."""

    @property
    def store(self) -> Store:
        """What is remembered."""


def leave_to_unit(
    product: Kept, now: datetime, *, stopping: Callable[[], bool] = lambda: False
) -> int:
    """Give what is with those who have left to its unit, and return how many things it was.

    Twice is once. What is done, and what is closed, keeps the name of who did it.

    :param stopping: asked between transactions.
    """
    number = 0
    while not stopping() and _waits(product.store):
        with product.store.write(actor=SYSTEM, now=now) as work:
            number += _leave_some(work)
    if number:
        structlog.get_logger().info("left_to_unit", count=number)
    return number


def _waits(store: Store) -> bool:
    with store.read() as connection:
        return bool(
            left_behind.underretninger_of_gone(connection, 1)
            or left_behind.sager_of_gone(connection, 1)
            or left_behind.erindringer_of_gone(connection, 1)
            or left_behind.loose_of_gone(connection)
        )


def _leave_some(work: Work) -> int:
    connection = work.connection
    cases = left_behind.sager_of_gone(connection, AT_ONCE)
    why = left_behind.why_gone(connection)
    for sag in cases:
        _leave_case(work, sag, why)
    items = left_behind.underretninger_of_gone(connection, AT_ONCE)
    for number in items:
        about = underretninger.by_id(connection, number)
        assert about is not None
        give_to_unit(work, number, why=why.get(about.responsible or "", LEFT))
    reminders = left_behind.erindringer_of_gone(connection, AT_ONCE)
    for number, unit in reminders:
        one = erindringer.by_id(connection, number)
        assert one is not None
        erindringer.change(work, one, employee=None, unit=unit)
    left_behind.let_loose_go(connection)
    return len(cases) + len(items) + len(reminders)


def _leave_case(work: Work, number: UUID, why: Mapping[str, str]) -> None:
    sag = sager.by_id(work.connection, number)
    assert sag is not None
    sager.change(work.connection, number, responsible=None)
    lines_of_case.follow(
        work.connection, sag, responsible=None, unit=sag.unit, protected=sag.protected
    )
    work.happened(
        Haendelse.SAG_GIVET_VIDERE,
        sag=number,
        person=sag.child_id,
        unit=sag.unit,
        data={
            "fra_enhed": sag.unit, "fra": sag.responsible, "til_enhed": sag.unit, "til": None,
            "grund": why.get(sag.responsible or "", LEFT),
        },
    )  # fmt: skip
