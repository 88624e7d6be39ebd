"""See to the lines of a meeting: what a person decides where the calendar or the mail went astray.

A meeting deleted in the calendar is cancelled here, and nobody else is told of it until a person
has said that it was meant.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.moede import MoedeState
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.store.inddragelse.moeder import Moede
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.moede.of_case import meeting_of
from dubu_plugin.usecases.moede.telling import tell_calendar, tell_guests


class Answer(StrEnum):
    """What a person decides."""

    SEEN = "set"
    TRY_AGAIN = "proev_igen"
    """Put it in the calendar once more."""
    TELL_GUESTS = "giv_besked"
    """It is off: tell those invited."""
    PUT_BACK = "saet_ind_igen"
    """It is on after all."""


class NothingToSee(CaseworkError):
    """The meeting has no line, or not one this answers: somebody else was quicker."""

    danish = "Linjen er allerede klaret. Genindlæs siden for at se, hvordan mødet står nu."


def see_to(
    moede: UUID, answer: Answer, *, product: Means, asker: Asker, sag: UUID, now: datetime
) -> None:
    """Do what was decided, and take the lines away.

    :raises NothingToSee: there is nothing to decide, or not this.
    :raises NotYours: the asker may not write on the case, or the meeting is not on it.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        before = meeting_of(work, sag, moede)
        off = answer in (Answer.TELL_GUESTS, Answer.PUT_BACK)
        if not before.needs or (answer is not Answer.SEEN and before.is_on is off):
            raise NothingToSee
        moeder.clear_lines(work.connection, moede)
        DOES[answer](work, before)


def _again(work: Work, before: Moede) -> None:
    after = moeder.rearrange(work.connection, before, now=work.now)
    tell_calendar(work, after)


def _back(work: Work, before: Moede) -> None:
    moeder.saw(work.connection, before.id, None, None)
    after = moeder.rearrange(work.connection, before, state=MoedeState.PLANLAGT, now=work.now)
    work.happened(
        Haendelse.MOEDE_AFTALT,
        sag=before.sag_id,
        data={
            "moede": str(before.id),
            "form": before.form,
            "starts": before.when.starts.isoformat(),
            "igen": True,
        },
    )
    tell_calendar(work, after)
    tell_guests(work, after)


DOES: Final[Mapping[Answer, Callable[[Work, Moede], None]]] = {
    Answer.SEEN: lambda work, before: None,
    Answer.TRY_AGAIN: _again,
    Answer.TELL_GUESTS: lambda work, before: tell_guests(work, before),
    Answer.PUT_BACK: _back,
}
