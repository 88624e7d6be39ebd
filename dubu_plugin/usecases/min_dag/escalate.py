"""Send what has been overdue for some working days on to the leader: once, and never again."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID

import sqlalchemy as sa
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
from dubu_plugin.store.transaction import SYSTEM, Work
from dubu_plugin.usecases.frist.standing import Stored, happened

AT_ONCE: Final = 100
Remembering = Callable[[Work, UUID, str], None]
"""How a line that is sent on is remembered: as new, or as somebody else's now."""


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

    What nobody leads is left, and is looked at again: a leader may come. What was sent on to
    somebody who has left since is sent on once more, to who leads the unit now.

    :param stopping: asked between transactions.
    """
    wait = product.settings.min_dag.escalate_after
    # Whole working days have passed since the day it was missed.
    day = subtract_hverdage(danish.danish_day(now), wait, Profile.DUTY)
    before = start_of_day(day) if wait else now
    told = 0
    while not stopping():
        with product.store.read() as connection:
            to = _led(connection, now)
            if not _due(connection, before, to, 1):
                break
        with product.store.write(actor=SYSTEM, now=now) as work:
            told += _sent_on(work, before, to)
    if told:
        structlog.get_logger().info("deadlines_sent_on", count=told)
    return told


def _led(connection: sa.Connection, now: datetime) -> Mapping[str, str]:
    """Return by unit who is told today, where somebody is."""
    away = fravaer.standing(connection, danish.danish_day(now))
    leaders = Leaders.read(connection)
    found = ((unit, leaders.of(unit, away)) for unit in leaders.above)
    return {unit: leader for unit, leader in found if leader is not None}


def _due(
    connection: sa.Connection, before: datetime, to: Mapping[str, str], limit: int
) -> Sequence[tuple[Remembering, sa.Row[*tuple[Any, ...]]]]:
    """Return what is to be sent on: what nobody was told of, and what was left behind."""
    unsent = eskaleringer.unsent(connection, before, to, limit)
    left = eskaleringer.left_behind(connection, to, limit)
    return [
        *((eskaleringer.add, row) for row in unsent),
        *((eskaleringer.hand_on, row) for row in left),
    ]


def _sent_on(work: Work, before: datetime, to: Mapping[str, str]) -> int:
    rows = _due(work.connection, before, to, AT_ONCE)
    for remember, row in rows:
        remember(work, row.id, to[row.unit])
        happened(work, Haendelse.FRIST_ESKALERET, row, til=to[row.unit])
    return len(rows)


def tick_off(bundle: str, *, product: Stored, asker: Asker, now: datetime) -> int:
    """Tick off what was sent on to somebody, or to a leader they stand in for; it never comes
    again."""
    with product.store.write(actor=asker.key, now=now) as work:
        away = fravaer.covered_by(work.connection, asker, danish.danish_day(now))
        return eskaleringer.seen(work, {asker.key, *away}, bundle)
