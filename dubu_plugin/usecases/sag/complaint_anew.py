"""A complaint that is noted by hand, and too late by what was told of the decision, is judged anew
where that reached nobody, or another day: it is looked at again here.

Source: retssikkerhedsloven §§ 66 and 67; bekendtgørelse 861 of 2025, §§ 11 and 13.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.frister.rule import Subject
from dubu_plugin.store.deadlines.answer_day import move_answer_day
from dubu_plugin.store.sag import noted
from dubu_plugin.store.sag.noted import MARK
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import tell_journal
from dubu_plugin.usecases.afgoerelse.window import LOOK
from dubu_plugin.usecases.sag.complaint_day import ANSWER_BY, sooner, too_late


@dataclass(frozen=True, slots=True)
class Late:
    """A complaint that came too late."""

    klage: UUID
    afgoerelse: UUID
    day: date
    """The Danish day it came."""


def late_by_hand(connection: sa.Connection, sag: UUID, afgoerelse: UUID | None) -> Sequence[Late]:
    """Return the complaints about a decision that are noted by hand, and too late by what is told
    of it."""
    if afgoerelse is None:
        return ()
    found = []
    for at, said in noted.told(connection, sag, H.KLAGE_MODTAGET):
        day = danish_day(at)
        about = said.get(Subject.AFGOERELSE) == str(afgoerelse) and MARK in said
        if about and said.get(ANSWER_BY) == day.isoformat():
            found.append(Late(UUID(said[Subject.KLAGE]), afgoerelse, day))
    return [one for one in found if too_late(connection, afgoerelse, one.day)]


def judge_by_hand(work: Work, sag: UUID, late: Sequence[Late], *, by: UUID) -> None:
    """Have those that are not too late any more be looked at again, in the time there is for it.

    :param by: the hændelse that says what has become of what was told.
    """
    for one in late:
        if too_late(work.connection, one.afgoerelse, one.day):
            continue
        about = {Subject.AFGOERELSE: str(one.afgoerelse)}
        soon = sooner(work.connection, sag, H.KLAGE_MODTAGET, about, one.day)
        due = soon.day if soon else one.day + LOOK
        move_answer_day(
            work.connection, work.rules, H.KLAGE_MODTAGET, {Subject.KLAGE: str(one.klage)},
            {ANSWER_BY: due.isoformat()}, sag=sag, by=by, now=work.now,
        )  # fmt: skip
        tell_journal(
            work, sag, one.klage, "ikke for sent", "Klagen kom ikke for sent",
            f"Klagen kom den {long_date(one.day)}, før klagefristen var gået, så den genvurderes "
            f"senest den {long_date(due)}. Er den sendt til Ankestyrelsen som en, der kom for "
            "sent, så skriv det til dem.",
        )  # fmt: skip
