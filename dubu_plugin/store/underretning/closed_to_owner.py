"""Underretninger whose owner may not assess them any more: it is about them, or their family."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act
from dubu_plugin.store.access import asker, visible_underretninger
from dubu_plugin.store.tables import conflicts, underretninger
from dubu_plugin.store.underretning.underretninger import NEW


def closed_to_owner(connection: sa.Connection) -> Sequence[UUID]:
    """Return the underretninger nobody has assessed, and whoever has them may not.

    Only those who are known to be related to somebody are looked at: they are few.
    """
    waits = sa.and_(underretninger.c.state == NEW, underretninger.c.responsible.is_not(None))
    owners = connection.scalars(
        sa.select(underretninger.c.responsible)
        .where(waits, underretninger.c.responsible.in_(sa.select(conflicts.c.employee)))
        .distinct()
    ).all()
    found: list[UUID] = []
    for owner in owners:
        theirs = sa.select(underretninger.c.id).where(waits, underretninger.c.responsible == owner)
        who = asker(connection, owner)
        if who is not None:
            theirs = theirs.where(sa.not_(visible_underretninger(who, Act.ASSESS)))
        found += connection.scalars(theirs)
    return found
