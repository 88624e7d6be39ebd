"""Where a child lived before it was moved by what has fallen.

The committee's chairman had it moved, because it could not wait, and the committee did not approve
that: the child can go back, which nobody has to decide anew.

Source: barnets lov §§ 105 and 143, stk. 4.
"""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState
from dubu_plugin.domain.gates.indsats import MOVES, PLACES
from dubu_plugin.domain.indsatser import Skift
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.indsatser import Change, Indsats


class Place(NamedTuple):
    """A place a child lives at."""

    code: str
    name: str
    hidden: bool
    """The parents could not know where it is (§ 105)."""

    def is_same(self, code: str, name: str) -> bool:
        """Tell whether it is what somebody calls so."""
        return (code, name.strip().casefold()) == (self.code, self.name.strip().casefold())


def left(connection: sa.Connection, its: Indsats) -> Place | None:
    """Return the place it lived at before; None where it was not moved so, lives there again, or
    where it lives is decided since."""
    made = afgoerelser.of_sag(connection, its.sag)
    past = indsatser.history(connection, [its.id])[its.id]
    for one in made:
        if one.state is not AfgoerelseState.BORTFALDET or one.matter not in MOVES:
            continue
        if not _is_decided_since(made, one) and (place := _left_by(its, past, one)) is not None:
            return place
    return None


def _is_decided_since(made: Sequence[Afgoerelse], fallen: Afgoerelse) -> bool:
    return any(
        one.gives
        and one.matter in MOVES | PLACES
        and one.made_at is not None
        and fallen.made_at is not None
        and fallen.made_at < one.made_at
        for one in made
    )


def _left_by(its: Indsats, past: Sequence[Change], fallen: Afgoerelse) -> Place | None:
    """Return the place the first of the moves since the decision was from.

    :param past: the last that was written first.
    """
    here = Place(its.place or "", its.place_name or "", its.place_hidden)
    was, since = here, fallen.made_at
    for one in past:
        if since is None or one.at < since:
            break
        if one.kind is not Skift.FLYTNING:
            continue
        if fallen.ended_on is not None and one.on > fallen.ended_on:
            return None
        was = Place(
            one.before.get("place", was.code) or "",
            one.before.get("place_name", was.name) or "",
            bool(one.before.get("place_hidden", was.hidden)),
        )
    return None if was.is_same(here.code, here.name) else was
