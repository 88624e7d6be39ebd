"""An udredning of a child with a disability: what it begins with, and what follows when it stands.

Source: barnets lov § 18 on the screening, § 19 on the afdækning, § 81, stk. 4, on the
familievejleder and § 122 on the preparation of adult life; bekendtgørelse 1464 of 2023, § 2.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.ansoegning import sought
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.store.sag import rettelser
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.store.tables import haendelser, underretninger
from dubu_plugin.usecases.skrift.on_skrift import OnSkrift
from dubu_plugin.usecases.skrift.screened import screened

SOUGHT: Final = "soegt"
KNOWN: Final = "kendskab"
OUTCOME: Final = "udfald"
TARGET: Final = "maalgruppe"
"""The fields that are read here."""

LASTING: Final = "funktionsevne"
"""The answer that says the child's functional capacity is lastingly and markedly reduced."""
NOON: Final = timedelta(hours=12)


def applied_for(connection: sa.Connection, underretning: UUID) -> Mapping[str, str]:
    """Return what the fields begin with, out of what came in; whoever writes puts it right."""
    row = connection.execute(
        sa.select(underretninger.c.text, underretninger.c.received_at).where(
            underretninger.c.id == underretning
        )
    ).one()
    found = {KNOWN: danish_day(row.received_at).isoformat()}
    if codes := sought(row.text or ""):
        found[SOUGHT] = ",".join(codes)
    return found


def udredt(here: OnSkrift, said: Texts) -> None:
    """Record what the first approval of an udredning means for the case's duties.

    It answers the screening; where it is the afdækning that was needed, that is done too. What the
    municipality came to know of a lasting disability counts from the day it knew.
    """
    words = {name: text.text for (place, name), text in said.items() if place == WHOLE}
    screened(here, {OUTCOME: words[OUTCOME]})
    if words[OUTCOME] == "afdaekning":
        here.happened(H.AFDAEKNING_AFSLUTTET)
    if words[TARGET] == LASTING and not _is_registered(here):
        here.work.happened(
            H.FUNKTIONSNEDSAETTELSE_REGISTRERET,
            occurred_at=_known(words.get(KNOWN, ""), here.work.now),
            sag=here.sag.id, person=here.sag.child_id, responsible=here.sag.responsible,
            unit=here.sag.unit, data={"handicap": True},
        )  # fmt: skip


def _known(text: str, now: datetime) -> datetime:
    """Return noon of the day the municipality knew; now where that is not said, or is to come."""
    if not text:
        return now
    return min(start_of_day(date.fromisoformat(text)) + NOON, now)


def _is_registered(here: OnSkrift) -> bool:
    what = haendelser.c
    found = here.work.connection.scalar(
        sa.select(what.seq)
        .where(
            what.sag_id == here.sag.id,
            what.type == H.FUNKTIONSNEDSAETTELSE_REGISTRERET,
            ~rettelser.is_taken_back(),
        )
        .limit(1)
    )
    return found is not None
