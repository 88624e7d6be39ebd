"""What is done once a minute, and once a day: the rules as their files say, then the time."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

from dubu_plugin.store.deadlines import catching_up, recounting
from dubu_plugin.usecases.frist.follow_rules import Ruled, follow_rules
from dubu_plugin.usecases.frist.tell_time import Ticking, Told, tell_time


class Living(Ticking, Ruled, Protocol):
    """What a tick needs: `dubu_plugin.app.Product` is one."""


def tick(product: Living, now: datetime, *, stopping: Callable[[], bool] = lambda: False) -> Told:
    """Follow the rule files and tell the time.

    :param stopping: asked between transactions.
    """
    follow_rules(product)
    begin(product, now)
    told = tell_time(product, now, stopping=stopping)
    if told != Told():
        structlog.get_logger().info(
            "time_told", missed=told.missed, ended=told.ended, periods=told.periods
        )
    return told


def begin(product: Ruled, now: datetime) -> None:
    """Remember the rules of an installation without cases: there is nothing to count under them."""
    with product.store.read() as connection:
        first = recounting.changed(connection, product.store.rules).first_time
        if not first or catching_up.how_many_open(connection):
            return
    with product.store.add() as connection:
        recounting.remember(connection, product.store.rules, now)
