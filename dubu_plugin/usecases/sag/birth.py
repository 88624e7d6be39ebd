"""A date of birth becomes known, or is corrected: every age that is counted from it is counted
again, and what was counted before is kept."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

import structlog

from dubu_plugin.domain.alder import is_near_due
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.ports.persons import Person, Persons, Relation, Tie
from dubu_plugin.store.database import Store
from dubu_plugin.store.deadlines import catching_up
from dubu_plugin.store.family import births, book, personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.keys import op_key
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.search import words as search_words
from dubu_plugin.store.search.words import Weight
from dubu_plugin.store.transaction import SYSTEM, Work
from dubu_plugin.usecases.pace import Pace
from dubu_plugin.usecases.sag.child_name import is_called
from dubu_plugin.usecases.sag.child_number import (
    NUMBERED,
    PUT_RIGHT,
    RENAMED,
    is_another,
    make_party,
    take_number_off,
    tell_number,
)
from dubu_plugin.usecases.sag.tell_book import tell_book, tell_family

LOOKED_FOR: Final = timedelta(days=2 * 365)
"""So long after its due date a child whose case closed before its birth is looked for. After that
it is nobody's, such as a child that was never born."""


class Book(Protocol):
    """The part of the ports that is asked."""

    @property
    def persons(self) -> Persons:
        """The address book."""


class Remembering(Protocol):
    """What is needed to keep what it says."""

    @property
    def store(self) -> Store:
        """What is remembered."""


class Asking(Remembering, Protocol):
    """What is needed to ask the address book."""

    @property
    def ports(self) -> Book:
        """The other systems."""


def keep_person(work: Work, person: Person) -> UUID:
    """Keep what the address book says of somebody, and return our key for them.

    A number that was written on another child by a slip is taken off that child. Where the date of
    birth is new or another, their cases count ages from it.
    """
    before = personer.same_as(work.connection, person)
    if before is not None and is_another(before, person):
        take_number_off(work, before)
        before = None
    key = personer.keep(work.connection, person, now=work.now)
    after = personer.by_id(work.connection, key)
    if before is not None and after is not None and after.born not in (None, before.born):
        count_anew(work, key, before.born)
    if before is not None and after is not None:
        _found_where_they_live(work, before, after)
        is_called(work, before, after.name)
        tell_book(work, before, after)
    return key


def _found_where_they_live(work: Work, before: Known, after: Known) -> None:
    """Have somebody's cases found by the address they have now, and by none that is protected."""
    then, now = address_to_find(before), address_to_find(after)
    if then == now:
        return
    for case in sager.ever_of(work.connection, after.id):
        search_words.forget(work.connection, "sag", case, then)
        words = {Weight.NAME: after.name, Weight.TITLE: now}
        search_words.index(work.connection, "sag", case, words)


def address_to_find(person: Known) -> str:
    """Return the address somebody is found by; a protected one being found would give it away."""
    return "" if person.protected_address else person.address or ""


def count_anew(work: Work, person: UUID, before: date | None) -> None:
    """Count the ages on somebody's running cases from the date of birth that is known now.

    :param before: the date that was known, if any.
    """
    for case in sager.running_of(work.connection, person):
        work.happened(
            Haendelse.FOEDSEL_REGISTRERET,
            sag=case.id,
            person=person,
            responsible=case.responsible,
            unit=case.unit,
            data={"foer": before.isoformat() if before else None},
        )
        catching_up.open_by_birth(work.connection, work.rules, case.id, now=work.now)


def is_born(
    work: Work, child: Known, *, name: str, cpr: Cpr | None, born: date | None, key: str | None
) -> bool:
    """Let an expected child be born: it gets its name and number, and its cases count its age.

    False where nothing came of it: it is no expected child, its date of birth is not known, or
    somebody else here has its number and a case of their own.
    """
    day = born or (cpr.born if cpr else None)
    if not child.is_unborn or day is None:
        return False
    if not births.make_room(work.connection, child.id, key, cpr):
        structlog.get_logger().warning("birth_needs_a_person", person=str(child.id))
        return False
    births.born(work.connection, child.id, name=name, host_key=key, cpr=cpr, born=day,
                seen_at=work.now)  # fmt: skip
    is_called(work, child, name)
    if cpr is not None:
        for case in sager.running_of(work.connection, child.id):
            make_party(work, case.id, op_key(case.id, "foedsel:part"))
    count_anew(work, child.id, None)
    return True


def is_numbered(
    work: Work, child: Known, *, name: str, cpr: Cpr | None, born: date, key: str | None
) -> bool:
    """Give a child that was born without a number, or was not known, its own number and name.

    So too where what was written is put right, until the address book has said that it is so. It
    stands on its cases, and the journal is told. Where the date of birth is another, their ages
    are counted anew. False where nothing came of it: the address book knows the child by its
    number, or somebody else here has this one and a case of their own.
    """
    if child.is_unborn or child.number_stands:
        return False
    if not births.make_room(work.connection, child.id, key, cpr):
        structlog.get_logger().warning("number_needs_a_person", person=str(child.id))
        return False
    births.born(work.connection, child.id, name=name, host_key=key, cpr=cpr, born=born,
                seen_at=work.now)  # fmt: skip
    births.is_found(work.connection, child.id)
    is_called(work, child, name)
    for case in sager.running_of(work.connection, child.id):
        said = work.happened(
            Haendelse.CPR_NUMMER_REGISTRERET,
            sag=case.id,
            person=child.id,
            responsible=case.responsible,
            unit=case.unit,
            data={"rettet": True} if child.cpr is not None else None,
        )
        note = NUMBERED if child.cpr is None else RENAMED if cpr == child.cpr else PUT_RIGHT
        make_party(work, case.id, op_key(said.id, "cpr_nummer:part"))
        tell_number(work, case.id, said.id, note)
    if born != child.born:
        count_anew(work, child.id, child.born)
    return True


def the_newborn(child: Known, family: Iterable[Relation]) -> Person | None:
    """Return which of its mother's children one without a number is; None where it is not plain.

    One that is born is the one of that very day.
    """
    near = _who_may_be(child, family)
    return near[0] if len(near) == 1 else None


def _who_may_be(child: Known, family: Iterable[Relation]) -> Sequence[Person]:
    """Return which of its mother's children one without a number may be."""
    return [
        one.person
        for one in family
        if one.tie is Tie.CHILD and (day := _born(one.person)) and _may_be_of(child, day)
    ]


def _may_be_of(child: Known, day: date) -> bool:
    return day == child.born if child.born is not None else is_near_due(child.due_date, day)


def catch_up(product: Asking, now: datetime, pace: Pace = iter) -> int:
    """Compare those running cases are about, and those around them, with the address book, and
    keep what it says now. Return how many of the children differed.

    A child whose case closed before it was born is born too: see `births.awaited_on_cases`.

    :param pace: how fast they are looked at.
    :raises Unreachable: the address book does not answer.
    """
    with product.store.read() as connection:
        children = personer.with_running_cases(connection)
        around = book.around_running_cases(connection)
        expected = [
            personer.by_id(connection, one)
            for one in births.awaited_on_cases(connection, CLOSED, danish_day(now) - LOOKED_FOR)
        ]
        mothers = {
            one.id: personer.by_id(connection, one.mother_id)
            for one in expected
            if one is not None and one.mother_id is not None
        }
    found = 0
    for known in pace(children):
        person = _looked_up(product.ports.persons, known)
        if person is not None and (known.host_key or _born(person) not in (None, known.born)):
            found += see_person(product, person, now)
    for key in pace(around):
        person = product.ports.persons.by_key(key)
        if person is not None:
            see_person(product, person, now)
    for child in pace(expected):
        mother = mothers.get(child.id) if child is not None else None
        if child is not None and mother is not None:
            found += _birth_of(product, child, mother, now)
    return found


def see_person(product: Remembering, person: Person, now: datetime) -> bool:
    """Keep what the address book says of somebody now. False where it is what we keep already."""
    with product.store.read() as connection:
        if book.stands(connection, person):
            return False
    with product.store.write(actor=SYSTEM, now=now) as work:
        keep_person(work, person)
    return True


def _birth_of(product: Asking, child: Known, mother: Known, now: datetime) -> int:
    there = _looked_up(product.ports.persons, mother)
    family: Sequence[Relation] = product.ports.persons.relations(there.key) if there else ()
    near = _who_may_be(child, family)
    if not near:
        return 0
    with product.store.write(actor=SYSTEM, now=now) as work:
        if len(near) == 1 and born_as(work, child, near[0]):
            return 1
        _may_be_these(work, child, mother, near)
    return 0


def _may_be_these(work: Work, child: Known, mother: Known, near: Iterable[Person]) -> None:
    """Keep those a child may be as its mother's children, and tell of them on its cases: of twins
    none is forgotten, and a person says which it is."""
    new = [keep_person(work, one) for one in near]
    hers, its = (personer.ties_of(work.connection, one.id) for one in (mother, child))
    personer.keep_ties(
        work.connection, mother.id, [*hers.items(), *((one, Tie.CHILD) for one in new)]
    )
    now = {**its, mother.id: Tie.MOTHER, **dict.fromkeys(new, Tie.SIBLING)}
    personer.keep_ties(work.connection, child.id, now.items())
    tell_family(work, child.id, its or {mother.id: Tie.MOTHER}, now, ())


def born_as(work: Work, child: Known, person: Person) -> bool:
    """Let a child without a number be somebody in the address book; see `is_born`, `is_numbered`.

    Of twins without a number only a person can say which is which.
    """
    if child.is_unborn:
        if _is_perhaps_another(work, child, person):
            return False
        done = is_born(
            work, child, name=person.name, cpr=person.cpr, born=person.born, key=person.key
        )
        return done and bool(
            keep_person(work, person)
        )  # with where it lives, and if that is hidden
    alike = [
        one.child
        for one in births.without_number(work.connection)
        if one.cpr is None and (one.mother, one.born) == (child.mother_id, child.born)
    ]
    born = _born(person)
    if len(alike) > 1 or born is None:
        return False
    done = is_numbered(work, child, name=person.name, cpr=person.cpr, born=born, key=person.key)
    return done and bool(keep_person(work, person))


def _is_perhaps_another(work: Work, child: Known, person: Person) -> bool:
    """Tell whether its mother expects another who may just as well be the one that is born."""
    born = _born(person)
    return child.mother_id is not None and any(
        born is not None and one.id != child.id and is_near_due(one.due_date, born)
        for one in personer.unborn_of(work.connection, child.mother_id)
    )


def _looked_up(book: Persons, known: Known) -> Person | None:
    person = book.by_key(known.host_key) if known.host_key else None
    if person is None and known.cpr is not None:
        person = book.by_cpr(known.cpr)
    return person


def _born(person: Person) -> date | None:
    return person.born or (person.cpr.born if person.cpr else None)
