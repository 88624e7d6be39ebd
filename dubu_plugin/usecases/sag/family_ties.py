"""Who is family to the children of open cases is looked up anew in the address book, once a day."""

from datetime import datetime
from typing import Protocol

from dubu_plugin.domain.custody import holders
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.store.family import book, netvaerk, personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import SYSTEM
from dubu_plugin.usecases.pace import Pace
from dubu_plugin.usecases.sag.birth import Remembering, keep_person
from dubu_plugin.usecases.sag.tell_parties import tell_parties
from dubu_plugin.usecases.underretning.around import Around, Systems
from dubu_plugin.usecases.underretning.keep_match import keep_families


class Asking(Remembering, Protocol):
    """Also the address book and the host."""

    @property
    def ports(self) -> Systems:
        """The other systems."""


def catch_up(product: Asking, now: datetime, pace: Pace = iter) -> int:
    """Keep the family the address book says each child of a running case has now, and return of how
    many children it was another.

    A book that names nobody says nothing: what we know stays.

    :param pace: how fast they are looked at.
    :raises Unreachable: the address book does not answer.
    """
    with product.store.read() as connection:
        children = personer.with_running_cases(connection)
    return sum(_looked_at(product, one, now) for one in pace(children))


def _looked_at(product: Asking, child: Known, now: datetime) -> bool:
    if child.host_key is None:
        return False
    around = Around(product.ports)
    family = {one.person.key: one.tie for one in around.family_of(child.host_key)}
    with product.store.read() as connection:
        holding = holders(netvaerk.parts(connection, child.id, danish_day(now)))
        if not family or book.has_family(connection, child.id, family, holding):
            return False
    with product.store.write(actor=SYSTEM, now=now) as work:
        kept = {key: keep_person(work, one) for key, one in around.people.items()}
        keep_families(work, around.found(), {**kept, child.host_key: child.id})
        for case in sager.running_of(work.connection, child.id):
            tell_parties(work, case.id)
    return True
