"""That the concrete place of a placement is a decision of its own (barnets lov § 52, stk. 1).

The parties get it in writing and can complain of it (retssikkerhedsloven § 72), so it is asked for
where a placement is planned or runs and none stands for it. What the chair decided cannot wait
(§ 143), and what was decided elsewhere was decided there.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import unbroken
from dubu_plugin.domain.gates.indsats import MOVES, PLACES
from dubu_plugin.domain.indsatser import DecidedBy, Indsats, IndsatsGroup
from dubu_plugin.store.afgoerelse.place_decided import of_places

MATTER: Final = "anbringelsessted"
"""What is chosen under »Afgørelser« for it."""


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """Where the place is decided."""

    url: str
    words: str


def place_asked(
    connection: sa.Connection, sag: UUID, row: Indsats, rests: UUID | None, today: date
) -> PlaceAsked | None:
    """Return where the place of a placement is decided, where that is not done; else None.

    :param rests: the decision of the case the placement rests on; None where that is elsewhere.
    """
    if rests is None or not row.is_placement or row.group is not IndsatsGroup.ANBRINGELSE:
        return None
    if row.decided_by is DecidedBy.FORMANDEN:
        return None
    ground, found = of_places(connection, sag, rests, PLACES | MOVES)
    since = (ground.decided_on if ground else None) or date.min
    for one in found:
        ended = one.ends_on is not None and one.ends_on < today
        if one.gives and not ended and one.decided_on is not None and since <= one.decided_on:
            return None
    url = f"/dubu/sag/{sag}/afgoerelse"
    begun = next((one for one in found if one.is_open), None)
    if begun is not None:
        return PlaceAsked(f"{url}/{begun.id}", unbroken("Gør afgørelsen om stedet færdig (§ 52)"))
    return PlaceAsked(f"{url}r?forhold={MATTER}", unbroken("Træf afgørelse om stedet (§ 52)"))
