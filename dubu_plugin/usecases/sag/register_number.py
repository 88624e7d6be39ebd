"""Write the CPR number and the name of a child whose case was opened without them, or put them
right while the address book has not said that they are so."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Protocol
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.match import OF_AGE
from dubu_plugin.errors import CaseworkError, Unreachable
from dubu_plugin.ports.persons import Person, Tie
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.database import Store
from dubu_plugin.store.family import births, personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.sag.birth import is_numbered, keep_person
from dubu_plugin.usecases.sag.child_number import share_a_name
from dubu_plugin.usecases.sag.register_birth import (
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


class NotBorn(CaseworkError):
    """The child of the case is expected."""

    danish = "Barnet er ikke født endnu. Registrér fødslen på sagen: dér skrives nummeret også."


class NumberStands(CaseworkError):
    """The address book knows the child by its number, and by another than was written."""

    danish = (
        "Adressebogen kender barnet med det CPR-nummer, der står på sagen, så det, du har skrevet, "
        "er ikke gemt. Gå tilbage til sagen, og se efter. Er nummeret forkert, rettes det i "
        "adressebogen."
    )


class WrittenMeanwhile(CaseworkError):
    """Somebody wrote a number after the page was opened."""

    danish = (
        "Et CPR-nummer er skrevet på sagen, efter at du åbnede siden, og det er ikke det, du har "
        "skrevet. Vælg »Vis« på sagen, og se det. Er dit det rigtige, så gem igen."
    )
    field = "cpr"


class Asking(Protocol):
    """What this act has at hand."""

    @property
    def store(self) -> Store:
        """What is remembered."""

    @property
    def ports(self) -> Systems:
        """The other systems."""


def register_number(
    sag: UUID,
    birth: Birth,
    *,
    seen: UUID | None,
    product: Asking,
    asker: Asker,
    now: datetime,
) -> None:
    """Give the child of a case its number and name. The case stays, with all that stands on it.

    Where the address book has the number, its name and address count. Where it does not answer, or
    does not know the number yet, what is written counts until it does, and can be put right. What
    stands already is done.

    :param seen: what `dubu_plugin.store.family.births.number_said` was when the page was opened.
    :raises NotBorn: the child is expected.
    :raises NumberStands: the address book knows the child by another number.
    :raises WrittenMeanwhile: somebody wrote another since the page was opened.
    :raises BirthNotClear: the name or number is missing, or does not fit; it says which.
    :raises AnotherHasIt: somebody else here has the number and a case of their own.
    :raises NotYours: the policy says no, or there is no such case.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        if _to_change(work, sag, birth, seen, now) is None:
            return
    found = _asked(product.ports, birth.cpr)
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        child = _to_change(work, sag, birth, seen, now)
        if child is None:
            return
        person = _in_the_book(found, birth.cpr)
        if person is not None:
            _insist_on_same(work, child, birth, person, found)
        name = person.name if person else birth.called
        born = (person.born if person else None) or birth.born
        key = person.key if person else None
        if not is_numbered(work, child, name=name, cpr=birth.cpr, born=born, key=key):
            raise AnotherHasIt
        if found is not None:
            _keep(work, found)
        tell_parties(work, sag)


def _to_change(
    work: Work, sag: UUID, birth: Birth, seen: UUID | None, now: datetime
) -> Known | None:
    """Return the child, or None where what is said of it stands already."""
    ours = sager.by_id(work.connection, sag)
    child = personer.by_id(work.connection, ours.child_id) if ours else None
    if child is None:
        raise NotYours
    if child.is_unborn:
        raise NotBorn
    same = birth.cpr is not None and birth.cpr == child.cpr
    if same and (child.number_stands or birth.is_as(child)):
        return None
    if child.number_stands:
        raise NumberStands
    if births.number_said(work.connection, sag) != seen:
        raise WrittenMeanwhile
    _insist(child, birth, danish_day(now))
    return child


def _insist(child: Known, birth: Birth, today: date) -> None:
    if not birth.called:
        raise BirthNotClear("navn", "Skriv barnets navn.")
    if birth.cpr is None:
        raise BirthNotClear("cpr", "Skriv barnets CPR-nummer, ti cifre.")
    insist(birth, child.due_date, today)
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
    if not share_a_name(person.name, birth.name):
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
