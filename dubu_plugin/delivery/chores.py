"""What is done once a minute besides delivering: the time is told, and calendars are read."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from dubu_plugin.usecases.frist.tick import Living, tick
from dubu_plugin.usecases.moede.pull_changes import Following, pull_changes


class Kept(Living, Following, Protocol):
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
