"""What the page of an underretning asks for by itself until the address book has answered."""

from dataclasses import replace
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from dubu_plugin.domain.match import ChildState
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.web.door import Visit
from dubu_plugin.web.underretning import known_view
from dubu_plugin.web.underretning.known_view import Known
from dubu_plugin.web.underretning.read import Read

MOST_LOOKS: Final = 20
"""How often a page asks by itself for what the address book says; each time is in the log."""


def known(visit: Visit, facts: Read, child: UUID | None, looks: int = 0) -> Known:
    """Return the box about the family.

    :param looks: how often the page has asked for it by itself.
    """
    if child is None or facts.family is None:
        return known_view.NOTHING
    matched = facts.about.matched_at is not None or bool(facts.family.relatives)
    shown = known_view.known(
        facts.family,
        child,
        about=facts.about,
        matched=matched,
        journal=visit.product.ports.journal,
        now=visit.now,
    )
    if matched:
        return shown
    query = urlencode({"barn": child, "gang": looks + 1})
    again = f"/dubu/indgang/{facts.about.id}/familie?{query}" if looks < MOST_LOOKS else ""
    return replace(shown, looked_up_again=again)


def is_looked_up(about: Underretning) -> bool:
    """Tell whether the address book has not answered yet which child it may be."""
    unknown = about.child_state is ChildState.UNKNOWN and not about.child_id
    return unknown and about.matched_at is None
