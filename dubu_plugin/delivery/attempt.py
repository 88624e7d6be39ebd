"""One try at one row: taken, looked up or delivered, and settled."""

import traceback
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import structlog

from dubu_plugin.delivery.backoff import wait
from dubu_plugin.delivery.handling import Delivery, Done, Handler, Installation
from dubu_plugin.errors import (
    AdapterError,
    ConfigurationError,
    OutcomeUnknown,
    Refused,
    Unreachable,
)
from dubu_plugin.ports.journal_errors import Duplicate
from dubu_plugin.store import claims
from dubu_plugin.store.failures import StorageBusy, StorageFull, StorageUnreachable
from dubu_plugin.store.outbox import State

LEASE: Final = timedelta(minutes=5)
"""How long a row may be on its way before others take it for abandoned: longer than any write."""


LATER: Final = (Unreachable, ConfigurationError, StorageFull, StorageBusy, StorageUnreachable)
"""What passes by itself, or when somebody mends the installation: the row waits for it."""


class Outcome(StrEnum):
    """What a try came to."""

    DELIVERED = "leveret"
    REFUSED = "afvist"
    UNKNOWN = "ukendt"
    POSTPONED = "udsat"
    TAKEN = "taget"
    """Somebody else was quicker."""


def attempt(
    product: Installation,
    handlers: Mapping[str, Handler],
    head: claims.Head,
    clock: Callable[[], datetime],
) -> Outcome:
    """Try a row once."""
    now = clock()
    with product.store.write(actor=head.actor, now=now) as work:
        mine = claims.claim(work.connection, head, now=now, until=now + LEASE)
    if mine is None:
        return Outcome.TAKEN
    log = structlog.get_logger().bind(key=str(head.key), kind=head.kind, attempts=mine.attempts)
    trying = Try(product, mine, clock)
    try:
        done = trying.deliver(handlers[head.kind], now)
        outcome = trying.finish(done)
    except LATER as silence:
        outcome = trying.postpone(silence)
    except OutcomeUnknown as silence:
        outcome = trying.doubt(silence)
    except Refused as no:
        outcome = trying.refuse(_named(no))
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as fault:  # ours: the row waits for a person, and the lane with it
        # Whatever it is: a library's cancellation or exit would end the thread, and every lane.
        outcome = trying.refuse(f"dubu:{head.kind}:{type(fault).__name__}", uncertain=True)
        log.error("outbox_fault", error=type(fault).__name__, where=_where(fault))
    tell = log.warning if outcome in (Outcome.REFUSED, Outcome.UNKNOWN) else log.info
    tell("outbox_row_tried", outcome=outcome.value)
    return outcome


class Try:
    """A row in hand, and whether it may have taken effect."""

    def __init__(
        self, product: Installation, mine: claims.Claim, clock: Callable[[], datetime]
    ) -> None:
        self.product = product
        self.mine = mine
        self.clock = clock
        self.uncertain = mine.head.uncertain

    def deliver(self, handler: Handler, now: datetime) -> Done:
        """Look first where an earlier try may have taken effect, then deliver where it did not."""
        d = self._delivery(now)
        if self.uncertain:
            done = handler.probe(d)
            if done is not None:
                return done
            self.uncertain = False
        try:
            return handler.deliver(d)
        except Duplicate:
            done = handler.probe(d)
            if done is None:
                raise
            return done

    def finish(self, done: Done) -> Outcome:
        """Store that it is done, together with what follows from it."""
        head, now = self.mine.head, self.clock()
        with self.product.store.write(actor=head.actor, now=now) as work:
            settled = claims.settle(
                work.connection,
                self.mine,
                State.UDFOERT,
                now=now,
                uncertain=False,
                result=done.result,
            )
            if settled and done.then is not None:
                done.then(work)
        return Outcome.DELIVERED if settled else Outcome.TAKEN

    def postpone(self, silence: Exception) -> Outcome:
        """Try again later. What may have taken effect earlier still may have."""
        said = silence if isinstance(silence, AdapterError) else None
        state = State.UKENDT if self.uncertain else State.PLANLAGT
        self._settle(state, said, _named(silence), uncertain=self.uncertain)
        return Outcome.POSTPONED

    def doubt(self, silence: OutcomeUnknown) -> Outcome:
        """Look later what came of it."""
        self._settle(State.UKENDT, silence, _named(silence), uncertain=True)
        return Outcome.UNKNOWN

    def refuse(self, error: str, *, uncertain: bool | None = None) -> Outcome:
        """Leave it to a person."""
        doubt = self.uncertain if uncertain is None else uncertain
        self._settle(State.AFVIST, None, error, uncertain=doubt)
        return Outcome.REFUSED

    def _settle(
        self, state: State, said: AdapterError | None, error: str, *, uncertain: bool
    ) -> None:
        head, now = self.mine.head, self.clock()
        with self.product.store.write(actor=head.actor, now=now) as work:
            claims.settle(
                work.connection,
                self.mine,
                state,
                now=now,
                uncertain=uncertain,
                next_try=now + wait(head.key, self.mine.attempts, said),
                error=error[:200],
            )

    def _delivery(self, now: datetime) -> Delivery:
        head, product = self.mine.head, self.product
        return Delivery(
            key=head.key,
            kind=head.kind,
            lane=head.lane,
            payload=head.payload,
            actor=head.actor,
            now=now,
            store=product.store,
            blobs=product.blobs,
            ports=product.ports,
            settings=product.settings,
            letters=product.letters,
        )


def _where(fault: BaseException) -> str:
    """Return where a fault came from. Its message stays out of the log: it may quote somebody."""
    frame, line = list(traceback.walk_tb(fault.__traceback__))[-1]
    return f"{frame.f_code.co_filename}:{line}"


def _named(error: Exception) -> str:
    """Return an error as the outbox keeps it: who said it, about what, and what it is called."""
    if not isinstance(error, AdapterError):
        where = "opsaetning" if isinstance(error, ConfigurationError) else "lager"
        return f"dubu:{where}:{type(error).__name__}"
    code = f":{error.code}" if error.system == "dubu" and error.code else ""
    return f"{error.system}:{error.operation}:{type(error).__name__}{code}"
