"""What is done once a minute besides delivering: the time is told, calendars are read,
and the host hears of the deadlines it reminds of."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from dubu_plugin.usecases.erindring.copy_to_host import copy_to_host
from dubu_plugin.usecases.frist.tick import Living, tick
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.moede.pull_changes import Following, pull_changes


class Kept(Living, Following, Means, Protocol):
    """What the chores need: `dubu_plugin.app.Product` is one."""


def every_minute(
    product: Kept, now: datetime, *, stopping: Callable[[], bool] = lambda: False
) -> None:
    """Do them, what nobody else can hold up first.

    :param stopping: asked between them.
    """
    tick(product, now, stopping=stopping)
    if not stopping():
        pull_changes(product, now)
    if not stopping():
        copy_to_host(product, now)
