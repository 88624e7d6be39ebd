"""A child that lives somewhere by a placement noted by hand goes home through the same gate.

Source: barnets lov § 100; lov om retssikkerhed og administration § 72.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.alder import birthday
from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.domain.gates import indsats as gates
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import Skift
from dubu_plugin.store import afgoerelser, noted
from dubu_plugin.store.running import running
from dubu_plugin.store.tables import personer, sager
from dubu_plugin.usecases.sag.ended_on_page import PLACEMENT_ENDS

GROWN: Final = 18
"""From this age nobody is placed any more (§ 113 is a place to live for the young)."""
WHERE_DECIDED: Final = (
    "Der er ingen afgørelse om hjemgivelse på sagen fra den dag eller før (§ 100). Træf den under "
    "»Afgørelser«. Er den truffet et andet sted, så skriv i notatet hvem, hvornår, og hvor den "
    "ligger."
)
LIVES_WHERE: Final = (
    "Skriv i notatet, hvor barnet bor fra nu, og hvem der har afgjort det (§§ 98 og 100). Er det "
    "flyttet hjem, så notér i stedet »Barnet hjemgivet«."
)


def home_by_hand(
    connection: sa.Connection, sag: UUID, what: H, day: date, *, why: str, corrects: bool = False
) -> Mapping[str, str]:
    """Return what is wrong with noting by hand that a placement ended or the child is home.

    :param day: the Danish day it happened.
    :param why: what was written about it.
    :param corrects: it is noted already, and only its day is put right.
    """
    if what not in PLACEMENT_ENDS:
        return {}
    locked = afgoerelser.locked(connection, sag)
    kept = gates.rsl_72(Skift.OPHOER, rests=False, locked=locked.values(), has_place=True)
    if kept is not None and not corrects:
        return {kept.field: kept.sentence}
    if what is not H.BARN_HJEMGIVET:
        said = why.strip() or corrects or _lives_elsewhere(connection, sag, day)
        return {} if said else {"notat": unbroken(LIVES_WHERE)}
    decided = [one for one in afgoerelser.in_force(connection, sag) if one.matter in gates.HOME]
    first = max((one.starts_on for one in decided if one.starts_on), default=None)
    if first is not None and day < first:
        return {
            "sket": unbroken(
                f"Hjemgivelsen er besluttet fra {long_date(first)} (§ 100), så barnet kan ikke "
                "være hjemgivet før. Ret datoen, eller træf en ny afgørelse."
            )
        }
    if why.strip() or corrects or _is_decided(connection, sag, day):
        return {}
    return {"notat": unbroken(WHERE_DECIDED)}


def _is_decided(connection: sa.Connection, sag: UUID, day: date) -> bool:
    """Tell whether it is told that it was decided, since the child came to live there."""
    begun = [danish_day(one.occurred_at) for one in running(connection, sag)
             if one.what is H.ANBRINGELSE_IVAERKSAT]  # fmt: skip
    since = max(begun, default=date.min)
    days = noted.days_of(connection, sag, H.HJEMGIVELSE_BESLUTTET)
    return any(since <= one <= day for one in days)


def _lives_elsewhere(connection: sa.Connection, sag: UUID, day: date) -> bool:
    """Tell whether another placement runs, or nobody places the child any more: it is 18."""
    placed = [one for one in running(connection, sag) if one.what is H.ANBRINGELSE_IVAERKSAT]
    born: date | None = connection.scalar(
        sa.select(personer.c.born)
        .join(sager, sager.c.child_id == personer.c.id)
        .where(sager.c.id == sag)
    )
    return len(placed) > 1 or (born is not None and birthday(born, GROWN) <= day)
