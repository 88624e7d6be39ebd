"""Who the parties of a decision are: who has custody, each for themselves, and a child of age."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Capacity, Matter
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.custody import is_known, may_be_holders
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.standing import Hearing
from dubu_plugin.domain.indsatser import ADULT
from dubu_plugin.domain.netvaerk import PARENTS
from dubu_plugin.store import letter_again
from dubu_plugin.store.afgoerelse import partshoeringer
from dubu_plugin.store.afgoerelse.klager import keep_back
from dubu_plugin.store.afgoerelse.partshoeringer import Partshoering
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.inddragelse.parties import expecting

SAMVAER: Final = frozenset({"§ 103", "§ 104", "§ 105"})
"""Of these a parent without custody is a party too: the right to samvær is theirs and the child's.
"""


def add_missing(
    work: Work, afgoerelse: UUID, matter: Matter, child: Known, age: int | None
) -> None:
    """Put those on a decision who are parties today, and take those off it who are not."""
    today = _today(work, matter, child, age)
    there = partshoeringer.of_afgoerelse(work.connection, afgoerelse, gone=True)
    known = {one.person for one in there}
    for person, capacity in today.items():
        if person not in known:
            partshoeringer.add(
                work.connection, afgoerelse, person, capacity, by=work.actor, now=work.now
            )
    for one in there:
        if one.state is Hearing.UDGAAET and one.person in today:
            _change(work, one, state=Hearing.FORBEREDT, capacity=today[one.person])
    _follow(work, there, today, child)


def end_gone(work: Work, afgoerelse: UUID, matter: Matter, child: Known, age: int | None) -> None:
    """Take those off a decision who are no party today, so that none of them is told of it.

    Custody or the family is another since it was begun, as after an adoption, or the child is
    grown. What they answered stays with the decision, and no letter says it.
    """
    there = partshoeringer.of_afgoerelse(work.connection, afgoerelse)
    _follow(work, there, _today(work, matter, child, age), child)


def is_party(
    connection: sa.Connection, matter: Matter, child: Known, person: UUID, today: date
) -> bool:
    """Tell whether somebody is a party on a Danish day."""
    age = None if child.born is None else age_on(child.born, today)
    return any(one.id == person for one, _ in who(connection, matter, child, age, today))


def custody_is_noted(connection: sa.Connection, child: UUID, day: date) -> bool:
    """Tell whether it is noted in the network who has custody of a child on a Danish day.

    Then it is put right there, and a decision follows it; on a decision it is said only while
    nobody has noted it (barnets lov § 46).
    """
    return is_known(netvaerk.parts(connection, child, day))


def _follow(
    work: Work, there: Sequence[Partshoering], today: Mapping[UUID, Capacity], child: Known
) -> None:
    """Have those on a decision be what they are today, and take off it who is no party: what they
    were to be heard by and is not sent stays here."""
    noted = custody_is_noted(work.connection, child.id, danish_day(work.now))
    for one in there:
        capacity = today.get(one.person)
        if one.state is Hearing.UDGAAET:
            continue
        if capacity is None:
            _change(work, one, state=Hearing.UDGAAET)
            if one.letter is not None:
                keep_back(work.connection, letter_again.with_new(work.connection, one.letter))
        elif one.capacity is not capacity and (
            noted or Capacity.KOMMENDE_FORAELDRE in (one.capacity, capacity)
        ):
            _change(work, one, capacity=capacity)


def _today(work: Work, matter: Matter, child: Known, age: int | None) -> Mapping[UUID, Capacity]:
    found: dict[UUID, Capacity] = {}
    for person, capacity in who(work.connection, matter, child, age, danish_day(work.now)):
        found.setdefault(person.id, capacity)
    return found


def _change(work: Work, one: Partshoering, **values: Hearing | Capacity) -> None:
    partshoeringer.change(work.connection, one.id, by=work.actor, now=work.now, **values)


def who(
    connection: sa.Connection, matter: Matter, child: Known, age: int | None, today: date
) -> Iterator[tuple[Known, Capacity]]:
    """Yield who is a party today, and as what. From eighteen the parents are none.

    Custody decides: who has it is a party. A parent without it is one where the decision is about
    samvær and contact (barnets lov §§ 103-105); of other decisions they are told nothing. While
    nobody has said who has custody, each parent may have it.
    """
    if age is None:
        for one, _ in expecting(connection, child, today):
            yield one, Capacity.KOMMENDE_FORAELDRE
    elif age < ADULT:
        lines = netvaerk.present(netvaerk.of_child(connection, child.id), today)
        holders = may_be_holders({line.who.id: line.part for line in lines})
        for line in lines:
            if line.who.id in holders:
                yield line.who.known, Capacity.FORAELDREMYNDIGHED
            elif matter.paragraph in SAMVAER and line.part.role in PARENTS:
                yield line.who.known, Capacity.FORAELDER
    if matter.has_party(age):
        yield child, Capacity.BARN
