"""By when a complaint that is noted is looked at again, where that is sooner than in four weeks.

Fourteen days where the decision takes help away with notice (BEK 861/2025 § 11, stk. 3); at once
where it came after the time to complain, for then it goes on to Ankestyrelsen (§ 13).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import long_date
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.deadlines.states import stands
from dubu_plugin.store.tables import haendelser
from dubu_plugin.usecases.afgoerelse.window import last_day

ANSWER_BY: Final = "svarfrist"
"""The fact that says which day."""
NOTICE: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Sooner:
    """The day, and why."""

    day: date
    words: str


def sooner(
    connection: sa.Connection, sag: UUID, what: H, about: Mapping[Subject, str], day: date
) -> Sooner | None:
    """Return by when a complaint is looked at, where that is sooner than the usual.

    :param about: what it is about: the key of the decision; anything else is that it is not told.
    :param day: the day it came.
    """
    if what is not H.KLAGE_MODTAGET:
        return None
    afgoerelse = _key(about.get(Subject.AFGOERELSE, ""))
    if last := too_late(connection, afgoerelse, day):
        return Sooner(
            day,
            f"Klagen er kommet efter klagefristen, som var {long_date(last)}. Den sendes straks "
            "til Ankestyrelsen, med besked om det (BEK 861/2025 § 13).",
        )
    if _is_noticed(connection, sag, afgoerelse):
        return Sooner(
            day + NOTICE,
            "Afgørelsen er varslet (barnets lov § 11), så fristen for genvurderingen er 14 dage "
            "(BEK 861/2025 § 11, stk. 3).",
        )
    return None


def too_late(connection: sa.Connection, afgoerelse: UUID | None, day: date) -> date | None:
    """Return the last day of the time to complain, where a complaint came after it; else None."""
    last = last_day(connection, afgoerelse, day) if afgoerelse else None
    is_over = last is not None and day > last
    return last if is_over and not _some_letter_waits(connection, afgoerelse) else None


def _key(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _some_letter_waits(connection: sa.Connection, afgoerelse: UUID | None) -> bool:
    """Tell whether a party has no letter yet: a note does not say who complains, and it may be
    who has not been told (retssikkerhedsloven § 67)."""
    told = afgoerelser.told(connection, afgoerelse) if afgoerelse else ()
    return any(one.sent_at is None for one in told)


def _is_noticed(connection: sa.Connection, sag: UUID, afgoerelse: UUID | None) -> bool:
    """Tell whether the decision is noticed. One that is not told may be any that is."""
    told = connection.scalars(
        sa.select(haendelser.c.data).where(
            haendelser.c.sag_id == sag, haendelser.c.type == H.FRATAGELSE_VARSLET, stands()
        )
    )
    noticed = [json.loads(one).get("afgoerelse") for one in told]
    return bool(noticed) if afgoerelse is None else str(afgoerelse) in noticed
