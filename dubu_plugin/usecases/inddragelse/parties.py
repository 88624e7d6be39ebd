"""Who is asked for consent and written to: the parents, and the young person from 15."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.inddragelse import CONSENTS_AT, PARTY_AT, Giver, asks_young
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store import personer
from dubu_plugin.store.personer import Known

WORDS = {Tie.MOTHER: "mor", Tie.FATHER: "far"}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who may be asked, or written to."""

    person: UUID
    name: str = field(repr=False)
    role: Giver
    tie: str
    """``mor``, ``far``, or ``barnet``."""
    known: Known = field(repr=False)

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands under the name on the envelope. A protected address is never printed."""
        known = self.known
        if known.protected_address or not known.address:
            return ()
        street, _, town = known.address.rpartition(", ")
        return tuple(part for part in (street, town) if part)


def parties(connection: sa.Connection, child: UUID, today: date) -> Sequence[Party]:
    """Return the parents of a child, and the young person from 15."""
    found = personer.by_id(connection, child)
    if found is None:
        return ()
    of_child = found.mother_id if found.is_unborn else None
    parents = [
        Party(one.person.id, one.person.name, Giver.FORAELDER, WORDS[one.tie], one.person)
        for one in personer.family_of(connection, child)
        if one.tie in WORDS and one.person.id != of_child
    ]
    if of_child is not None and (mother := personer.by_id(connection, of_child)) is not None:
        parents.insert(0, Party(mother.id, mother.name, Giver.FORAELDER, "mor", mother))
    if asks_young(found.born, today):
        parents.append(Party(found.id, found.name, Giver.UNG, "den unge", found))
    return parents


def child_party(connection: sa.Connection, child: UUID, today: date) -> Party | None:
    """Return the child as somebody to write to: from 10 years, in its own language."""
    found = personer.by_id(connection, child)
    if found is None or found.born is None or age_on(found.born, today) < PARTY_AT:
        return None
    young = age_on(found.born, today) >= CONSENTS_AT
    role = Giver.UNG if young else Giver.FORAELDER
    return Party(found.id, found.name, role, "den unge" if young else "barnet", found)
