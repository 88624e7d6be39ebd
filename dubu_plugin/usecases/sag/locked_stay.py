"""Whether a stay in a locked institution can be prolonged once more (BEK 980/2025 § 9).

Under 15 it is prolonged once and lasts nine months at the most in all; from 15 it lasts twelve.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.gates.standing import months_on
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.deadlines.replacing import born as born_of
from dubu_plugin.store.deadlines.states import stands
from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import haendelser

GROWN: Final = 15
"""From this age it can be prolonged several times."""
MOST_UNDER: Final = 9
MOST: Final = 12
"""How many months it lasts at the most in all, below that age and from it (stk. 6)."""
EACH: Final = 3
"""How many months a new period is, where no last day is said."""
WRITE: Final = "Er der besluttet noget andet, så skriv i notatet hvorfor."


def wrong_stay(
    connection: sa.Connection,
    sag: UUID,
    what: H,
    at: datetime,
    said: Mapping[str, object],
    *,
    why: str,
) -> Mapping[str, str]:
    """Return a sentence where a stay is prolonged once too often, or beyond what it lasts at most.

    :param at: when it occurred.
    :param why: what was written about it; with a reason it is noted all the same.
    """
    if what is not H.SIKRET_OPHOLD_FORLAENGET or why.strip():
        return {}
    began, before = _stay(connection, sag, at)
    ours = sager.by_id(connection, sag)
    born = born_of(connection, ours.child_id if ours else None)
    day = danish_day(at)
    under = born is not None and age_on(born, day) < GROWN
    if under and before:
        return {
            "sket": "Et barn under 15 år kan kun få opholdet forlænget én gang (BEK 980/2025 § 9), "
            f"og det er det blevet. {WRITE}"
        }
    ende = said.get("ende")
    until = date.fromisoformat(str(ende)) if ende else months_on(day, EACH)
    most = MOST_UNDER if under else MOST
    if began is not None and until > (last := months_on(began, most)):
        return {
            "sket": f"Opholdet kan højst vare {most} måneder i alt, til {long_date(last)} "
            f"(BEK 980/2025 § 9, stk. 6). {WRITE}"
        }
    return {}


def _stay(connection: sa.Connection, sag: UUID, at: datetime) -> tuple[date | None, int]:
    """Return the day the stay that runs began, and how often it was prolonged before."""
    kinds = (H.SIKRET_OPHOLD_BEGYNDT, H.SIKRET_OPHOLD_FORLAENGET, H.SIKRET_OPHOLD_OPHOERT)
    its = haendelser.c
    asked = (
        sa.select(its.type, its.occurred_at)
        .where(its.sag_id == sag, its.type.in_(kinds), its.occurred_at < at, stands())
        .order_by(its.occurred_at, its.seq)
    )
    began: date | None = None
    times = 0
    for row in connection.execute(asked):
        match H(row.type):
            case H.SIKRET_OPHOLD_BEGYNDT:
                began = began or danish_day(row.occurred_at)
            case H.SIKRET_OPHOLD_FORLAENGET:
                times += 1
            case _:
                began, times = None, 0
    return began, times
