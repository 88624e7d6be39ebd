"""What a request can rest on today: the consents of those who can be asked for one now.

A yes or a no of somebody who is asked no more counts for nothing: after an adoption, where custody
is another's, and from eighteen, when there is nobody but the young person.

Source: retssikkerhedsloven § 11 a; forældreansvarsloven §§ 1 and 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.custody import OF_AGE, holders
from dubu_plugin.domain.inddragelse import Giver, asks_young
from dubu_plugin.store.family import netvaerk, personer
from dubu_plugin.store.inddragelse import samtykker
from dubu_plugin.store.inddragelse.samtykker import Samtykke
from dubu_plugin.usecases.inddragelse.parties import Party, parties


@dataclass(frozen=True, slots=True)
class Consents:
    """The consents of a case that count today."""

    today: date
    asked: Sequence[Party] = field(repr=False)
    """Who can be asked."""
    counting: Sequence[Samtykke] = field(repr=False)
    """The newest first."""
    young: bool
    """The young person is asked too."""
    holders: frozenset[UUID]
    """Each of whom must have consented; empty where nobody has said who has custody."""

    def covering(self, source: str) -> Samtykke | None:
        """Return the consent a request to a source can rest on, or None."""
        return samtykker.covering(
            self.counting, source, self.today, young=self.young, holders=self.holders
        )

    def has(self, samtykke: UUID) -> bool:
        """Tell whether a consent is of somebody who can be asked."""
        return any(one.id == samtykke for one in self.counting)


def consents(connection: sa.Connection, sag: UUID, child: UUID, today: date) -> Consents:
    """Return what a request on a case can rest on."""
    found = personer.by_id(connection, child)
    born = found.born if found else None
    grown = born is not None and age_on(born, today) >= OF_AGE
    asked = parties(connection, child, today)
    known = {one.person for one in asked}
    return Consents(
        today,
        asked,
        [one for one in samtykker.of_sag(connection, sag) if _counts(one, known, grown)],
        asks_young(born, today),
        frozenset() if grown else holders(netvaerk.parts(connection, child, today)),
    )


def _counts(one: Samtykke, asked: set[UUID], grown: bool) -> bool:
    if one.asked.giver is None:
        return not (grown and one.asked.giver_role is Giver.FORAELDER)
    return one.asked.giver in asked
