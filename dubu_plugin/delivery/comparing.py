"""Comparing our running cases with the host's once a day, slowly, and beside everything else.

It is thousands of small questions. Asked one after another as fast as they are answered they would
keep whoever opens a page waiting, and the post that comes in meanwhile.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final, Protocol, TypeVar

import structlog

from dubu_plugin.delivery.courtesy import PAGES, Courtesy
from dubu_plugin.errors import AdapterError
from dubu_plugin.store.failures import StorageError
from dubu_plugin.usecases.pace import Pace
from dubu_plugin.usecases.sag import birth, family_ties, follow_host

T = TypeVar("T")

SHARE: Final = 0.1
"""How much of its time it works; the rest is the pages'."""


class Compared(birth.Asking, follow_host.Following, Protocol):
    """What is needed to compare: `dubu_plugin.app.Product` is one."""

    @property
    def ports(self) -> "Ports":
        """The other systems."""


class Ports(birth.Book, follow_host.Hosts, Protocol):
    """The ports that are asked."""


class Comparing:
    """Compares at once until it is started, and then in a thread of its own."""

    def __init__(
        self,
        product: Compared,
        *,
        share: float = SHARE,
        clock: Callable[[], float] = time.monotonic,
        rest: Callable[[float], bool] | None = None,
        courtesy: Courtesy = PAGES,
    ) -> None:
        """:param share: how much of the thread's time is spent working, above 0 and at most 1.
        :param rest: waits so many seconds, and tells whether it is to end; None until stopped.
        :param courtesy: the pages each case waits for.
        """
        self._courtesy = courtesy
        self._product = product
        self._share = share
        self._clock = clock
        self._started = False
        self._stop = threading.Event()
        self._rest = rest or self._stop.wait
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Be slow from now on."""
        self._started = True

    def stop(self, patience: float = 30.0) -> None:
        """End where it is; the next day looks at the rest.

        :param patience: how long the case under way may take, in seconds.
        """
        self._stop.set()
        if self._thread is not None:
            self._thread.join(patience)

    def compare(self, now: datetime) -> None:
        """Compare every running case, and every child of one with the address book."""
        if not self._started:
            self._compare(now, iter)
        elif self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(
                target=self._compare, args=(now, self.gently), name="dubu-comparing", daemon=True
            )
            self._thread.start()

    def gently(self, some: Iterable[T]) -> Iterator[T]:
        """Yield some things, with a rest after each as long as its work was, many times over."""
        for one in some:
            self._courtesy.give_way()
            began = self._clock()
            yield one
            worked = self._clock() - began
            if self._rest(worked * (1 - self._share) / self._share):
                return

    def _compare(self, now: datetime, pace: Pace) -> None:
        log = structlog.get_logger()
        for differed, silent, catch_up in (
            ("cases_compared", "cases_not_compared", follow_host.catch_up),
            ("births_compared", "births_not_compared", birth.catch_up),
            ("families_compared", "families_not_compared", family_ties.catch_up),
        ):
            if self._stop.is_set():
                return
            try:
                found = catch_up(self._product, now, pace)
            except (AdapterError, StorageError) as silence:
                log.error(silent, error=str(silence))
                return
            log.info(differed, differed=found)
