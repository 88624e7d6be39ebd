"""Send what has been overdue for some working days on to the leader: once, and never again."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

import structlog

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.hverdage import Profile, subtract_hverdage
from dubu_plugin.settings import Settings
from dubu_plugin.store import eskaleringer, fravaer
from dubu_plugin.store.database import Store
from dubu_plugin.store.fravaer import Leaders
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.usecases.frist.standing import Stored, happened

AT_ONCE: Final = 100


class Escalating(Protocol):
    """What it needs."""

    @property
    def settings(self) -> Settings:
        """How long to wait."""

    @property
    def store(self) -> Store:
        """What is remembered."""


def escalate(
    product: Escalating, now: datetime, *, stopping: Callable[[], bool] = lambda: False
) -> int:
    """Send on what has waited long enough, and return how much.

    What nobody leads is left, and is looked at again: a leader may come.

    :param stopping: asked between transactions.
    """
    wait = product.settings.min_dag.escalate_after
    # Whole working days have passed since the day it was missed.
    day = subtract_hverdage(danish.danish_day(now), wait, Profile.DUTY)
    before = start_of_day(day) if wait else now
    told = 0
    while not stopping():
        with product.store.read() as connection:
            away = fravaer.standing(connection, danish.danish_day(now))
            leaders = Leaders.read(connection)
            to = {unit: leaders.of(unit, away) for unit in leaders.above}
            led = [unit for unit, leader in to.items() if leader is not None]
            if not eskaleringer.unsent(connection, before, led, 1):
                break
        with product.store.write(actor=SYSTEM, now=now) as work:
            rows = eskaleringer.unsent(work.connection, before, led, AT_ONCE)
            for row in rows:
                leader = to[row.unit]
                assert leader is not None
                eskaleringer.add(work, row.id, leader)
                happened(work, Haendelse.FRIST_ESKALERET, row, til=leader)
            told += len(rows)
    if told:
        structlog.get_logger().info("deadlines_sent_on", count=told)
    return told


def tick_off(bundle: str, *, product: Stored, asker: Asker, now: datetime) -> int:
    """Tick off what was sent on to somebody, or to a leader they stand in for; it never comes
    again."""
    with product.store.write(actor=asker.key, now=now) as work:
        away = fravaer.covered_by(work.connection, asker, danish.danish_day(now))
        return eskaleringer.seen(work, {asker.key, *away}, bundle)
