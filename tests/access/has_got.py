"""Somebody who has got the underretninger, or whose unit has, and nothing of their case."""

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dubu_plugin.domain.access import Relation
from dubu_plugin.store import tables as t

from .known import OWN_UNIT

if TYPE_CHECKING:
    from .municipality import Municipality


def has_got(town: "Municipality", user: str, relation: Relation) -> None:
    """Let somebody stand so; does nothing for any other relation."""
    got = {
        Relation.RECEIVER: {"responsible": user},
        Relation.RECEIVING_UNIT: {"unit": OWN_UNIT},
    }.get(relation)
    if got is None:
        return
    with town.product.store.write(actor="system", now=town.now) as work:
        hangs_on = t.frister.c.underretning_id.is_not(None)
        work.connection.execute(sa.update(t.underretninger).values(got))
        work.connection.execute(sa.update(t.frister).where(hangs_on).values(got))
