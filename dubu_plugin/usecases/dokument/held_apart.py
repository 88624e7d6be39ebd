"""Who in a family is held apart from the others, and whether somebody looked before they wrote."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.gates.apart import SEEN, WHY, adskilt
from dubu_plugin.domain.gates.standing import No
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.family.netvaerk import Line


class ApartNotSeen(CaseworkError):
    """Nobody has said that the letters tell nothing of who is held apart."""

    danish = WHY
    field = SEEN


def held_apart(lines: Sequence[Line]) -> Sequence[str]:
    """Return what those are called who are held apart.

    :param lines: those who are in the child's network today.
    """
    return [one.who.name for one in lines if one.part.apart]


def not_seen(connection: sa.Connection, child: UUID, today: date, *, seen: bool) -> No | None:
    """Return why letters about a child are not sent yet, or None."""
    lines = netvaerk.present(netvaerk.of_child(connection, child), today)
    return adskilt(bool(held_apart(lines)), seen)
