"""Whether the day the municipality came to know, of an undersøgelse that is noted, cannot be it:
before the child was conceived, or before the day its four months already run from.

Source: barnets lov § 20, stk. 3.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import is_before_conceived
from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.tables import frister, personer, sager

KNOWN: Final = "kendskab"
"""The fact that says which day."""
NOT_CONCEIVED: Final = (
    "Dagen ligger, før barnet kan være undfanget. Ret dagen, oftest året. Er det barnets "
    "fødselsdag eller termin, der er forkert, så ret den først."
)
FOUR_MONTHS: Final = ("BFU-4M", "BFU-4M-U")


def known_earlier(
    connection: sa.Connection, sag: UUID, what: H, said: Mapping[str, object]
) -> Mapping[str, str]:
    """Return a sentence where the day cannot be, or would be lost: a clock runs from a later."""
    given = said.get(KNOWN)
    if what is not H.UNDERSOEGELSE_BESLUTTET or given is None:
        return {}
    if is_before_child(connection, sag, date.fromisoformat(str(given))):
        return {KNOWN: NOT_CONCEIVED}
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


def is_before_child(connection: sa.Connection, sag: UUID, day: date) -> bool:
    """Tell whether the child of a case was not conceived on a day."""
    child = sa.select(personer.c.born, personer.c.due_date).join_from(
        sager, personer, sager.c.child_id == personer.c.id
    )
    found = connection.execute(child.where(sager.c.id == sag)).one_or_none()
    return found is not None and is_before_conceived(day, found.born, found.due_date)
