"""Whether somebody looked at what a child's parents are sent: it may not tell where the child is
(barnets lov § 105)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.gates.apart import WHERE, skjult
from dubu_plugin.domain.gates.standing import No
from dubu_plugin.store.afgoerelse.before_decision import decides_on_place
from dubu_plugin.store.tables import afgoerelser
from dubu_plugin.usecases.dokument.held_apart import ApartNotSeen
from dubu_plugin.usecases.dokument.order.plan import at_hidden_place


class PlaceNotSeen(ApartNotSeen):
    """Nobody has said that the letters do not tell where the child is."""

    danish = WHERE


def may_be_hidden(
    connection: sa.Connection, sag: UUID, today: date, children: Collection[UUID] = ()
) -> bool:
    """Tell whether the parents may not know where the child is, or that may be what is decided.

    Until the child moves, no indsats says that its new place is hidden; what is decided of the
    place is told to the parents before that.

    :param children: others who have goals in the same plan.
    """
    its = afgoerelser.c
    lasts = sa.or_(its.ends_on.is_(None), its.ends_on >= today)
    decided = sa.exists().where(its.sag_id == sag, decides_on_place(), lasts)
    return bool(connection.scalar(sa.select(sa.or_(at_hidden_place(sag, children), decided))))


def place_not_seen(
    connection: sa.Connection,
    sag: UUID,
    today: date,
    children: Collection[UUID] = (),
    *,
    seen: bool,
) -> No | None:
    """Return why letters to a child's parents are not sent yet, or None."""
    return None if seen else skjult(may_be_hidden(connection, sag, today, children), seen)
