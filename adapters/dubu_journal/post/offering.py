"""Telling the plugins what came in, until one of them has made it its own."""

from collections.abc import Callable
from typing import Final

from dubu_journal import post_box
from dubu_journal.host import Host
from dubu_journal.plugins import Plugins

AT_ONCE: Final = 200
"""How many items are read at a time."""


class Offering:
    """Offers the items nobody has taken."""

    def __init__(self, host: Host, plugins: Plugins) -> None:
        self._host = host
        self._plugins = plugins
        self._last = 0

    def new(self, stopping: Callable[[], bool]) -> int:
        """Offer what came in since the last time; return how many were taken."""
        return self._offer_after(self._last, stopping)

    def again(self, stopping: Callable[[], bool]) -> int:
        """Offer everything that nobody has taken, the oldest first; return how many were taken."""
        return self._offer_after(0, stopping)

    def _offer_after(self, last: int, stopping: Callable[[], bool]) -> int:
        taken = 0
        while not stopping():
            with self._host.database.reading() as connection:
                items = post_box.in_state(connection, post_box.NEW, after=last, limit=AT_ONCE)
            if not items:
                break
            for item in items:
                if stopping():
                    break
                taken += self._offer(item.key)
                last = item.id
                self._last = max(self._last, last)
        return taken

    def _offer(self, key: str) -> bool:
        if not self._plugins.take_post(key):
            return False
        with self._host.database.writing() as connection:
            post_box.mark(connection, key, post_box.TAKEN)
        return True
