"""An application's answer: what it is about, and the letter that tells when the answer comes."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.gates.apart import SEEN
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.usecases.svarfrist.choose_area import choose_area
from dubu_plugin.usecases.svarfrist.tell_when import (
    Given,
    preview,
    recipients,
    tell_when,
)
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.frist.svarfrist_view import HERE, answer_box
from dubu_plugin.web.letter_notes import Heed, heed_family
from dubu_plugin.web.typed_time import day_of
from dubu_plugin.web.underretning.view import headline

router = APIRouter()

BASE: Final = "/dubu/indgang/{underretning}"
TEXTS: Final = ("dag", "hvorfor", "til")
YES: Final = "ja"
NOTHING: Final = Heed()

Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="underretning", opens_as=Act.READ))]
Registrar = Annotated[Visit, Depends(Door(Act.REGISTER, about="underretning"))]
Reader = Annotated[Visit, Depends(Door(Act.READ, about="underretning"))]


@router.post(BASE + "/omraade")
def say_area(visit: Registrar, sent: Form) -> Response:
    """Say what an application is about."""
    choose_area(visit.subject, sent.one("omraade"), **visit.means)
    return RedirectResponse(f"/dubu/indgang/{visit.subject}#svar", status_code=303)


@router.get(BASE + "/" + HERE)
def ask(visit: Reader) -> Response:
    """Show the letter that tells when the answer comes, to be written."""
    return _drawn(visit, EMPTY)


@router.post(BASE + "/" + HERE)
def tell(visit: Writer, sent: Form) -> Response:
    """Show the letter as it will be, or send it: what the button that was pressed says."""
    if sent.one("handling") != "send":
        return _drawn(visit, sent)
    try:
        seen = sent.one(SEEN) == YES
        tell_when(visit.subject, _given(sent), apart_seen=seen, **visit.means)
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no))
    return RedirectResponse(f"/dubu/indgang/{visit.subject}#svar", status_code=303)


def _drawn(visit: Visit, sent: Sent) -> Response:
    with visit.reading() as connection:
        about = underretninger.by_id(connection, visit.subject)
        if about is None:
            raise NotYours
        box = answer_box(connection, visit.product, about, visit.now)
        people = recipients(connection, about, visit.now)
        today = danish.danish_day(visit.now)
        heed = (
            heed_family(connection, about.sag_id, about.child_id, today)
            if about.sag_id and about.child_id
            else NOTHING
        )
        paper = None
        if sent.fields and not sent.wrong:
            try:
                paper = preview(connection, about, _given(sent), **visit.means)
            except CaseworkError as no:
                sent = sent.refused(no)
    values = {
        "box": box,
        "url": f"/dubu/indgang/{visit.subject}",
        "people": [(one.key, one.words) for one in people],
        "said": sent.one,
        "first": people[0].key if people else "",
        "paper": paper,
        "heed": heed.notes if box and box.may_tell else (),
        "apart_tick": heed.tick,
        "about": headline(about),
        "received": danish.unbroken(danish.moment_text(about.received_at)),
    }
    return visit.form(Page("frist/svarfrist.html", "Hvornår svaret kommer", values=values), sent)


def _given(sent: Sent) -> Given:
    try:
        day = day_of(sent.one("dag"))
    except ValueError:
        day = None
    return Given(day, sent.one("hvorfor"), sent.one("til"))
