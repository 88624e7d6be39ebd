"""Whether an undersøgelse that is noted says an earlier day than its four months already run from.

Source: barnets lov § 20, stk. 3.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.tables import frister

KNOWN: Final = "kendskab"
"""The fact that says which day."""
FOUR_MONTHS: Final = ("BFU-4M", "BFU-4M-U")


def known_earlier(
    connection: sa.Connection, sag: UUID, what: H, said: Mapping[str, object]
) -> Mapping[str, str]:
    """Return a sentence where the day would be lost, because a clock runs from a later one."""
    given = said.get(KNOWN)
    if what is not H.UNDERSOEGELSE_BESLUTTET or given is None:
        return {}
    runs = connection.execute(
        sa.select(frister.c.rule, frister.c.anchor_at)
        .where(frister.c.sag_id == sag, frister.c.state == State.AABEN)
        .order_by(frister.c.anchor_at)
    )
    for row in runs:
        begun = danish_day(row.anchor_at)
        if row.rule in FOUR_MONTHS and date.fromisoformat(str(given)) < begun:
            return {
                KNOWN: f"De fire måneder løber allerede fra {long_date(begun)}. Fik kommunen "
                "kendskab før, så ret den dag, fristen regnes fra, under »Frister« på sagen."
            }
    return {}
