"""What of a case not all of its parties may be told, as the letter to Ankestyrelsen says it.

Who has the file next cannot know it otherwise (forvaltningsloven § 27, barnets lov § 105).
"""

from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import listed, unbroken
from dubu_plugin.store.family import netvaerk, personer
from dubu_plugin.usecases.dokument.held_apart import held_apart
from dubu_plugin.usecases.dokument.hidden_place import may_be_hidden
from dubu_plugin.usecases.dokument.order.plan import place_is_hidden

HIDDEN: Final = "Barnets sted er skjult for forældrene (barnets lov § 105)."
MAY_BE: Final = (
    "Der er truffet en afgørelse om barnets sted eller om samvær. Se efter, om forældrene må vide, "
    "hvor barnet er (barnets lov § 105)."
)


def to_guard(connection: sa.Connection, sag: UUID, child: UUID, today: date) -> str:
    """Return a line for each; empty where all may be told everything."""
    its = personer.by_id(connection, child)
    around = netvaerk.present(netvaerk.of_child(connection, child), today)
    known = [*([its] if its else []), *(one.who.known for one in around)]
    protected = [one.name for one in known if one.protected_address]
    found = [
        f"{name} holdes adskilt: De andre må ikke få noget at vide (forvaltningsloven § 27)."
        for name in held_apart(around)
    ]
    if protected:
        found.append(f"{listed(protected)} har beskyttet adresse.")
    if place_is_hidden(connection, sag):
        found.append(HIDDEN)
    elif may_be_hidden(connection, sag, today):
        found.append(MAY_BE)
    return "\n".join(unbroken(one) for one in found)
