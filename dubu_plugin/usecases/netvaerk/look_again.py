"""Ask the address book again for somebody in a network: a new number, a new address, protection."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker, Decision
from dubu_plugin.errors import Unreachable
from dubu_plugin.store import read_log
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import netvaerk
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.sag.birth import keep_person
from dubu_plugin.usecases.skrift.on_skrift import on_sag
from dubu_plugin.usecases.underretning.around import Systems


class Asking(Writing, Protocol):
    """Also the address book."""

    @property
    def ports(self) -> Systems:
        """The other systems."""


def look_again(sag: UUID, key: UUID, *, product: Asking, asker: Asker, now: datetime) -> bool:
    """Keep what the address book says of them now. False where it does not answer or has nobody.

    The book is asked between two transactions, so that nobody waits for it.

    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is nobody such in the book and around the child.
    """
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        line = netvaerk.one(work.connection, ours.child_id, key)
        if line is None or line.who.host_key is None:
            raise NotYours
        read_log.add(
            work.connection, at=now, employee=asker.key, act=Act.SEARCH,
            subject_kind="sag", subject_id=str(sag),
            decision=Decision(True, "opslag:adressebog"), detail=f"person:{line.who.id}",
        )  # fmt: skip
    try:
        found = product.ports.persons.by_key(line.who.host_key)
    except Unreachable:
        return False
    if found is None:
        return False
    with on_sag(sag, product=product, asker=asker, now=now) as (work, _):
        keep_person(work, found)
    return True
