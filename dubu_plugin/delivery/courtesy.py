"""Pages first: what works beside them in the same process waits while one is being made.

Python runs one thread at a time. A page asks a database twenty times, and after each answer it
would wait again for whatever else is at work: it took twice as long while a case was copied.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from starlette.types import ASGIApp

PATIENCE: Final = 0.1
"""How long one step gives way at most, in seconds: where pages never stop, all is done anyway."""


class Courtesy:
    """Knows whether pages are being made, and lets whoever asks wait for them."""

    def __init__(self) -> None:
        self._pages = 0
        self._guard = threading.Lock()
        self._free = threading.Event()
        self._free.set()

    @contextmanager
    def page(self) -> Iterator[None]:
        """Count a page for as long as it is made."""
        with self._guard:
            self._pages += 1
            self._free.clear()
        try:
            yield
        finally:
            with self._guard:
                self._pages -= 1
                if not self._pages:
                    self._free.set()

    def give_way(self, patience: float = PATIENCE) -> None:
        """Return when no page is being made, or the patience is at an end.

        :param patience: in seconds.
        """
        self._free.wait(patience)


PAGES: Final = Courtesy()
"""The pages of this process. There is one of it as there is one interpreter."""


class Counted:
    """Pages that are counted while they are made."""

    def __init__(self, pages: ASGIApp, courtesy: Courtesy = PAGES) -> None:
        self._pages = pages
        self._courtesy = courtesy

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer."""
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
            return
        with self._courtesy.page():
            await self._pages(scope, receive, send)
