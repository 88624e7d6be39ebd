"""Copy from the host who works here, and where: no page waits for it.

A role that is taken away, or a unit that somebody leaves, counts from the next copy. Until then
they open what they could open before, so it is copied every minute.

The host keeps whom it had on a case. Who comes back has those again that it still has them on and
nobody was given meanwhile, before a leader deals them out.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

import structlog

from dubu_plugin.errors import AdapterError
from dubu_plugin.ports.identity import Identity
from dubu_plugin.store import staff
from dubu_plugin.store.database import Store
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.overholdelse import left_behind
from dubu_plugin.store.transaction import SYSTEM, Work


class Hosts(Protocol):
    """The port it asks."""

    @property
    def identity(self) -> Identity:
        """The host's staff register."""


class Kept(Protocol):
    """What it needs."""

    @property
    def store(self) -> Store:
        """What is remembered."""

    @property
    def ports(self) -> Hosts:
        """The other systems."""


def copy_staff(product: Kept, now: datetime) -> bool:
    """Bring the copy up to date, and return whether anything was new.

    Where the host does not answer, the copy stands as it is.
    """
    identity = product.ports.identity
    try:
        people, organisation = identity.employees(), identity.units()
    except AdapterError as silence:  # whatever it is, the other chores of the minute go on
        structlog.get_logger().error("staff_not_copied", error=str(silence))
        return False
    with product.store.read() as connection:
        if staff.is_as(connection, people, organisation):
            return False  # nobody waits for a transaction that changes nothing
    with product.store.write(actor=SYSTEM, now=now) as work:
        before = left_behind.gone(work.connection)
        staff.refresh(work, people, organisation)
        _compare_cases_of(work, before - left_behind.gone(work.connection))
    return True


def _compare_cases_of(work: Work, back: Collection[str]) -> None:
    """Have the cases somebody left compared with the host, where they work on cases again."""
    if not back:
        return
    left = left_behind.who_left(work.connection)
    for sag in (sag for sag, who in left.items() if who in back):
        work.tell(
            "follow_host",
            lane=sag_lane(sag),
            key=op_key(sag, f"tilbage:{work.now.isoformat()}"),
            payload={"sag": str(sag), "said": []},
        )
