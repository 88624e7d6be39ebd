"""The thread that goes round: it looks in the inbox, offers post, empties the tray, and so on."""

import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

import structlog

from dubu_journal import danish
from dubu_journal.plugins import Plugins
from dubu_journal.post.inbox import Inbox
from dubu_journal.post.offering import Offering
from dubu_journal.post.outbox import Outbox

log = structlog.get_logger("dubu_journal")

EVERY: Final = 2.0
"""How long between two rounds, in seconds, where nobody wakes it."""
SWEEP: Final = 30
"""Every how many rounds everything that nobody has taken is offered again."""


class Rounds:
    """Goes round from `start` to `stop`. A step that fails is logged; the next comes anyway."""

    def __init__(
        self,
        plugins: Plugins,
        offering: Offering,
        inbox: Inbox,
        outbox: Outbox | None,
        clock: Callable[[], datetime],
        *,
        every: float = EVERY,
    ) -> None:
        self._plugins = plugins
        self._offering = offering
        self._inbox = inbox
        self._outbox = outbox
        self._clock = clock
        self._every = every
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._day: date | None = None
        self._count = 0

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._run, name="journal-rounds", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, when the step under way is done."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def wake(self) -> None:
        """Go round now: something came in."""
        self._wake.set()

    def once(self) -> None:
        """Go round once."""
        now = self._clock()
        self._step("inbox", lambda: self._inbox.look(now))
        sweep = self._count % SWEEP == 0
        self._count += 1
        offer = self._offering.again if sweep else self._offering.new
        self._step("offer", lambda: offer(self._stop.is_set))
        if self._outbox is not None:
            outbox = self._outbox
            self._step("outbox", lambda: outbox.empty(now))
        today = danish.today(now)
        if today != self._day:
            self._day = today
            self._step("new_day", lambda: self._plugins.new_day(now))

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            self.once()
            self._wake.wait(self._every)

    def _step(self, name: str, step: Callable[[], object]) -> None:
        if self._stop.is_set():
            return
        try:
            step()
        except Exception as fault:
            log.error("round_failed", step=name, fault=type(fault).__name__)
