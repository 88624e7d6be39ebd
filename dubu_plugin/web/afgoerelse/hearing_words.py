"""How far the hearing of a party is, in words: whether it is posted, and when the answer is due."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.gates.standing import Hearing
from dubu_plugin.domain.hearing_time import answer_by
from dubu_plugin.store.afgoerelse.partshoeringer import Partshoering

HEARINGS: Final[Mapping[Hearing, str]] = {
    Hearing.FORBEREDT: "Ikke hørt",
    Hearing.SENDT: "Er hørt, venter på svar",
    Hearing.BESVARET: "Har svaret",
    Hearing.INTET_SVAR: "Svarede ikke inden fristen",
    Hearing.UNDLADT: "Høres ikke",
    Hearing.UDGAAET: "Ikke part længere",
}
"""What stands beside a party."""
TO_PRINT: Final = "Brevet skal printes og sendes"
"""What stands there instead, while the letter lies here."""


def answer_words(one: Partshoering, today: date, *, lies_here: bool) -> str:
    """Return by when the answer of a party who is asked must be here; empty where none is awaited.

    :param lies_here: the letter is not posted: each day it lies here gives the party one more.
    """
    if one.state is not Hearing.SENDT or one.due_on is None:
        return ""
    if not lies_here or one.sent_at is None:
        return f"svaret skal være her senest {danish.list_date(one.due_on, today)}"
    due = answer_by(one.due_on, danish.danish_day(one.sent_at), today)
    day = danish.list_date(due, today)
    return f"svaret skal være her senest {day}, hvis brevet sendes i dag"


def late_words(one: Partshoering, written: date | None, today: date) -> str:
    """Return what to tell a party whose letter says an earlier day than it has; empty elsewhere.

    :param written: when the letter was written; None where there is none.
    """
    if one.state is not Hearing.SENDT or not (one.sent_at and one.due_on and written):
        return ""
    days = (danish.danish_day(one.sent_at) - written).days
    if days <= 0:
        return ""
    late = danish.counted(days, "dag", "dage")
    until = danish.list_date(one.due_on, today)
    return danish.unbroken(
        f"Brevet blev sendt {late} efter, at det blev skrevet. {one.name} har lige så meget "
        f"længere til at svare: til {until}. I brevet står den tidligere dag, så fortæl det."
    )
