"""Remember the rules of an installation in which nothing has been counted yet."""

from datetime import datetime

import sqlalchemy as sa

from dubu_plugin.store.database import Store
from dubu_plugin.store.deadlines import recounting
from dubu_plugin.store.tables import frister
from dubu_plugin.store.transaction import SYSTEM


def first_rules(store: Store, *, now: datetime) -> bool:
    """Remember the rules as they are where there is no deadline; tell whether it was done.

    So a new installation is not asked to count anything again, and one whose rules change
    afterwards is.
    """
    with store.write(actor=SYSTEM, now=now) as work:
        counted = work.connection.scalar(sa.select(sa.exists().select_from(frister)))
        if counted or not recounting.changed(work.connection, store.rules).first_time:
            return False
        recounting.remember(work.connection, store.rules, now)
    return True
