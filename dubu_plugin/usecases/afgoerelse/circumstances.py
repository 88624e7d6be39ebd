"""What is there around a child that its decisions ask about: where it lives, who has asked."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.ansoegning import sought
from dubu_plugin.domain.forudsat import Forudsat
from dubu_plugin.domain.indsatser import ADULT, Catalogue
from dubu_plugin.domain.udfald import HOME, may_be_applied_for
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.afgoerelse.before_decision import APPLICATION, HOME_ASKED, Recorded
from dubu_plugin.store.afgoerelse.situation import situation
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.personer import Known


def there(
    connection: sa.Connection, catalogue: Catalogue, child: Known, day: date
) -> frozenset[Forudsat]:
    """Return what is there of what decisions presuppose."""
    placements = {one.code for one in catalogue.indsatser if one.is_placement}
    return situation(connection, child.id, born=child.born, day=day, placements=placements)


def siblings(connection: sa.Connection, child: Known, day: date) -> Sequence[int]:
    """Return how old the siblings under eighteen are, in whole years."""
    ages = [
        age_on(one.person.born, day)
        for one in personer.family_of(connection, child.id)
        if one.tie is Tie.SIBLING and one.person.born is not None
    ]
    return [age for age in ages if age < ADULT]


def is_applied_for(stands: Recorded, matter: Matter) -> bool:
    """Tell whether somebody has asked for it on the case, and waits.

    An application that names nothing we know may be for anything that is applied for.
    """
    if matter.code == HOME:
        return bool(stands.asked.get(HOME_ASKED))
    if not may_be_applied_for(matter):
        return False
    codes = [sought(text) for text in stands.asked.get(APPLICATION, ())]
    return any(not found or matter.code in found for found in codes)
