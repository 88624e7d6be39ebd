"""Having every answer say how long it took and how many questions it asked of the databases.

The header is `Server-Timing`, which browsers show too. It counts every statement of every engine in
the process that reads or writes rows, also those a plugin asks from a thread of its own.
"""

import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER: Final = "Server-Timing"
ROWS: Final = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "REPLACE")


@dataclass(slots=True)
class Tally:
    """What one answer has cost so far."""

    own_database: str | None
    queries: int = 0
    own: int = 0
    """Those of them asked of our own database, not the host's."""
    seconds: float = 0.0
    """Spent waiting for databases."""


_CURRENT: ContextVar[Tally | None] = ContextVar("tally", default=None)


class Timed:
    """Pages that say what they cost."""

    def __init__(self, pages: ASGIApp, database_url: str) -> None:
        """Hold the pages.

        :param database_url: our own database, so that its questions are told from the host's.
        """
        self._pages = pages
        self._own = sa.make_url(database_url).database
        # Once a process, however many are timed: a second ear would count everything twice.
        for name, ear in (("before_cursor_execute", _before), ("after_cursor_execute", _after)):
            if not sa.event.contains(sa.Engine, name, ear):
                sa.event.listen(sa.Engine, name, ear)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with a header more."""
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
            return
        tally, began, worked = Tally(self._own), time.perf_counter(), time.process_time()
        token = _CURRENT.set(tally)

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                took = (time.perf_counter() - began) * 1000
                work = (time.process_time() - worked) * 1000
                MutableHeaders(scope=message)[HEADER] = (
                    f"app;dur={took:.3f}, cpu;dur={work:.3f}, "
                    f"db;dur={tally.seconds * 1000:.3f};desc={tally.queries}, own;desc={tally.own}"
                )
            await send(message)

        try:
            await self._pages(scope, receive, tell)
        finally:
            _CURRENT.reset(token)


@dataclass(frozen=True, slots=True)
class Cost:
    """What an answer said it cost."""

    app_ms: float
    cpu_ms: float
    """What the process has worked meanwhile, on this answer and on all else it does."""
    db_ms: float
    queries: int
    own: int


def cost(header: str) -> Cost:
    """Return what a header of `Timed` says."""
    app, cpu, db, own = (part.split(";") for part in header.split(", "))
    return Cost(
        float(app[1].removeprefix("dur=")),
        float(cpu[1].removeprefix("dur=")),
        float(db[1].removeprefix("dur=")),
        int(db[2].removeprefix("desc=")),
        int(own[1].removeprefix("desc=")),
    )


def _before(
    connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
) -> None:
    tally = _CURRENT.get()
    if tally is not None and statement.lstrip().upper().startswith(ROWS):
        tally.queries += 1
        tally.own += connection.engine.url.database == tally.own_database
        tally.seconds -= time.perf_counter()


def _after(
    connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
) -> None:
    tally = _CURRENT.get()
    if tally is not None and statement.lstrip().upper().startswith(ROWS):
        tally.seconds += time.perf_counter()
