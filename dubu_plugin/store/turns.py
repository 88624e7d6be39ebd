"""Writers of one process take turns in the order they came.

SQLite has one writer at a time and lets those who wait try again at random, so that an unlucky
one may wait for seconds. Here the first to come is the next to go.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from dubu_plugin.store.failures import StorageBusy


class Turns:
    """A lock that is handed on in the order it was asked for."""

    def __init__(self, patience: float) -> None:
        """:param patience: how long to wait for one's turn, in seconds."""
        self._patience = patience
        self._door = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._holder: int | None = None

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Wait for one's turn, and let the next one in afterwards.

        :raises StorageBusy: the turn did not come in time.
        :raises RuntimeError: this thread has the turn already; a transaction cannot hold another.
        """
        self._enter()
        try:
            yield
        finally:
            self._leave()

    def refuse_another(self) -> None:
        """Raise where this thread has the turn.

        :raises RuntimeError: it has; a transaction cannot hold another.
        """
        if self._holder == threading.get_ident():
            raise RuntimeError("a transaction cannot be opened inside another")

    def _enter(self) -> None:
        me = threading.get_ident()
        with self._door:
            self.refuse_another()
            if self._holder is None:
                self._holder = me
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        if not turn.acquire(timeout=self._patience):
            with self._door:
                if turn in self._waiting:
                    self._waiting.remove(turn)
                    raise StorageBusy
            # It came in the very moment we gave up.
        with self._door:
            self._holder = me

    def _leave(self) -> None:
        with self._door:
            if self._waiting:
                self._holder = -1
                self._waiting.popleft().release()
            else:
                self._holder = None
