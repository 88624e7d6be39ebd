"""The nightly proof that nothing that came through the door was lost.

Every item the host received became an underretning, another registered thing, or an open line for
a person; what is missing is taken in on the spot. The same is proven of what came in other ways.
Until this says so, nobody may say that an underretning was received.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.intake import PostState
from dubu_plugin.errors import Refused
from dubu_plugin.ports.post import IncomingPost, PostItem
from dubu_plugin.store.tables import post_items
from dubu_plugin.store.tables import underretninger as registered
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.store.underretning import arrivals, originals
from dubu_plugin.usecases.means import Receiving
from dubu_plugin.usecases.underretning.item import Incoming
from dubu_plugin.usecases.underretning.receive import receive

AT_A_TIME: Final = 500
"""How many of the host's keys are looked up at once."""


@dataclass(slots=True)
class Proof:
    """What the reconciliation found."""

    received: int = 0
    """How many items the host has received."""
    known: int = 0
    """Of those, how many had been taken in before."""
    taken_in: list[UUID] = field(default_factory=list)
    """Items of post that were missing, and are taken in now."""
    not_taken: list[str] = field(default_factory=list)
    """The host's keys of items that could not be opened, so that nobody knows what they are."""
    underretninger: int = 0
    other_registered: int = 0
    """Ansøgninger, and what a person found to be something else."""
    open_lines: int = 0
    """Items a person must look at, on a line they can see."""
    unaccounted: list[UUID] = field(default_factory=list)
    """Items of post that are none of these."""
    lost: list[UUID] = field(default_factory=list)
    """What we keep whose file is gone: items of post, and letters."""

    @property
    def holds(self) -> bool:
        """Whether every item is accounted for, and its file there."""
        return not self.not_taken and not self.unaccounted and not self.lost

    @property
    def items(self) -> int:
        """How many items we keep, whatever way they came."""
        return self.underretninger + self.other_registered + self.open_lines + len(self.unaccounted)


def reconcile(
    product: Receiving, now: datetime, *, progress: Callable[[int], None] = lambda done: None
) -> Proof:
    """Go through everything that was received, take in what is missing, and count.

    :param progress: told how many of the host's items have been gone through.
    :raises Unreachable: the host does not answer; nothing can be proven now.
    """
    proof = Proof()
    for batch in _batches(product.ports.incoming):
        with product.store.read() as connection:
            known = arrivals.taken_in(connection, [item.key for item in batch])
        proof.received += len(batch)
        proof.known += len(known)
        for item in batch:
            if item.key not in known:
                _take_in(product, item, proof, now)
        progress(proof.received)
    with product.store.read() as connection:
        _count(connection, proof)
        kept = originals.kept(connection)
        proof.lost += dict.fromkeys(one.owner for one in kept if not product.blobs.has(one.sha256))
    return proof


def _batches(incoming: IncomingPost) -> Iterator[list[PostItem]]:
    after: str | None = None
    while True:
        page = incoming.received(after)
        items = list(page.items)
        for start in range(0, len(items), AT_A_TIME):
            yield items[start : start + AT_A_TIME]
        after = page.next
        if after is None:
            return


def _take_in(product: Receiving, item: PostItem, proof: Proof, now: datetime) -> None:
    try:
        raw = product.ports.incoming.open_post(item.key)
    except Refused:
        proof.not_taken.append(item.key)
        return
    receipt = receive(from_host(item, raw), product=product, actor=SYSTEM, now=now)
    if receipt.post is not None:
        proof.taken_in.append(receipt.post)


def from_host(item: PostItem, raw: bytes) -> Incoming:
    """Return what the host received, as it is taken in."""
    return Incoming(raw, item.filename, item.channel, item.received_at, item.key)


def _count(connection: sa.Connection, proof: Proof) -> None:
    """Sort everything we keep by what became of it."""
    rows = connection.execute(
        sa.select(
            post_items.c.id,
            post_items.c.state,
            post_items.c.underretning_id,
            registered.c.id.label("found"),
            registered.c.henvendelse,
        ).outerjoin(registered, registered.c.id == post_items.c.underretning_id)
    )
    for row in rows:
        if row.state == PostState.WAITS:
            proof.open_lines += 1
        elif row.underretning_id is not None and row.found is None:
            proof.unaccounted.append(row.id)
        elif row.state == PostState.OTHER or row.henvendelse in ("ansoegning", "andet"):
            proof.other_registered += 1
        elif row.state == PostState.REGISTERED and row.found is not None:
            proof.underretninger += 1
        else:
            proof.unaccounted.append(row.id)
