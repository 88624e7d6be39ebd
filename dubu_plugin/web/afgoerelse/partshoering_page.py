"""The hearing of one party before a decision (forvaltningsloven § 19)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.afgoerelser import Capacity
from dubu_plugin.domain.gates.apart import SEEN
from dubu_plugin.domain.gates.standing import Hearing
from dubu_plugin.domain.hearing_time import GIVEN
from dubu_plugin.domain.hverdage import Profile, hverdag_from
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse.partshoeringer import (
    ABOUT,
    ANSWER,
    FIELDS,
    WEIGHED,
    WHY,
    Partshoering,
)
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import letters
from dubu_plugin.usecases.afgoerelse import hear
from dubu_plugin.usecases.afgoerelse.hear import EXCEPTIONS, HearingNotClear
from dubu_plugin.usecases.afgoerelse.help_taken import not_heard_of
from dubu_plugin.usecases.afgoerelse.whole import Whole
from dubu_plugin.usecases.dokument.send_again import letter_gone_out
from dubu_plugin.web.afgoerelse.form import REVISION, YES
from dubu_plugin.web.afgoerelse.hearing_words import HEARINGS, TO_PRINT, answer_words, late_words
from dubu_plugin.web.afgoerelse.page import opened
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form, Sent, UnknownButton
from dubu_plugin.web.letter_notes import HANDED, childs_way, heed
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.sag.paper_view import gone_line, paper, sent_day
from dubu_plugin.web.typed_time import NO_DAY, day_of

router = APIRouter()

URL: Final = "/dubu/sag/{sag}/afgoerelse/{afgoerelse}/part/{part}"
OWN: Final = {"send": (ABOUT,), "svar": (ANSWER, WEIGHED), "undlad": (WHY,)}
"""What each button is about. Of the rest of the form, what somebody wrote is kept, and not what is
only suggested there."""

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader, afgoerelse: str, part: str) -> Response:
    """Show what a party is heard about, and what came of it."""
    it = opened(visit, afgoerelse)
    one = _part(it, part)
    return _drawn(visit, it, one, draft_of(visit, _draft(it, one)))


@router.post(URL)
def change(visit: Writer, afgoerelse: str, part: str, sent: Form) -> Response:
    """Send the letter, keep the answer, or keep why nobody is heard."""
    it = opened(visit, afgoerelse)
    one = _part(it, part)
    own = OWN.get(sent.one("handling"), ())
    stood = _values(it, one)
    values = {**stood, **sent.ones()}
    texts = {
        name: Written(sent.one(name), _number(sent, REVISION.format(name)))
        for name in FIELDS
        if name in sent.fields and (name in own or cleaned(sent.one(name)) != stood[name])
    }
    where = visit.subject, it.afgoerelse.id, one.id
    try:
        match sent.one("handling"):
            case "send":
                seen = sent.one(SEEN) == YES
                hear.send(*where, texts, _day(values, "frist"), apart_seen=seen, **visit.means)
            case "svar":
                hear.answer(*where, texts, _day(values, "besvaret"), **visit.means)
            case "undlad":
                chosen = values.get("undtagelse", "")
                number = int(chosen) if chosen.isdecimal() else None
                hear.leave_out(*where, number, texts, **visit.means)
            case _:
                raise UnknownButton
    except CaseworkError as no:
        return _drawn(visit, it, one, sent.refused(no))
    forget(visit, _draft(it, one))
    url = f"/dubu/sag/{visit.subject}/afgoerelse/{it.afgoerelse.id}?gemt=gemt"
    return RedirectResponse(url, status_code=303)


def _draft(it: Whole, one: Partshoering) -> str:
    """Return the name of its draft. What is asked and what is answered are drafts of their own."""
    return f"hoering{'' if hear.is_to_be_heard(it.helps, one) else 'svar'}:{one.id}"


def _part(it: Whole, key: str) -> Partshoering:
    for one in it.parts:
        if str(one.id) == key:
            return one
    raise NotYours


def _values(it: Whole, one: Partshoering) -> dict[str, str]:
    """Return what stands on the hearing; a day to answer by is suggested."""
    due = one.due_on or hverdag_from(it.day + GIVEN, Profile.CITIZEN)
    values = {
        "frist": due.isoformat(),
        "besvaret": one.answered_on.isoformat() if one.answered_on else "",
        "undtagelse": "" if one.exception is None else str(one.exception),
    }
    for name in FIELDS:
        text = it.texts.get((one.place, name))
        values[name] = text.text if text else ""
        values[REVISION.format(name)] = str(text.revision if text else 0)
    if not values["om"]:
        values["om"] = it.said.get("oplysninger", "")
    return values


def _drawn(visit: Visit, it: Whole, one: Partshoering, sent: Sent) -> Response:
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        may_write = visit.may(connection, Act.WRITE)
        to_child = one.capacity is Capacity.BARN
        to_heed = heed(
            connection,
            it.child.id,
            it.day,
            to_child=to_child,
            to_parents=not to_child,
            hidden=False,  # nothing is left out of what is typed here
            may_be_hidden=it.recorded.may_be_hidden(it.day),
            placed=it.placed,
        )
        today = danish.danish_day(visit.now)
        letter = {one.letter} if one.letter else set()
        on_paper = paper(connection, visit.product.letters, visit.subject, today, only=letter)
        written = _written(connection, one)
        gone = letter_gone_out(connection, visit.subject, one.letter) if one.letter else None
    stood = _values(it, one)
    # Whoever is told what another wrote there has seen it, and can save over it.
    told = {
        REVISION.format(name): stood[REVISION.format(name)] for name in FIELDS if name in sent.wrong
    }
    lies_here = bool(on_paper.lines)
    went = danish.unbroken(sent_day(one.sent_at, visit.now)) if one.sent_at else ""
    shown = {
        "url": f"/dubu/sag/{visit.subject}",
        "back": f"/dubu/sag/{visit.subject}/afgoerelse/{it.afgoerelse.id}",
        "action": URL.format(sag=visit.subject, afgoerelse=it.afgoerelse.id, part=one.id),
        "name": one.name,
        "matter": it.matter,
        "hearing": TO_PRINT if lies_here and one.state is Hearing.SENDT else HEARINGS[one.state],
        "paper": on_paper,
        "may_post": may_write,
        "open": it.afgoerelse.is_open and may_write and head.phase != CLOSED,
        "heed": to_heed.notes,
        "apart_tick": to_heed.tick,
        "childs_way": childs_way(it.afgoerelse, it.child, it.day)
        if to_child and HANDED not in to_heed.notes
        else "",
        "waits": hear.is_to_be_heard(it.helps, one),
        "more": danish.listed([f"»{title}«" for title in not_heard_of(it.helps, one)]),
        "sent": "" if lies_here or not went else f"sendt {went}",
        "letter": gone and gone_line(gone, visit.product.letters, visit.subject, visit.now),
        "due": danish.unbroken(answer_words(one, it.day, lies_here=lies_here)),
        "late": "" if lies_here else late_words(one, written, it.day),
        "passed": one.due_on is not None and one.due_on < it.day,
        "exceptions": [(str(number), words) for number, words in EXCEPTIONS.items()],
        "f": defaultdict(str, {**stood, **sent.ones(), **told}),
        "draft": _draft(it, one),
        "today": it.day.isoformat(),
    }
    page = Page(
        "afgoerelse/partshoering.html",
        f"Partshøring af {one.name}",
        case=head.host_key,
        tab=TAB,
        values=shown,
    )
    return visit.form(page, sent)


def _written(connection: sa.Connection, one: Partshoering) -> date | None:
    """Return when the letter of a hearing was written."""
    if one.letter is None:
        return None
    at = connection.scalar(sa.select(letters.c.created_at).where(letters.c.id == one.letter))
    return danish.danish_day(at) if at else None


def _day(values: Mapping[str, str], name: str) -> date | None:
    if not values.get(name):
        return None
    try:
        return day_of(values[name])
    except ValueError:
        raise HearingNotClear({name: NO_DAY}) from None


def _number(sent: Sent, name: str) -> int:
    text = sent.one(name)
    return int(text) if text.isdecimal() else 0
