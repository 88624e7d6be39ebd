"""Where a letter has got to, and what follows when it is sent."""

from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.documents.letter import Letter
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.counting import Sending
from dubu_plugin.frister.rule import SENT_BY
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.journal import journalkopi
from dubu_plugin.store.tables import letters as table
from dubu_plugin.store.tables import sager
from dubu_plugin.store.transaction import Work

PROVISIONAL: Final = "foreloebig"
"""The matter of the catalogue that the committee's chair decides alone (§ 143)."""


class LetterState(StrEnum):
    """Where a letter has got to. The value is stored."""

    SKRIVES = "skrives"
    """Ordered; the files are not made yet."""
    KLAR = "klar"
    """Both files are made, and never change."""
    JOURNALISERET = "journaliseret"
    """It is a document on the case."""
    I_KOE = "i_koe"
    """The post has it and has not sent it yet: nobody has got anything (`follow_letters`)."""
    TIL_PRINT = "til_print"
    """There is no way to send it but paper: it waits for a person."""
    SENDT = "sendt"
    UDGAAET = "udgaaet"
    """It is not to be filed or sent after all: there is nobody it may be sent to."""


def queued(work: Work, row: Any) -> None:
    """Record that the post has a letter in its queue. No deadline is met by that.

    :param row: the letter's row of ``letters``.
    """
    _moves(work, row, LetterState.I_KOE)


def to_print(work: Work, row: Any) -> None:
    """Record that the post cannot reach the recipient, so that a person prints the letter.

    :param row: the letter's row of ``letters``.
    """
    _moves(work, row, LetterState.TIL_PRINT)


def by_post(row: Any) -> str:
    """Return how the post sends a letter: ``post`` where it is electronic, else ``papir``."""
    return "post" if row.address else "papir"


def _moves(work: Work, row: Any, state: LetterState) -> None:
    work.connection.execute(sa.update(table).where(table.c.id == row.id).values(state=state))


def sent(work: Work, row: Any, letter: Letter, *, how: str) -> None:
    """Record that a letter is sent, and the hændelse that it meets its deadline with.

    :param row: the letter's row of ``letters``.
    :param how: ``post``, ``papir`` …, a code.
    """
    work.connection.execute(
        sa.update(table)
        .where(table.c.id == row.id)
        .values(state=LetterState.SENDT, sent_at=work.now)
    )
    # Some deadlines hang on the child, such as that it is told of the bisidder (§ 6).
    child = work.connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == row.sag_id))
    told = _of_decision(work, row, how)
    data = {"brev": str(row.id), "skabelon": row.code, "maade": how, **told}
    happened = [letter.row.sent_haendelse or Haendelse.BREV_SENDT]
    if Haendelse.SVARFRIST_MEDDELT in happened:
        data |= _of_answer(work, row)
        if "svarfrist" not in data:  # it was answered meanwhile: no clock is to begin
            happened = [Haendelse.BREV_SENDT]
    if told and _is_provisional(work, row):
        # The law asks for this one within 24 hours (barnets lov § 143, stk. 3).
        happened.append(Haendelse.FORELOEBIG_AFGOERELSE_MEDDELT)
    for what in happened:
        recorded = work.happened(
            what, sag=row.sag_id, underretning=row.underretning_id, person=child, data=data
        )
        journalkopi.sent_as(work.connection, row.id, recorded.id)


def _of_decision(work: Work, row: Any, how: str) -> dict[str, str]:
    """Return which decision a letter tells, and how it was sent: the time to complain runs."""
    decision = afgoerelser.of_letter(work.connection, row.id)
    if decision is None:
        return {}
    by = Sending.DIGITAL if how == "post" else Sending.BREV
    return {"afgoerelse": str(decision), SENT_BY: by.value}


def _of_answer(work: Work, row: Any) -> dict[str, str]:
    """Return the day a letter says the answer comes, while the application waits for one."""
    day = svarfrister.told_by(work.connection, row.id)
    if day is None or not svarfrister.waiting(work.connection, row.underretning_id):
        return {}
    return {"svarfrist": day.isoformat()}


def _is_provisional(work: Work, row: Any) -> bool:
    decision = afgoerelser.of_letter(work.connection, row.id)
    found = afgoerelser.by_id(work.connection, decision) if decision else None
    return found is not None and found.matter == PROVISIONAL
