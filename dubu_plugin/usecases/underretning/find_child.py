"""Look somebody up in the address book for a person who chooses a child, and keep who is found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker, Decision
from dubu_plugin.domain.cpr import Cpr, NotACpr
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.match import OF_AGE, Likely
from dubu_plugin.errors import Unreachable
from dubu_plugin.ports.persons import Person, Persons
from dubu_plugin.store import read_log
from dubu_plugin.store.database import Store
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.tables import employees
from dubu_plugin.usecases.sag.birth import keep_person
from dubu_plugin.usecases.underretning.around import Around, Systems
from dubu_plugin.usecases.underretning.give_up import give_up_closed
from dubu_plugin.usecases.underretning.keep_match import keep_families

MOST: Final = 8
FAMILIES: Final = 3
"""How many of those found have their family fetched, so that it is shown before one is chosen."""
LONGEST: Final = 200
"""Characters of what was looked up that stand in the log."""


class Asking(Protocol):
    """What this act has at hand."""

    @property
    def store(self) -> Store:
        """What is remembered."""

    @property
    def ports(self) -> Systems:
        """The other systems."""


def find_child(
    text: str, *, product: Asking, asker: Asker, now: datetime, grown: bool = False
) -> Sequence[Known] | None:
    """Return who a name or a CPR number may be, or None where the address book does not answer.

    That it was looked up stands in the read log, whatever came of it, with the number masked. Those
    the asker is, or is related to, are left out, and remembered as such at once: they may not have
    been met before. The same name and children come before others.

    :param text: a CPR number, or a name.
    :param grown: a grown-up is looked for, so that children come last.
    """
    with product.store.write(actor=asker.key, now=now) as work:
        read_log.add(
            work.connection,
            at=now,
            employee=asker.key,
            act=Act.SEARCH,
            subject_kind="soegning",
            subject_id=None,
            decision=Decision(True, "opslag:adressebog"),
            detail=text[:LONGEST],
        )
    around = Around(product.ports)
    try:
        found = sorted(_asked(text, around.persons), key=lambda one: _order(one, text, grown, now))
        own = _own_key(product.store, asker.key) if found else None
        family = {one.person.key for one in around.related(own)} if own else set()
        for one in found[:FAMILIES]:
            around.with_family(one)
    except Unreachable:
        return None
    if not found:
        return ()
    with product.store.write(actor=asker.key, now=now) as work:
        people = {one.key: one for one in found} | around.people
        kept = {key: keep_person(work, one) for key, one in people.items()}
        keep_families(work, around.found(), kept)
        related = {kept[key]: [own] for key in kept.keys() & family if own}
        personer.close_doors(work.connection, kept, related)
        give_up_closed(work)
        known = [personer.by_id(work.connection, kept[one.key]) for one in found]
        return [
            one
            for one in known
            if one is not None and not personer.is_kept_from(work.connection, asker.key, one.id)
        ]


def is_grown(one: Known, now: datetime) -> bool:
    """Tell whether somebody is known to be 18 or more, and so can be no child (§ 2)."""
    age = Likely(str(one.id), one.name, born=one.born).age_on(danish_day(now))
    return age is not None and age >= OF_AGE


def _order(one: Person, text: str, grown: bool, now: datetime) -> tuple[bool, bool]:
    """Return what a find is sorted by: the right age first, and the very name before others."""
    born = one.born or (one.cpr.born if one.cpr else None)
    age = Likely(one.key, one.name, born=born).age_on(danish_day(now))
    other_age = age is not None and (age >= OF_AGE) is not grown
    return other_age, one.name.casefold() != text.strip().casefold()


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
