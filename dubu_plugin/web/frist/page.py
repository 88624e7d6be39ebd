"""Every deadline of a case or an underretning, and what a person can say of one: why it was missed,
what it waits for, and when its clock started."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Final
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.errors import CaseworkError
from dubu_plugin.frister.forecast import Awaited
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.sag import sag_panel, sager
from dubu_plugin.store.sag.relations import SubjectKind
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.usecases.frist.correct_anchor import correct_anchor, foresee_anchor
from dubu_plugin.usecases.frist.give_reason import give_reason
from dubu_plugin.usecases.frist.let_lapse import let_lapse
from dubu_plugin.usecases.frist.standing import NoReason, Place, TooLong
from dubu_plugin.usecases.frist.stop_waiting import stop_waiting
from dubu_plugin.usecases.frist.wait_for import Asked, wait_for
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.frist.start import StartPreview, preview
from dubu_plugin.web.frist.view import AWAITED, lines
from dubu_plugin.web.keys import key_in
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.typed_time import at_clock, clock_of, day_of

router = APIRouter()

CaseReader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
CaseWriter = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]
Reader = Annotated[Visit, Depends(Door(Act.READ, about="underretning"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="underretning"))]

ON: Final[dict[SubjectKind, tuple[str, str]]] = {
    "sag": ("/dubu/sag", "Tilbage til sagen"),
    "underretning": ("/dubu/indgang", "Tilbage til underretningen"),
}


class NotADate(CaseworkError):
    """What was typed is no date, or no moment."""

    danish = "Skriv en rigtig dato, og klokkeslæt som 10.30."


@router.get("/dubu/sag/{sag}/frister")
def of_case(visit: CaseReader) -> Response:
    """Show the deadlines of a case."""
    return _shown(visit, "sag")


@router.get("/dubu/indgang/{underretning}/frister")
def of_underretning(visit: Reader) -> Response:
    """Show the deadlines of an underretning."""
    return _shown(visit, "underretning")


@router.post("/dubu/sag/{sag}/frister")
def done_on_case(visit: CaseWriter, sent: Form) -> Response:
    """Keep what was said of a deadline of a case."""
    return _done(visit, "sag", sent)


@router.post("/dubu/indgang/{underretning}/frister")
def done_on_underretning(visit: Writer, sent: Form) -> Response:
    """Keep what was said of a deadline of an underretning."""
    return _done(visit, "underretning", sent)


def _shown(
    visit: Visit,
    kind: SubjectKind,
    sent: Sent = EMPTY,
    start: tuple[UUID, StartPreview] | None = None,
) -> Response:
    with visit.reading() as connection:
        found = lines(connection, visit.product.store.rules, kind, visit.subject, visit.now)
        case = _case(connection, kind, visit.subject)
        may_write = visit.may(connection, Act.WRITE, kind)
    base, back = ON[kind]
    values = {
        "lines": found,
        "url": f"{base}/{visit.subject}",
        "back": back,
        "notes": kind == "sag",
        "may_write": may_write,
        "awaited": AWAITED,
        "said": sent.one,
        "today": danish.danish_day(visit.now).isoformat(),
        "start_of": start and start[0],
        "preview": start and start[1],
    }
    tab = TAB if case else None
    menu = "" if kind == "sag" else "/dubu/indgang"
    page = Page("frist/frister.html", "Frister", menu, case=case, tab=tab, values=values)
    return visit.form(page, sent)


def _case(connection: sa.Connection, kind: SubjectKind, subject: UUID) -> str | None:
    """Return the host's key of the case the deadlines hang on; None before there is one."""
    if kind == "sag":
        return sag_panel.head(connection, subject).host_key
    about = underretninger.by_id(connection, subject)
    sag = sager.by_id(connection, about.sag_id) if about and about.sag_id else None
    return sag.host_key if sag else None


def _done(visit: Visit, kind: SubjectKind, sent: Sent) -> Response:
    base, _ = ON[kind]
    here = f"{base}/{visit.subject}/frister"
    if not sent.one("hvad"):
        return RedirectResponse(here, status_code=303)
    act = ACTS.get(sent.one("hvad"))
    if act is None:
        raise NotYours
    frist = key_in(sent.one("frist"))
    try:
        if sent.one("hvad") == "start" and sent.one("vist") != _typed(sent):
            found = _foreseen(visit, frist, Place(kind, visit.subject), sent)
            return _shown(visit, kind, sent, (frist, found))
        act(visit, frist, Place(kind, visit.subject), sent)
    except CaseworkError as no:
        again = sent.refused(no, at=f"{sent.one('hvad')}-{frist}")
        start = None
        if isinstance(no, NoReason | TooLong) and sent.one("hvad") == "start":
            start = frist, _foreseen(visit, frist, Place(kind, visit.subject), sent)
        return _shown(visit, kind, again, start)
    return RedirectResponse(f"{here}#frist-{frist}", status_code=303)


def _explain(visit: Visit, frist: UUID, place: Place, sent: Sent) -> None:
    give_reason(frist, place, sent.one("grund"), **visit.means)


def _wait(visit: Visit, frist: UUID, place: Place, sent: Sent) -> None:
    what = sent.one("paa")
    if what not in list(Awaited):
        raise _Unchosen
    asked = Asked(Awaited(what), sent.one("hos"), _day(sent, "spurgt"), _day(sent, "ventes"))
    wait_for(frist, place, asked, **visit.means)


def _came(visit: Visit, frist: UUID, place: Place, sent: Sent) -> None:
    wait = key_in(sent.one("vente"))
    stop_waiting(frist, place, wait, **visit.means)


def _foreseen(visit: Visit, frist: UUID, place: Place, sent: Sent) -> StartPreview:
    """Return what a corrected start would come to: it is shown before anything is kept."""
    found = foresee_anchor(frist, place, _started(sent), **visit.means)
    return preview(found, _typed(sent), visit.now)


def _typed(sent: Sent) -> str:
    return f"{sent.one('dag')} {sent.one('kl')}".strip()


def _started(sent: Sent) -> datetime:
    """Return the moment that was typed; of a day alone, its beginning."""
    return _moment(sent.one("dag"), sent.one("kl") or "00:00")


def _correct(visit: Visit, frist: UUID, place: Place, sent: Sent) -> None:
    correct_anchor(frist, place, _started(sent), sent.one("grund"), **visit.means)


def _lapse(visit: Visit, frist: UUID, place: Place, sent: Sent) -> None:
    let_lapse(frist, place, sent.one("grund"), **visit.means)


class _Unchosen(CaseworkError):
    """Nothing was chosen to wait for."""

    danish = "Vælg, hvad der ventes på."


ACTS: Final[dict[str, Callable[[Visit, UUID, Place, Sent], None]]] = {
    "begrund": _explain,
    "vent": _wait,
    "kommet": _came,
    "start": _correct,
    "bortfald": _lapse,
}


def _day(sent: Sent, name: str) -> date | None:
    text = sent.one(name)
    try:
        return day_of(text) if text else None
    except ValueError:
        raise NotADate from None


def _moment(day: str, clock: str) -> datetime:
    try:
        return at_clock(day_of(day), clock_of(clock))
    except ValueError:
        raise NotADate from None
