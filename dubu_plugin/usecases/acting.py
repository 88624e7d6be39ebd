"""An act and the policy: who may, decided in the transaction the act is stored in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker, Decision, decide
from dubu_plugin.store import read_log
from dubu_plugin.store.access import NotYours, subject
from dubu_plugin.store.database import Store
from dubu_plugin.store.sag.relations import SubjectKind
from dubu_plugin.store.transaction import Work


@contextmanager
def rehearsing(
    store: Store, asker: Asker, act: Act, kind: SubjectKind, number: UUID, *, now: datetime
) -> Iterator[Work]:
    """Open the transaction of an act to see what it would lead to. Nothing of it is stored.

    :raises NotYours: the policy says no, or there is no such thing.
    """
    with store.rehearse(actor=asker.key, now=now) as work:
        found = subject(work.connection, asker, kind, number)
        if found is None or not decide(asker, act, found):
            raise NotYours
        yield work


@contextmanager
def acting(
    store: Store,
    asker: Asker,
    act: Act,
    kind: SubjectKind,
    number: UUID,
    *,
    now: datetime,
    logs: bool = False,
) -> Iterator[Work]:
    """Open the transaction of an act on a case or an underretning, for who may do it.

    A page that leads here has logged that it was read; the act is told by its own hændelse. Only a
    refusal is logged here, in a transaction of its own, so that it stands.

    :param logs: the log of reads says that it was done, once it is: what was refused was not.
    :raises NotYours: the policy says no, or there is no such thing.
    """
    with store.write(actor=asker.key, now=now) as work:
        found = subject(work.connection, asker, kind, number)
        decision = (
            Decision(False, "nej:findes_ikke") if found is None else decide(asker, act, found)
        )
        if decision:
            yield work
            if not logs:
                return
        read_log.add(
            work.connection,
            at=now,
            employee=asker.key,
            act=act,
            subject_kind=kind,
            subject_id=str(number),
            decision=decision,
        )
    if not decision:
        raise NotYours
