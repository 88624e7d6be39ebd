"""Write the CPR number and the name of a child whose case was opened without them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.folding import folded
from dubu_plugin.domain.match import OF_AGE
from dubu_plugin.errors import CaseworkError, Unreachable
from dubu_plugin.ports.persons import Person, Tie
from dubu_plugin.store import personer, sager
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.database import Store
from dubu_plugin.store.personer import Known
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.sag.birth import is_numbered, keep_person
from dubu_plugin.usecases.sag.register_birth import (
    LONGEST_NAME,
    AnotherHasIt,
    Birth,
    BirthNotClear,
    insist,
)
from dubu_plugin.usecases.sag.tell_parties import tell_parties
from dubu_plugin.usecases.underretning.around import Around, Systems
from dubu_plugin.usecases.underretning.give_up import give_up_closed
from dubu_plugin.usecases.underretning.keep_match import Found, keep_families

ANOTHER_NAME: Final = (
    "Adressebogen har et helt andet navn til det CPR-nummer. Se efter, om nummeret og navnet er "
    "skrevet rigtigt."
)
ANOTHER_MOTHER: Final = (
    "CPR-nummeret hører til et barn, der har en anden mor. Se efter, om nummeret er rigtigt."
)
NO_CHILD: Final = (
    "CPR-nummeret hører til en, der er fyldt 18 år. Se efter, om det er barnets nummer."
)


class HasANumber(CaseworkError):
    """The child of the case has a number, or is not born yet."""

    danish = "Barnet har et CPR-nummer. Gå tilbage til sagen, og se efter."


class Asking(Protocol):
    """What this act has at hand."""

    @property
    def store(self) -> Store:
        """What is remembered."""

    @property
    def ports(self) -> Systems:
        """The other systems."""


def register_number(
    sag: UUID, birth: Birth, *, product: Asking, asker: Asker, now: datetime
) -> None:
    """Give the child of a case its number and name. The case stays, with all that stands on it.

    Where the address book has the number, its name and address count. Where it does not answer, or
    does not know the number yet, what is written counts until it does.

    :raises HasANumber: there is nothing to write.
    :raises BirthNotClear: the name or number is missing, or does not fit; it says which.
    :raises AnotherHasIt: somebody else here has the number and a case of their own.
    :raises NotYours: the policy says no, or there is no such case.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        _insist(_child(work, sag), birth, now)
    found = _asked(product.ports, birth.cpr)
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        child = _child(work, sag)
        person = _in_the_book(found, birth.cpr)
        _insist(child, birth, now)
        if person is not None:
            _insist_on_same(work, child, birth, person, found)
        name = person.name if person else _tidy(birth.name)
        born = (person.born if person else None) or birth.born
        key = person.key if person else None
        if not is_numbered(work, child, name=name, cpr=birth.cpr, born=born, key=key):
            raise AnotherHasIt
        if found is not None:
            _keep(work, found)
        tell_parties(work, sag)


def _child(work: Work, sag: UUID) -> Known:
    ours = sager.by_id(work.connection, sag)
    child = personer.by_id(work.connection, ours.child_id) if ours else None
    if child is None:
        raise NotYours
    if child.is_unborn or child.cpr is not None:
        raise HasANumber
    return child


def _tidy(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]


def _insist(child: Known, birth: Birth, now: datetime) -> None:
    today = danish_day(now)
    if not _tidy(birth.name):
        raise BirthNotClear("navn", "Skriv barnets navn.")
    if birth.cpr is None:
        raise BirthNotClear("cpr", "Skriv barnets CPR-nummer, ti cifre.")
    insist(birth, _tidy(birth.name), child.due_date, today)
    if age_on(birth.born, today) >= OF_AGE:
        raise BirthNotClear("cpr", NO_CHILD)


# -- what the address book says --------------------------------------------------------------------


def _asked(systems: Systems, cpr: Cpr | None) -> Found | None:
    """Return who has the number, with the family; None where nobody has, or nothing answers."""
    around = Around(systems)
    try:
        person = systems.persons.by_cpr(cpr) if cpr else None
        if person is None:
            return None
        around.with_family(person)
    except Unreachable:
        return None
    return around.found()


def _in_the_book(found: Found | None, cpr: Cpr | None) -> Person | None:
    people: Sequence[Person] = tuple(found.people.values()) if found else ()
    return next((one for one in people if one.cpr == cpr), None)


def _insist_on_same(
    work: Work, child: Known, birth: Birth, person: Person, found: Found | None
) -> None:
    """Refuse a number that is somebody else's: a slip of one digit would make it another child."""
    if not set(folded(person.name).split()) & set(folded(birth.name).split()):
        raise BirthNotClear("cpr", ANOTHER_NAME)
    mother = personer.by_id(work.connection, child.mother_id) if child.mother_id else None
    family = found.families.get(person.key, ()) if found else ()
    hers = [one.person for one in family if one.tie is Tie.MOTHER]
    if mother is None or not hers:
        return
    if not any(one.key == mother.host_key or (one.cpr and one.cpr == mother.cpr) for one in hers):
        raise BirthNotClear("cpr", ANOTHER_MOTHER)


def _keep(work: Work, found: Found) -> None:
    """Keep the child's address and family, and shut the doors of those it is related to."""
    ids = {key: keep_person(work, one) for key, one in found.people.items()}
    known = {key: family for key, family in found.families.items() if family}
    keep_families(work, Found(people=found.people, families=known, further=found.further,
                              cases=found.cases), ids)  # fmt: skip
    give_up_closed(work)
