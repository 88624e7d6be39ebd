"""Follow what others write in the journal: copy the cases it says have changed.

A case nobody has copied yet is copied a few at a time, those that run first. A host that does not
tell of changes is asked again about a case when somebody opens its stream.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

import structlog

from dubu_plugin.errors import AdapterError, Unreachable
from dubu_plugin.ports.journal import Capability
from dubu_plugin.ports.journal_objects import Changed, Kind, Page
from dubu_plugin.store.journal import followed_journal
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.usecases.journal.copy_case import Copying, copy_case

MOST_CASES: Final = 25
"""How many cases are copied a round, so that what waits to be delivered does not wait long."""
MOST_CHANGES: Final = 40
"""How many pages of changes are read a round."""
ON_THE_CASE: Final = frozenset({Kind.NOTE, Kind.DOCUMENT, Kind.DRAFT})

log = structlog.get_logger()


def follow_journal(
    product: Copying, now: datetime, *, stopping: Callable[[], bool] = lambda: False
) -> int:
    """Copy what has changed, and some of what was never copied; return how many cases were.

    :param stopping: asked between cases.
    """
    try:
        return _changed(product, now, stopping) + _never_copied(product, now, stopping)
    except Unreachable as silence:
        log.warning("journal_not_followed", error=type(silence).__name__)
        return 0


def _changed(product: Copying, now: datetime, stopping: Callable[[], bool]) -> int:
    journal = product.ports.journal
    if Capability.CHANGES not in journal.capabilities().flags:
        return 0
    with product.store.read() as connection:
        cursor = followed_journal.cursor(connection, journal.name)
    copied = 0
    for _ in range(MOST_CHANGES):
        page: Page[Changed] = journal.changed_since(cursor)
        keys = {one.case.key for one in page.items if one.case and one.ref.kind in ON_THE_CASE}
        with product.store.read() as connection:
            ours = followed_journal.copied(connection, keys)
        for sag in ours:
            if stopping():
                return copied
            copied += _copied(product, sag, now)
        if page.next != cursor:
            # Kept once its cases are copied: what is cut short here is read again.
            with product.store.write(actor=SYSTEM, now=now) as work:
                followed_journal.keep_cursor(work.connection, journal.name, page.next, now=now)
        cursor = page.next
        if not page.items or copied >= MOST_CASES:
            break
    return copied


def _never_copied(product: Copying, now: datetime, stopping: Callable[[], bool]) -> int:
    with product.store.read() as connection:
        waiting = followed_journal.never_copied(connection, MOST_CASES)
    copied = 0
    for sag in waiting:
        if stopping():
            break
        copied += _copied(product, sag, now)
    return copied


def _copied(product: Copying, sag: UUID, now: datetime) -> int:
    """Copy a case; one the host refuses to show must not keep the others waiting.

    :raises Unreachable: nobody answers, so the rest waits.
    """
    try:
        copy_case(sag, product=product, now=now)
    except Unreachable:
        raise
    except AdapterError as no:
        log.warning("case_not_copied", sag=str(sag), error=type(no).__name__)
        with product.store.write(actor=SYSTEM, now=now) as work:
            followed_journal.tried(work.connection, sag, now=now)
        return 0
    return 1
