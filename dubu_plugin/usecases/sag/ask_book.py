"""Ask the address book again for the child a case is about, and for its family."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker, Decision
from dubu_plugin.errors import Unreachable
from dubu_plugin.ports.persons import Person, Persons
from dubu_plugin.store import read_log
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.sag.birth import keep_person
from dubu_plugin.usecases.sag.tell_parties import tell_parties
from dubu_plugin.usecases.skrift.on_skrift import on_sag
from dubu_plugin.usecases.underretning.around import Around, Systems
from dubu_plugin.usecases.underretning.keep_match import keep_families, share_with_child


class Asking(Writing, Protocol):
    """Also the address book and the host."""

    @property
    def ports(self) -> Systems:
        """The other systems."""


def ask_book(sag: UUID, *, product: Asking, asker: Asker, now: datetime) -> bool:
    """Keep what the address book says of a child and its family now, and who the family is.

    Of a child without a number it is the mother who is looked up. The book is asked between two
    transactions, so that nobody waits for it.

    :return: False where it does not answer, or has nobody such.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such case.
    """
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        child = _sought(work, ours.child_id)
        read_log.add(
            work.connection, at=now, employee=asker.key, act=Act.SEARCH,
            subject_kind="sag", subject_id=str(sag),
            decision=Decision(True, "opslag:adressebog"), detail=f"person:{child.id}",
        )  # fmt: skip
    around = Around(product.ports)
    try:
        found = around.met(_looked_up(product.ports.persons, child))
        if found is None:
            return False
        around.with_family(found)
    except Unreachable:
        return False
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        kept = {key: keep_person(work, one) for key, one in around.people.items()}
        keep_families(work, around.found(), kept)
        share_with_child(work, ours.child_id)
        tell_parties(work, sag)
    return True


def _sought(work: Work, child: UUID) -> Known:
    known = personer.by_id(work.connection, child)
    if known is not None and known.has_no_number and known.mother_id is not None:
        known = personer.by_id(work.connection, known.mother_id)
    if known is None:
        raise NotYours
    return known


def _looked_up(book: Persons, known: Known) -> Person | None:
    if known.host_key is not None:
        return book.by_key(known.host_key)
    return book.by_cpr(known.cpr) if known.cpr is not None else None
