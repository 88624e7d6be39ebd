"""Whether a letter to a child comes to a home where a parent, or who has custody, can open it."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.custody import parents_and_holders
from dubu_plugin.domain.indsatser import ADULT
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.family.netvaerk import Line
from dubu_plugin.store.family.personer import Known


def lives_at_parents(connection: sa.Connection, child: Known, today: date) -> bool:
    """Tell whether a child lives with a parent or who has custody on a Danish day."""
    around = netvaerk.present(netvaerk.of_child(connection, child.id), today)
    return at_parents(child, around)


def at_parents(child: Known | None, around: Sequence[Line]) -> bool:
    """Tell the same from what is read already.

    :param around: those who are in the child's network today.
    """
    them = parents_and_holders({one.who.id: one.part for one in around})
    parents = [one for one in around if one.who.id in them]
    if any(one.part.lives_here for one in parents):
        return True
    mine = (child.address or "").strip().casefold() if child else ""
    theirs = {(one.who.address or "").strip().casefold() for one in parents}
    return bool(mine) and mine in theirs


def comes_by_hand(decision: Afgoerelse | None, child: Known | None, today: date) -> bool:
    """Tell whether the adviser hands a child what it is written about a decision.

    One choice holds for its hearing, the decision itself and the answer to its complaint; where
    nobody has chosen, it is handed over. From eighteen everything comes by post.
    """
    if child is not None and child.born is not None and age_on(child.born, today) >= ADULT:
        return False
    return decision is None or decision.child_by_hand is not False
