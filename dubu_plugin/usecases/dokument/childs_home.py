"""Whether a letter to a child comes to a home where a parent can open it."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from dubu_plugin.domain.netvaerk import PARENTS
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.family import netvaerk, personer
from dubu_plugin.store.family.netvaerk import Line
from dubu_plugin.store.family.personer import Known, Relative


def lives_at_parents(connection: sa.Connection, child: Known, today: date) -> bool:
    """Tell whether a child lives with a parent on a Danish day."""
    family = personer.family_of(connection, child.id)
    parents = [one for one in family if one.tie in (Tie.MOTHER, Tie.FATHER)]
    around = netvaerk.present(netvaerk.of_child(connection, child.id), today)
    return at_parents(child, parents, around)


def at_parents(child: Known | None, parents: Sequence[Relative], around: Sequence[Line]) -> bool:
    """Tell the same from what is read already.

    :param around: those who are in the child's network today.
    """
    if any(one.part.lives_here and one.part.role in PARENTS for one in around):
        return True
    mine = (child.address or "").strip().casefold() if child else ""
    theirs = {(one.person.address or "").strip().casefold() for one in parents}
    return bool(mine) and mine in theirs
