"""Where a letter has got to, and what follows when it is sent."""

from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.documents.letter import Letter
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.frister.counting import Sending
from dubu_plugin.frister.rule import SENT_BY
from dubu_plugin.store.afgoerelse import afgoerelser, klager, partshoeringer, provisional
from dubu_plugin.store.afgoerelse.klager import KlageState
from dubu_plugin.store.afgoerelse.provisional import Provisional
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.deadlines.answer_day import move_answer_day
from dubu_plugin.store.deadlines.answering import ANSWERS, WHOSE
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.journal import journalkopi
from dubu_plugin.store.tables import letters as table
from dubu_plugin.store.tables import sager
from dubu_plugin.store.transaction import Work

SENDINGS: Final = {"post": Sending.DIGITAL, "overleveret": Sending.OVERLEVERET}
"""How a letter reached whom it is to; any other way is by ordinary post."""


def queued(work: Work, row: Any) -> None:
    """Record that the post has a letter in its queue. No deadline is met by that.

    :param row: the letter's row of ``letters``.
    """
    _moves(work, row, LetterState.I_KOE)


def to_print(work: Work, row: Any) -> None:
    """Record that the post cannot reach the recipient, so that a person prints the letter.

    Where the complaint it sends on is taken back meanwhile, nobody is to.

    :param row: the letter's row of ``letters``.
    """
    gone = klager.is_taken_back(work.connection, row.sag_id, row.id)
    _moves(work, row, LetterState.UDGAAET if gone else LetterState.TIL_PRINT)


def by_post(row: Any) -> str:
    """Return how the post sends a letter: ``post`` where it is electronic, else ``papir``."""
    return "post" if row.address else "papir"


def _moves(work: Work, row: Any, state: LetterState) -> None:
    work.connection.execute(sa.update(table).where(table.c.id == row.id).values(state=state))


def sent(work: Work, row: Any, letter: Letter, *, how: str, at: datetime | None = None) -> None:
    """Record that a letter is sent, and the hændelse that it meets its deadline with.

    A provisional decision is told when each of its letters is sent (barnets lov § 143, stk. 3). No
    time to complain runs from that: what can be complained of is what the committee then decides
    (retssikkerhedsloven § 60; barnets lov §§ 144 and 146).

    :param row: the letter's row of ``letters``.
    :param how: ``post``, ``papir``, ``overleveret``, a code.
    :param at: when it was; now where it is left out.
    """
    at = at or work.now
    work.connection.execute(
        sa.update(table).where(table.c.id == row.id).values(state=LetterState.SENDT, sent_at=at)
    )
    heard = partshoeringer.posted(work.connection, row.id, at, written=row.created_at)
    # Some deadlines hang on the child, such as that it is told of the bisidder (§ 6).
    child = work.connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == row.sag_id))
    told = _of_decision(work, row, how)
    data: dict[str, JSON] = {"brev": str(row.id), "skabelon": row.code, "maade": how, **told}
    happened = {letter.row.sent_haendelse or Haendelse.BREV_SENDT: at}
    if Haendelse.SVARFRIST_MEDDELT in happened:
        data |= _of_answer(work, row)
        if "svarfrist" not in data:  # it was answered meanwhile: no clock is to begin
            happened = {Haendelse.BREV_SENDT: at}
    if Haendelse.KLAGE_SENDT_TIL_ANKESTYRELSEN in happened:
        sends = _of_klage(work, row, at)
        data |= sends
        if not sends:  # it was taken back meanwhile: Ankestyrelsen has nothing to decide
            happened = {Haendelse.BREV_SENDT: at}
    _told_in_part(work, row, how, at)
    chairs = _provisional(work, row) if told else None
    if chairs is not None:
        happened = {Haendelse.BREV_SENDT: at}
        if last := _all_told(work, row):
            # The law asks for this one within 24 hours, and for every party.
            happened[Haendelse.FORELOEBIG_AFGOERELSE_MEDDELT] = last
    named: dict[str, JSON] = {ANSWERS: str(chairs.haendelse)} if chairs else {}
    for what, when in happened.items():
        recorded = work.happened(
            what,
            occurred_at=when,
            sag=row.sag_id,
            underretning=row.underretning_id,
            person=child,
            data=data | (named if what is Haendelse.FORELOEBIG_AFGOERELSE_MEDDELT else {}),
        )
        journalkopi.sent_as(work.connection, row.id, recorded.id)
        if heard:
            part, due = heard
            move_answer_day(
                work.connection,
                work.rules,
                Haendelse.PARTSHOERING_SENDT,
                {"part": str(part)},
                {"svarfrist": due.isoformat()},
                sag=row.sag_id,
                by=recorded.id,
                now=work.now,
            )


def _of_decision(work: Work, row: Any, how: str) -> dict[str, str]:
    """Return which decision a letter tells whom, and how it was sent: the time to complain runs."""
    decision = afgoerelser.of_letter(work.connection, row.id)
    party = afgoerelser.party_of_letter(work.connection, row.id)
    if decision is None:
        return {}
    by = SENDINGS.get(how, Sending.BREV)
    return {"afgoerelse": str(decision), WHOSE: str(party), SENT_BY: by.value}


def _told_in_part(work: Work, row: Any, how: str, at: datetime) -> None:
    """Record that whoever complained is told of the new decision they were right in some by: their
    time to keep the rest runs from it (bekendtgørelse 861 of 2025, § 12)."""
    number = afgoerelser.of_letter(work.connection, row.id)
    party = afgoerelser.party_of_letter(work.connection, row.id)
    new = afgoerelser.by_id(work.connection, number) if number else None
    klage = klager.in_part(work.connection, new.replaces, party) if new and party else None
    if klage is None:
        return
    data: dict[str, JSON] = {
        "brev": str(row.id), "maade": how, "klage": str(klage.id), "afgoerelse": str(number),
        SENT_BY: SENDINGS.get(how, Sending.BREV).value,
    }  # fmt: skip
    work.happened(Haendelse.KLAGE_DELVIST_MEDDELT, occurred_at=at, sag=row.sag_id, data=data)


def _of_answer(work: Work, row: Any) -> dict[str, str]:
    """Return the day a letter says the answer comes, while the application waits for one."""
    day = svarfrister.told_by(work.connection, row.id)
    if day is None or not svarfrister.waiting(work.connection, row.underretning_id):
        return {}
    return {"svarfrist": day.isoformat()}


def _of_klage(work: Work, row: Any, at: datetime) -> dict[str, JSON]:
    """Have the complaint a letter sends on be with Ankestyrelsen, and return which it is."""
    klage = klager.of_letter(work.connection, row.sag_id, row.id)
    if klage is None or klage.state is not KlageState.PAA_VEJ:
        return {}
    klager.change(work.connection, klage, KlageState.SENDT, sent_at=at)
    return {
        "klage": str(klage.id), "afgoerelse": str(klage.afgoerelse),
        "opsaettende": klage.suspensive,
    }  # fmt: skip


def _provisional(work: Work, row: Any) -> Provisional | None:
    """Return what a letter tells, where the committee's chair decided it alone (§ 143)."""
    decision = afgoerelser.of_letter(work.connection, row.id)
    return provisional.by_decision(work.connection, row.sag_id, decision) if decision else None


def _all_told(work: Work, row: Any) -> datetime | None:
    """Return when the last party's letter of the same decision was sent; None while one is not."""
    decision = afgoerelser.of_letter(work.connection, row.id)
    told = afgoerelser.told(work.connection, decision) if decision else []
    letters = [one for one in told if one.state != LetterState.UDGAAET]
    moments = [one.sent_at for one in letters if one.sent_at is not None]
    return max(moments) if moments and len(moments) == len(letters) else None
