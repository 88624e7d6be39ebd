"""Say what a deadline waits for: »afventer skoleudtalelse«."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import COPENHAGEN, danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.errors import CaseworkError
from dubu_plugin.frister.forecast import Awaited
from dubu_plugin.store.deadlines import State, waiting
from dubu_plugin.usecases.frist.standing import IsEnded, Place, Stored, acting_on, happened

LONGEST_NAME = 200
"""Of who was asked, in characters."""


class AskedLater(CaseworkError):
    """It was asked for after now."""

    danish = "Den dag, der blev spurgt, kan ikke ligge efter i dag."


class ExpectedBefore(CaseworkError):
    """An answer is expected before it was asked for."""

    danish = "Svaret kan ikke ventes, før der blev spurgt. Ret en af datoerne."


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for."""

    what: Awaited
    of: str = field(default="", repr=False)
    on: date | None = None
    """The day it was asked for; None is today."""
    expected: date | None = None


def wait_for(
    frist: UUID, place: Place, asked: Asked, *, product: Stored, asker: Asker, now: datetime
) -> UUID:
    """Keep what a deadline waits for, and return its key.

    :raises IsEnded: the deadline is not open.
    :raises AskedLater: the day lies after today.
    :raises ExpectedBefore: the answer is expected before it was asked for.
    :raises NotYours: the policy says no, or no such deadline hangs there.
    """
    today = danish_day(now)
    on = asked.on or today
    if on > today:
        raise AskedLater
    if asked.expected is not None and asked.expected < on:
        raise ExpectedBefore
    with acting_on(frist, place, product=product, asker=asker, now=now) as (work, row):
        if row.state != State.AABEN:
            raise IsEnded
        new = waiting.add(
            work.connection,
            frist,
            asked.what,
            asked_of=asked.of.strip()[:LONGEST_NAME] or None,
            asked_at=now if on == today else _noon(on),
            expected=asked.expected,
            by=asker.key,
        )
        happened(work, Haendelse.FRIST_AFVENTER, row, hvad=asked.what, vente_id=str(new))
        return new


def _noon(day: date) -> datetime:
    """Return a moment that is on this day wherever it is read."""
    return datetime.combine(day, time(12), COPENHAGEN)
