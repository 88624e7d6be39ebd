"""Writers who wait for the same turn are stored in one transaction, so the disk is asked once.

Whoever comes first waits for the turn on behalf of all who come meanwhile, and then writes what
each of them wants in the order they came. Each gets its answer after the commit and never before.
Where anything goes wrong in the one transaction, nothing of it is stored and each is written again
in a transaction of its own, so that what is wrong with one harms no other.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from dubu_plugin.store.failures import StorageBusy, StorageError
from dubu_plugin.store.transaction import Work

T = TypeVar("T")

MOST: Final = 8
"""How many are stored in one transaction: the last of them waits for the first."""


@dataclass(eq=False, slots=True)
class _Waiting:
    act: Callable[[Work], Any]
    actor: str
    now: datetime
    leads: bool = False
    is_stored: bool = False
    answer: Any = None
    trouble: BaseException | None = None
    woken: threading.Event = field(default_factory=threading.Event)


class Together:
    """Those who wait to be written."""

    def __init__(
        self,
        opened: Callable[[], AbstractContextManager[sa.Connection]],
        begun: Callable[[sa.Connection, str, datetime], Work],
        told: Callable[[], None],
        patience: float,
    ) -> None:
        """Hold the ways to a transaction.

        :param opened: opens one, when its turn comes.
        :param begun: returns what an actor can do inside it at a moment.
        :param told: called after a commit that told the outside.
        :param patience: how long to wait to be written, in seconds.
        """
        self._opened = opened
        self._begun = begun
        self._told = told
        self._patience = patience
        self._door = threading.Lock()
        self._queue: deque[_Waiting] = deque()
        self._is_led = False

    def write(self, act: Callable[[Work], T], *, actor: str, now: datetime) -> T:
        """Have something written, and return its answer when it is stored.

        :param act: may be called in another thread, and again where a first transaction was undone
            or nobody knows whether it was: it must find what it has written before.
        :raises StorageError: as `Store.write` does; nothing of it is stored.
        """
        mine = _Waiting(act, actor, now)
        with self._door:
            self._queue.append(mine)
            mine.leads = not self._is_led
            self._is_led = True
        if not mine.leads:
            self._wait(mine)
        if mine.leads:
            self._lead(mine)
        if mine.trouble is not None:
            raise mine.trouble
        answer: T = mine.answer
        return answer

    @property
    def waiting(self) -> int:
        """How many wait for the transaction they will be written in."""
        return len(self._queue)

    def _wait(self, mine: _Waiting) -> None:
        if mine.woken.wait(self._patience):
            return
        with self._door:
            if mine in self._queue and not mine.leads:
                self._queue.remove(mine)
                raise StorageBusy
        mine.woken.wait()  # it is being written in the very moment we gave up

    def _lead(self, mine: _Waiting) -> None:
        group: Sequence[_Waiting] = ()
        has_told = False
        try:
            try:
                with self._opened() as connection:
                    # It waits for other writers, here or in `opened`: more may come meanwhile.
                    first = self._begun(connection, mine.actor, mine.now)
                    group = self._taken()
                    has_told = self._written(first, group)
                for one in group:
                    one.is_stored = True
            except Exception:
                if len(group) < 2:
                    raise
                for one in group:
                    has_told = self._written_alone(one) or has_told
        except BaseException as no:
            mine.trouble = no
        finally:
            for one in (group or self._taken(most=1))[1:]:
                if not one.is_stored and one.trouble is None:
                    one.trouble = StorageError()
                one.woken.set()
        if has_told:
            self._told()

    def _taken(self, most: int = MOST) -> Sequence[_Waiting]:
        """Return the leader and those behind it; who is left waits behind the first of them."""
        with self._door:
            group = [self._queue.popleft() for _ in range(min(most, len(self._queue)))]
            self._is_led = bool(self._queue)
            if self._is_led:
                self._queue[0].leads = True
                self._queue[0].woken.set()
        return group

    def _written(self, first: Work, group: Iterable[_Waiting]) -> bool:
        """Write what they want, and tell whether the outside was told."""
        has_told, work = False, first
        for place, one in enumerate(group):
            if place:
                work = self._begun(first.connection, one.actor, one.now)
            one.answer = one.act(work)
            has_told = has_told or work.has_told
        return has_told

    def _written_alone(self, one: _Waiting) -> bool:
        try:
            with self._opened() as connection:
                has_told = self._written(self._begun(connection, one.actor, one.now), [one])
        except Exception as no:
            one.trouble = no
            return False
        one.is_stored = True
        return has_told
