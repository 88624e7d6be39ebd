"""Send what has been overdue for some working days on to the leader: once, and never again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
from dubu_plugin.store.database import Store
from dubu_plugin.store.min_dag import fravaer
from dubu_plugin.store.min_dag.fravaer import Leaders
from dubu_plugin.store.overholdelse import eskaleringer
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
    somebody who leads the unit no more is sent on once more, to who does now: they have left, or
    have another role or unit, or stood in for a leader who is back.

    :param stopping: asked between transactions.
    """
    wait = product.settings.min_dag.escalate_after
    # Whole working days have passed since the day it was missed.
    day = subtract_hverdage(danish.danish_day(now), wait, Profile.DUTY)
    before = start_of_day(day) if wait else now
    told = 0
    while not stopping():
        with product.store.read() as connection:
            leading = _Leading.read(connection, now)
            if not _due(connection, before, leading, 1):
                break
        with product.store.write(actor=SYSTEM, now=now) as work:
            told += _sent_on(work, before, leading)
    if told:
        structlog.get_logger().info("deadlines_sent_on", count=told)
    return told


@dataclass(frozen=True, slots=True)
class _Leading:
    """Who leads what today."""

    to: Mapping[str, str]
    """By unit who is told today, where somebody is."""
    leaders: Leaders

    @classmethod
    def read(cls, connection: sa.Connection, now: datetime) -> "_Leading":
        away = fravaer.standing(connection, danish.danish_day(now))
        leaders = Leaders.read(connection)
        found = ((unit, leaders.of(unit, away)) for unit in leaders.above)
        return cls({unit: leader for unit, leader in found if leader is not None}, leaders)

    def may_keep(self, employee: str, unit: str) -> bool:
        """Tell whether what was sent on to somebody is theirs still; true where nobody leads."""
        told = self.to.get(unit)
        return told in (None, employee) or employee in self.leaders.over(unit)


def _due(
    connection: sa.Connection, before: datetime, leading: _Leading, limit: int
) -> Sequence[tuple[Remembering, sa.Row[*tuple[Any, ...]]]]:
    """Return what is to be sent on: what nobody was told of, and what was left behind."""
    unsent = eskaleringer.unsent(connection, before, leading.to, limit)
    holders = eskaleringer.holders(connection)
    gone = [(who, unit) for who, unit in holders if not leading.may_keep(who, unit)]
    left = eskaleringer.left_behind(connection, gone, limit)
    return [
        *((eskaleringer.add, row) for row in unsent),
        *((eskaleringer.hand_on, row) for row in left),
    ]


def _sent_on(work: Work, before: datetime, leading: _Leading) -> int:
    rows = _due(work.connection, before, leading, AT_ONCE)
    for remember, row in rows:
        to = leading.to[row.unit]
        remember(work, row.id, to)
        happened(work, Haendelse.FRIST_ESKALERET, row, til=to)
    return len(rows)


def tick_off(bundle: str, *, product: Stored, asker: Asker, now: datetime) -> int:
    """Tick off what was sent on to somebody, or to a leader they stand in for; it never comes
    again."""
    with product.store.write(actor=asker.key, now=now) as work:
        away = fravaer.covered_by(work.connection, asker, danish.danish_day(now))
        return eskaleringer.seen(work, {asker.key, *away}, bundle)
