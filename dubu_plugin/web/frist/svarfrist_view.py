"""By when an application is answered, in words: for its page, and for the letter that tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.domain.svarfrister import Area, Svarfrister, areas
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.underretning.underretninger import Underretning

HERE = "svarfrist"
"""The end of the address of the page that tells when the answer comes."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter that tells a day."""

    text: str
    detail: str
    done: bool
    posted: str
    """Where it is said that it is in the post; empty where that is not waited for."""


@dataclass(frozen=True, slots=True)
class AnswerBox:
    """When an application is answered, what that is counted from, and what can be done."""

    by: str
    away: str
    mark: tuple[str, str, str] | None
    counted: str
    before: Sequence[str]
    """What the deadline was before, a sentence each."""
    letters: Sequence[LetterLine]
    area: str
    areas: Sequence[tuple[str, str]]
    open: bool
    """It waits for its answer."""
    may_tell: bool
    """No letter is on its way that says when the answer comes."""


def answer_box(
    connection: sa.Connection, product: Product, about: Underretning, now: datetime
) -> AnswerBox | None:
    """Return what there is to say of an application's answer; None for anything else.

    What is an underretning too has it while the answer is owed or given.
    """
    courses = svarfrister.courses(connection, about.id)
    standing = [one for one in courses if one.state != State.AFLOEST]
    if about.henvendelse is not Henvendelse.ANSOEGNING:
        standing = [one for one in standing if one.state in (State.AABEN, State.OPFYLDT)]
    if not standing:
        return None
    last = max(standing, key=lambda one: (one.state == State.AABEN, one.anchor_at))
    told = svarfrister.told(connection, about.id)
    times = svarfrister.standing(connection)
    known = areas(product.matters, times.rows, danish.danish_day(about.received_at))
    is_told = any(one.state == LetterState.SENDT for one in told)
    by, away, mark = _when(last, now)
    return AnswerBox(
        by=by,
        away=away,
        mark=mark,
        counted=_told_words(told) if is_told else _counted(times, about),
        before=[_before(one, now) for one in courses if one.state == State.AFLOEST],
        letters=[_letter(one, about.id, now) for one in told],
        area=about.area or "",
        areas=[_option(one) for one in known],
        open=last.state == State.AABEN,
        may_tell=last.state == State.AABEN
        and all(one.state in (LetterState.SENDT, LetterState.UDGAAET) for one in told),
    )


def area_options(
    connection: sa.Connection, product: Product, day: date
) -> Sequence[tuple[str, str]]:
    """Return what can be applied for on a Danish day, for a list to choose from."""
    known = areas(product.matters, svarfrister.standing(connection).rows, day)
    return [_option(one) for one in known]


def _option(one: Area) -> tuple[str, str]:
    return one.code, danish.unbroken(f"{one.title} ({one.law})")


def _when(row: sa.Row[Any], now: datetime) -> tuple[str, str, tuple[str, str, str] | None]:
    if row.state == State.OPFYLDT and row.ended_at is not None:
        late = row.due is not None and row.due < row.ended_at
        ended = danish.long_date(danish.danish_day(row.ended_at))
        return f"Besvaret {ended}", "efter fristen" if late else "til tiden", None
    if row.state != State.AABEN or row.due is None:
        return "Ingen frist", "den er bortfaldet", None
    day, today = danish.danish_day(row.due), danish.danish_day(now)
    by = danish.unbroken(f"Svar senest {danish.weekday_date(day)}")
    if row.due < now:
        days = danish.counted((today - day).days, "dag", "dage")
        return by, f"overskredet med {days}", ("Overskredet", "overdue", "error")
    return by, danish.relative_day(day, today), None


def _counted(times: Svarfrister, about: Underretning) -> str:
    day = danish.danish_day(about.received_at)
    since = f"fra {danish.long_date(day)}, da ansøgningen kom"
    one = times.find(about.area, day)
    if one is not None:
        return danish.unbroken(f"{one.words} {since}: kommunens frist for {one.title}.")
    whose = "sagsområdet" if about.area else "ansøgninger uden sagsområde"
    return danish.unbroken(f"8 uger {since}. Kommunen har ingen egen frist for {whose}.")


def _told_words(told: Sequence[sa.Row[Any]]) -> str:
    sent = next(one for one in reversed(told) if one.state == LetterState.SENDT)
    when = danish.long_date(danish.danish_day(sent.sent_at))
    return danish.unbroken(f"Den dag er skrevet til ansøgeren i brevet, der blev sendt {when}.")


def _before(row: sa.Row[Any], now: datetime) -> str:
    was = danish.long_date(danish.danish_day(row.due)) if row.due else "ikke sat"
    late = (
        ", og den blev overskredet"
        if row.exceeded_at or (row.due and row.ended_at and row.due < row.ended_at)
        else ""
    )
    return danish.unbroken(f"Før var fristen {was}{late}.")


def _letter(row: sa.Row[Any], underretning: UUID, now: datetime) -> LetterLine:
    said = f"Brev om, at svaret kommer senest {danish.long_date(row.day)}"
    state = LetterState(row.state)
    words = {
        LetterState.SENDT: "sendt",
        LetterState.TIL_PRINT: "skal printes og sendes med posten",
        LetterState.UDGAAET: "er ikke sendt",
    }.get(state, "er på vej")
    at = danish.list_moment(row.sent_at or row.created_at, now)
    posted = (
        f"/dubu/indgang/{underretning}/brev/{row.letter_id}/sendt"
        if state is LetterState.TIL_PRINT
        else ""
    )
    return LetterLine(
        danish.unbroken(said), danish.unbroken(f"{words}, {at}"), state is LetterState.SENDT, posted
    )
