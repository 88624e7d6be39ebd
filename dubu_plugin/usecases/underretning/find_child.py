"""Look somebody up in the address book for a person who chooses a child, and keep who is found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

import sqlalchemy as sa

from dubu_plugin.domain.cpr import Cpr, NotACpr
from dubu_plugin.errors import Unreachable
from dubu_plugin.ports.persons import Person, Persons
from dubu_plugin.store import personer
from dubu_plugin.store.database import Store
from dubu_plugin.store.personer import Known
from dubu_plugin.store.tables import employees
from dubu_plugin.usecases.sag.birth import keep_person

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

    Who the caller may act on is decided when one is chosen. Those the caller is, or is related to,
    are remembered as such at once: they may not have been met before.

    :param text: a CPR number, or a name.
    """
    book = product.ports.persons
    try:
        found = _asked(text, book)
        own = _own_key(product.store, actor) if found else None
        family = {one.person.key for one in book.relations(own)} if own else set()
    except Unreachable:
        return None
    if not found:
        return ()
    with product.store.write(actor=actor, now=now) as work:
        kept = {one.key: keep_person(work, one) for one in found}
        related = {kept[key]: [own] for key in kept.keys() & family if own}
        personer.close_doors(work.connection, kept, related)
        known = [personer.by_id(work.connection, kept[one.key]) for one in found]
    return [one for one in known if one is not None]


def _own_key(store: Store, actor: str) -> str | None:
    """Return the address book's key of an employee."""
    with store.read() as connection:
        key: str | None = connection.scalar(
            sa.select(employees.c.person_key).where(employees.c.key == actor)
        )
    return key


def _asked(text: str, book: Persons) -> Sequence[Person]:
    try:
        person = book.by_cpr(Cpr.parse(text))
    except NotACpr:
        return book.search(text, limit=MOST)
    return [person] if person else []
