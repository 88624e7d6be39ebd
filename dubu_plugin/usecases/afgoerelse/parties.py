"""Who the parties of a decision are: the parents each for themselves, and a child of the age."""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Capacity, Matter
from dubu_plugin.domain.indsatser import ADULT
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store import partshoeringer, personer
from dubu_plugin.store.personer import Known
from dubu_plugin.store.transaction import Work


def add_missing(
    work: Work, afgoerelse: UUID, matter: Matter, child: Known, age: int | None
) -> None:
    """Put those on a decision who are parties today and do not stand there yet."""
    there = {one.person for one in partshoeringer.of_afgoerelse(work.connection, afgoerelse)}
    for person, capacity in who(work.connection, matter, child, age):
        if person.id not in there:
            partshoeringer.add(
                work.connection, afgoerelse, person.id, capacity, by=work.actor, now=work.now
            )
            there.add(person.id)


def who(
    connection: sa.Connection, matter: Matter, child: Known, age: int | None
) -> Iterator[tuple[Known, Capacity]]:
    """Yield who is a party today, and as what. From eighteen the parents are none."""
    if age is None:
        mother = personer.by_id(connection, child.mother_id) if child.mother_id else None
        if mother is not None:
            yield mother, Capacity.KOMMENDE_FORAELDRE
    if age is None or age < ADULT:
        parents = Capacity.KOMMENDE_FORAELDRE if age is None else Capacity.FORAELDREMYNDIGHED
        for one in personer.family_of(connection, child.id):
            if one.tie in (Tie.MOTHER, Tie.FATHER):
                yield one.person, parents
    if matter.has_party(age):
        yield child, Capacity.BARN
