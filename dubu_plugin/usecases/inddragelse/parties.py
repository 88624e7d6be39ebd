"""Who is asked for consent and written to: who has custody, and the young person from 15.

Source: forældreansvarsloven §§ 2 and 3 (those who have custody decide together, or one alone).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import age_on, birthday
from dubu_plugin.domain.custody import OF_AGE, may_be_holders
from dubu_plugin.domain.inddragelse import CONSENTS_AT, PARTY_AT, Giver, asks_young
from dubu_plugin.domain.netvaerk import PARENTS, Part
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import netvaerk, personer
from dubu_plugin.store.family.personer import Known

MOTHER: Final = "mor"


class PartiesChanged(CaseworkError):
    """Somebody who is chosen is asked and written to no more."""

    danish = (
        "Der er ikke sendt noget. En af dem, du valgte, kan ikke vælges: Barnet er fyldt 18 eller "
        "bliver det inden dagen, eller familien eller forældremyndigheden er ændret. Se, hvem der "
        "kan vælges nu, og prøv igen."
    )


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who may be asked, or written to."""

    person: UUID
    name: str = field(repr=False)
    role: Giver
    tie: str
    """What they are to the child in a sentence, as ``mor`` or ``den unge``."""


def parties(connection: sa.Connection, child: UUID, today: date) -> Sequence[Party]:
    """Return those who have custody of a child, and the young person from 15.

    While nobody has said who has custody, each parent may have it and is among them. From eighteen
    there is nobody but the young person. Of a child that is not born it is the parents.
    """
    found = personer.by_id(connection, child)
    if found is None:
        return ()
    if found.is_unborn:
        return _expecting(connection, found, today)
    holders = _holders(connection, found, today)
    if asks_young(found.born, today):
        holders.append(Party(found.id, found.name, Giver.UNG, "den unge"))
    return holders


def _holders(connection: sa.Connection, child: Known, today: date) -> list[Party]:
    if child.born is not None and age_on(child.born, today) >= OF_AGE:
        return []
    lines = netvaerk.present(netvaerk.of_child(connection, child.id), today)
    them = may_be_holders({one.who.id: one.part for one in lines})
    return [
        Party(one.who.id, one.who.name, Giver.FORAELDER, _tie(one.part))
        for one in lines
        if one.who.id in them
    ]


def _tie(part: Part) -> str:
    return f"{part.word}, holdes adskilt" if part.apart else part.word


def expecting(connection: sa.Connection, child: Known, today: date) -> Sequence[tuple[Known, str]]:
    """Return the kommende forældre of a child that is not born, and what each is to it.

    The mother, and whoever stands in the network as a parent: the address book does not tie a
    father to a child before it is born, unless the two are married.
    """
    lines = netvaerk.present(netvaerk.of_child(connection, child.id), today)
    found = {
        one.who.id: (one.who.known, _tie(one.part)) for one in lines if one.part.role in PARENTS
    }
    if child.mother_id is not None and child.mother_id not in found:
        mother = personer.by_id(connection, child.mother_id)
        if mother is not None:
            return [(mother, MOTHER), *found.values()]
    return list(found.values())


def _expecting(connection: sa.Connection, child: Known, today: date) -> list[Party]:
    return [
        Party(one.id, one.name, Giver.FORAELDER, tie)
        for one, tie in expecting(connection, child, today)
    ]


def child_party(connection: sa.Connection, child: UUID, today: date) -> Party | None:
    """Return the child as somebody to write to: from 10 years, in its own language."""
    found = personer.by_id(connection, child)
    if found is None or found.born is None or age_on(found.born, today) < PARTY_AT:
        return None
    young = age_on(found.born, today) >= CONSENTS_AT
    role = Giver.UNG if young else Giver.FORAELDER
    word = "den unge" if young else "barnet"
    return Party(found.id, found.name, role, word)


def child_party_from(connection: sa.Connection, child: UUID, day: date) -> date | None:
    """Return the day a child is ten, and is written to from; None where it is on a day already, or
    is not born."""
    found = personer.by_id(connection, child)
    if found is None or found.born is None:
        return None
    first = birthday(found.born, PARTY_AT)
    return first if first > day else None


def insist_on_parties(
    connection: sa.Connection, chosen: Collection[UUID], known: Collection[UUID]
) -> None:
    """Refuse somebody who is no party.

    :param known: those who are.
    :raises PartiesChanged: one of those chosen is somebody else we know, as a parent of before.
    :raises NotYours: one is nobody.
    """
    if others := set(chosen) - set(known):
        raise PartiesChanged if all(personer.by_id(connection, one) for one in others) else NotYours
