"""Takes rows of the outbox to the other systems: in order, once each, and for as long as it takes.

A row is taken in one transaction and settled in another, and the other system is asked in between.
A crash anywhere leaves the row taken; when its time is up, whoever looks next finds out by its key
what came of it before anything is sent.
"""

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

import structlog

from dubu_plugin.delivery.attempt import Outcome, attempt
from dubu_plugin.delivery.courtesy import PAGES, Courtesy
from dubu_plugin.delivery.handlers import HANDLERS
from dubu_plugin.delivery.handling import Handler, Installation
from dubu_plugin.store import claims, witness
from dubu_plugin.store.failures import StorageError
from dubu_plugin.store.transaction import SYSTEM

BATCH: Final = 50
"""How many rows are looked up at a time."""

GIVES_UP_AFTER: Final = 3
"""So many rows of a kind that reach nobody, one after another, and the rest of the kind waits."""

EVERY: Final = timedelta(seconds=5)
"""How often the worker looks by itself: for what other processes planned, and what had to wait."""

CHORES_EVERY: Final = timedelta(minutes=1)
"""How often what belongs to no row is done: the time is told, the rule files are looked at."""


@dataclass(slots=True)
class Report:
    """What a round came to."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)

    @property
    def delivered(self) -> int:
        """How many rows are done."""
        return self.outcomes[Outcome.DELIVERED]

    @property
    def tried(self) -> int:
        """How many rows were tried, whatever came of it."""
        return self.outcomes.total()


def deliver_once(
    product: Installation,
    now: datetime | None = None,
    *,
    handlers: Mapping[str, Handler] = HANDLERS,
    lanes: Collection[str] | None = None,
    stopping: Callable[[], bool] = lambda: False,
    progress: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Deliver everything that can be delivered, and return when nothing more can be.

    :param now: the moment of the whole round; None reads the product's clock for every row.
    :param lanes: only these; None for all.
    :param stopping: asked between rows.
    """
    clock = product.clock if now is None else lambda: now
    _free_the_dead(product, clock())
    report = Report()
    silent: Counter[str] = Counter()
    tried: set[UUID] = set()
    while not stopping():
        resting = {kind for kind, times in silent.items() if times >= GIVES_UP_AFTER}
        with product.store.read() as connection:
            heads = claims.heads(connection, now=clock(), limit=BATCH, but=resting, lanes=lanes)
        # A row whose wait ends before the round does belongs to the next round.
        fresh = [head for head in heads if head.key not in tried]
        if not fresh:
            return report
        for head in fresh:
            if stopping():
                return report
            if silent[head.kind] >= GIVES_UP_AFTER:
                continue
            tried.add(head.key)
            outcome = attempt(product, handlers, head, clock)
            silent[head.kind] = silent[head.kind] + 1 if outcome is Outcome.POSTPONED else 0
            report.outcomes[outcome] += 1
            progress(report)
    return report


def _free_the_dead(product: Installation, now: datetime) -> None:
    """Take over what a killed process on this machine held, without waiting for its time to end."""
    with product.store.read() as connection:
        left = claims.left_by_the_dead(connection, now=now)
    if not left:
        return
    with product.store.write(actor=SYSTEM, now=now) as work:
        freed = claims.free(work.connection, left, now=now)
    structlog.get_logger().warning("claims_of_the_dead_freed", rows=freed)


class State(StrEnum):
    """What the worker is doing."""

    NEW = "ny"
    RUNNING = "i_gang"
    STOPPED = "stoppet"


class Worker:
    """A thread that delivers what is committed, soon after it is."""

    def __init__(
        self,
        product: Installation,
        *,
        every: timedelta = EVERY,
        handlers: Mapping[str, Handler] = HANDLERS,
        chores: Callable[..., object] | None = None,
        chores_every: timedelta = CHORES_EVERY,
        courtesy: Courtesy = PAGES,
    ) -> None:
        """:param chores: done in between, given now and ``stopping``, as `deliver_once` has it.
        :param courtesy: the pages it gives way to, between any two things it does.
        """
        self._courtesy = courtesy
        self._chores = chores
        self._chores_every = chores_every
        self._chores_at = -math.inf
        self._product = product
        self._every = every
        self._handlers = handlers
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._unlisten: Callable[[], None] = lambda: None
        self._noted: datetime | None = None
        self.last_round: datetime | None = None
        """When the newest round ended. Long ago means that something is wrong."""

    @property
    def state(self) -> State:
        """Whether it runs."""
        if self._thread is None:
            return State.NEW
        return State.RUNNING if self._thread.is_alive() else State.STOPPED

    def start(self) -> None:
        """Begin. Does nothing where it has begun already."""
        if self._thread is not None:
            return
        self._unlisten = self._product.store.on_told(self._wake.set)
        self._thread = threading.Thread(target=self._run, name="dubu-delivery", daemon=True)
        self._thread.start()

    def stop(self, patience: float = 30.0) -> bool:
        """Finish the row that is on its way and end. Return whether it ended within the patience.

        :param patience: in seconds.
        """
        if self._thread is None:
            return True
        self._stop.set()
        self._wake.set()
        self._thread.join(patience)
        self._unlisten()
        self._unlisten = lambda: None
        return not self._thread.is_alive()

    def _run(self) -> None:
        log = structlog.get_logger()
        while not self._stop.is_set():
            self._wake.clear()
            try:
                deliver_once(self._product, handlers=self._handlers, stopping=self._stopping)
                self.last_round = self._product.clock()
            except Exception as fault:  # the edge: the next round may go better
                log.error("delivery_round_failed", error=type(fault).__name__)
            self._note_chain()
            self._do_chores()
            self._wake.wait(self._every.total_seconds())

    def _stopping(self) -> bool:
        """Let the pages under way be made first, and tell whether it is to end."""
        if not self._stop.is_set():
            self._courtesy.give_way()
        return self._stop.is_set()

    def _do_chores(self) -> None:
        """Do them where it is time. They are no reason to stop delivering."""
        if self._chores is None or self._stop.is_set():
            return
        if time.monotonic() - self._chores_at < self._chores_every.total_seconds():
            return
        self._chores_at = time.monotonic()
        try:
            self._chores(self._product.clock(), stopping=self._stopping)
        except Exception as fault:  # the edge: the next time may go better
            structlog.get_logger().error("chores_failed", error=type(fault).__name__)

    def _note_chain(self) -> None:
        """Write down outside the database how far the chain has come; `dubu check` compares.

        Done here because every installation has a worker.
        """
        product, now = self._product, self._product.clock()
        if self._noted is not None and now - self._noted < witness.EVERY:
            return
        self._noted = now
        try:
            with product.store.read() as connection:
                witness.note(product.settings.path(product.settings.chain_log), connection, now)
        except (OSError, StorageError) as fault:
            structlog.get_logger().error("chain_not_noted", error=type(fault).__name__)
