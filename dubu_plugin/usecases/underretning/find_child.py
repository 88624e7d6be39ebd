"""Look somebody up in the address book for a person who chooses a child, and keep who is found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from dubu_plugin.domain.cpr import Cpr, NotACpr
from dubu_plugin.errors import Unreachable
from dubu_plugin.ports.persons import Person, Persons
from dubu_plugin.store import personer
from dubu_plugin.store.database import Store
from dubu_plugin.store.personer import Known

MOST: Final = 8


class Book(Protocol):
    """The part of the ports this act asks."""

    @property
    def persons(self) -> Persons:
        """The address book."""


class Asking(Protocol):
    """What this act has at hand."""

    @property
    def store(self) -> Store:
        """What is remembered."""

    @property
    def ports(self) -> Book:
        """The other systems."""


def find_child(text: str, *, product: Asking, actor: str, now: datetime) -> Sequence[Known] | None:
    """Return who a name or a CPR number may be, or None where the address book does not answer.

    Who the caller may act on is decided when one is chosen.

    :param text: a CPR number, or a name.
    """
    try:
        found = _asked(text, product.ports.persons)
    except Unreachable:
        return None
    if not found:
        return ()
    with product.store.write(actor=actor, now=now) as work:
        keys = [personer.keep(work.connection, one, now=now) for one in found]
        known = [personer.by_id(work.connection, key) for key in keys]
    return [one for one in known if one is not None]


def _asked(text: str, book: Persons) -> Sequence[Person]:
    try:
        person = book.by_cpr(Cpr.parse(text))
    except NotACpr:
        return book.search(text, limit=MOST)
    return [person] if person else []
