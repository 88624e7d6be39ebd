"""Whether the next opfølgning that is noted can be: while a child is supported there is one.

Source: barnets lov § 95, stk. 3 and 4. The law has no longest interval: more than a year must have
its reason.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import birthday
from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.gates.opfoelgning import gives_reason, is_far
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.indsats.running import running
from dubu_plugin.store.tables import personer, sager

ADULT: Final = 18
NEXT: Final = "naeste_opfoelgning"
"""The fact that says which day."""


def wrong_next(
    connection: sa.Connection,
    sag: UUID,
    what: H,
    at: datetime,
    said: Mapping[str, object],
    *,
    why: str,
) -> Mapping[str, str]:
    """Return a sentence where the day of the next opfølgning is missing or cannot be.

    :param at: when it occurred.
    :param why: what was written about it.
    """
    if what not in (H.OPFOELGNING_AFHOLDT, H.OPFOELGNING_PLANLAGT):
        return {}
    given = said.get(NEXT)
    day = danish_day(at)
    if given is None:
        if not running(connection, sag):
            return {}
        return {
            NEXT: "Skriv, hvilken dag I følger op næste gang (§ 95, stk. 3). Der skal være en dag, "
            "så længe en indsats eller en anbringelse er i gang."
        }
    following = date.fromisoformat(str(given))
    if following <= day:
        return {NEXT: "Den næste opfølgning skal ligge efter den dag, det skete. Ret datoen."}
    adult = _adult_on(connection, sag)
    if adult is not None and is_far(day, following) and day < adult <= following:
        return {NEXT: f"Barnet fylder 18 den {long_date(adult)}. Vælg en dag før (§ 95, stk. 3)."}
    if is_far(day, following) and not gives_reason(why):
        return {
            NEXT: "Der er mere end et år til. Skriv i notatet, hvorfor barnet ikke skal ses før "
            "(§ 95, stk. 3), eller vælg en dag før."
        }
    return {}


def _adult_on(connection: sa.Connection, sag: UUID) -> date | None:
    """Return the day the child of a case is eighteen, or None where its birth is not known."""
    born: date | None = connection.scalar(
        sa.select(personer.c.born)
        .join(sager, sager.c.child_id == personer.c.id)
        .where(sager.c.id == sag)
    )
    return birthday(born, ADULT) if born else None
