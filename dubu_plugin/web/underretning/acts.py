"""What can be done with an underretning besides assessing it: give it on, register it as something
else, answer who sent it, and see to what could not be delivered or read."""

from functools import partial
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act, decide
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.errors import CaseworkError, FieldRefused, FieldsRefused
from dubu_plugin.store import access
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import known_family
from dubu_plugin.store.keys import sag_lane, underretning_lane
from dubu_plugin.store.underretning import after_assessment, underretninger
from dubu_plugin.usecases.dokument.see_to_delivery import give_up, of_lane, try_again
from dubu_plugin.usecases.dokument.sent_on_paper import sent_on_paper
from dubu_plugin.usecases.underretning.hand_over import (
    Receiver,
    hand_over,
    hand_to_on_call,
    take_back,
)
from dubu_plugin.usecases.underretning.kvittering import send_kvittering
from dubu_plugin.usecases.underretning.orient_notifier import orient_notifier, withhold_outcome
from dubu_plugin.usecases.underretning.register_both import is_both, register_both
from dubu_plugin.usecases.underretning.reregister import reregister
from dubu_plugin.usecases.underretning.settle import line_is_seen
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.indgang import had
from dubu_plugin.web.underretning.orient_view import missing, orienting, started_in
from dubu_plugin.web.underretning.other_kinds import BOTH, other_kinds
from dubu_plugin.web.underretning.receipt_view import After
from dubu_plugin.web.underretning.view import at_work, headline

router = APIRouter()

Reader = Annotated[Visit, Depends(Door(Act.READ, about="underretning"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="underretning"))]
Registrar = Annotated[Visit, Depends(Door(Act.REGISTER, about="underretning"))]
TakerBack = Annotated[Visit, Depends(Door(Act.TAKE_BACK, about="underretning"))]
CaseWriter = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]

BASE: Final = "/dubu/indgang/{underretning}"


@router.get(BASE + "/giv-videre")
def ask_whom(visit: Reader) -> Response:
    """Ask who is to have it."""
    return _give_page(visit, EMPTY)


@router.post(BASE + "/giv-videre")
def give(visit: Writer, sent: Form) -> Response:
    """Give it to a colleague, or to the on-call unit."""
    to, colleague = sent.one("til"), sent.one("kollega")
    before = had.sent_back(sent, visit.subject)
    try:
        if to == "doegnvagt":
            hand_to_on_call(visit.subject, **visit.means, had=before)
        elif to == "kollega" and colleague:
            hand_over(visit.subject, Receiver(employee=colleague), **visit.means, had=before)
        else:
            raise FieldRefused("kollega", "Vælg, hvem der skal have den.")
    except CaseworkError as no:
        return _give_page(visit, sent.refused(no, at="kollega"))
    with visit.reading() as connection:
        about = access.subject(connection, visit.asker, "underretning", visit.subject)
        taken = underretninger.by_id(connection, visit.subject)
    if (
        colleague == visit.asker.key
        and taken is not None
        and taken.sag_id is not None
        and taken.henvendelse is Henvendelse.ANSOEGNING
    ):
        # Whoever takes an application goes on with the case it lies on.
        return RedirectResponse(f"/dubu/sag/{taken.sag_id}", status_code=303)
    if about is not None and decide(visit.asker, Act.READ, about):
        return _back(visit, After.GIVEN)
    return RedirectResponse("/dubu/indgang?givet=1", status_code=303)


@router.post(BASE + "/hent-tilbage")
def undo_giving(visit: TakerBack) -> Response:
    """Take back what was given to a unit, while nobody there has it."""
    take_back(visit.subject, **visit.means)
    return _back(visit, After.TAKEN_BACK)


def _give_page(visit: Visit, sent: Sent) -> Response:
    with visit.reading() as connection:
        about = underretninger.by_id(connection, visit.subject)
        everybody = known_family.colleagues(connection)
    if about is None:
        raise NotYours
    able = [
        (one.key, at_work(one)) for one in everybody if one.roles & {"sagsbehandler", "teamleder"}
    ]
    values = {
        "heading_text": "Giv videre",
        "about": headline(about),
        "url": f"/dubu/indgang/{about.id}",
        "action": f"/dubu/indgang/{about.id}/giv-videre",
        "people": able,
        "to": sent.one("til"),
        "count": 1,
        "chosen": (),
        "had": [had.drawn(about.id, about.unit, about.responsible)],
    }
    return visit.form(
        Page("underretning/give.html", "Giv videre", "/dubu/indgang", values=values), sent
    )


@router.get(BASE + "/andet")
def ask_what(visit: Reader, ogsaa: str = "") -> Response:
    """Ask what it is instead, or also."""
    return _kind_page(visit, Sent({"henvendelse": [BOTH if ogsaa else ""]}))


@router.post(BASE + "/andet")
def register_as(visit: Registrar, sent: Form) -> Response:
    """Register it as something else."""
    chosen, reason = sent.one("henvendelse"), sent.one("grund")
    try:
        if chosen != BOTH and chosen not in list(Henvendelse):
            raise FieldRefused("henvendelse", "Vælg, hvad det er.")
        act = register_both if chosen == BOTH else partial(reregister, to=Henvendelse(chosen))
        act(visit.subject, reason=reason, version=sent.version, **visit.means)
    except CaseworkError as no:
        return _kind_page(visit, sent.refused(no))
    return RedirectResponse(f"/dubu/indgang/{visit.subject}", status_code=303)


def _kind_page(visit: Visit, sent: Sent) -> Response:
    with visit.reading() as connection:
        about = underretninger.by_id(connection, visit.subject)
        both = about is not None and is_both(connection, about)
    if about is None:
        raise NotYours
    values = {
        "about": headline(about),
        "url": f"/dubu/indgang/{about.id}",
        "kinds": other_kinds(about.henvendelse, both=both),
        "chosen": sent.one("henvendelse"),
        "reason": sent.one("grund"),
        "version": about.version,
    }
    page = Page("underretning/other_kind.html", "Hvad er det?", "/dubu/indgang", values=values)
    return visit.form(page, sent)


@router.post(BASE + "/kvittering")
def send_receipt(visit: Writer) -> Response:
    """Send the kvittering by itself."""
    send_kvittering(visit.subject, **visit.means)
    return _back(visit, After.KVITTERING)


@router.post(BASE + "/brev/{letter}/sendt")
def posted(visit: Writer, letter: UUID) -> Response:
    """Record that a letter without an electronic address was printed and posted."""
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        mine = after_assessment.letters_of(work.connection, visit.subject)
        if letter not in {one.letter for one in mine}:
            raise NotYours
        sent_on_paper(work, letter, letters=visit.product.letters)
    return _back(visit)


@router.get(BASE + "/orienter")
def ask_what_started(visit: Reader) -> Response:
    """Ask what has been set going."""
    return _orient_page(visit, EMPTY)


@router.post(BASE + "/orienter")
def orient(visit: Writer, sent: Form) -> Response:
    """Tell the professional what has been set going, or write why not."""
    what, said = sent.one("hvad"), sent.one("igang")
    started = started_in(sent)
    if what != "undlad" and (errors := missing(said, started)):
        return _orient_page(visit, sent.refused(FieldsRefused(errors)))
    try:
        if what == "undlad":
            withhold_outcome(visit.subject, sent.one("grund"), **visit.means)
        elif what != "send":
            return _orient_page(visit, sent, shown=True)
        else:
            orient_notifier(visit.subject, started, **visit.means)
    except CaseworkError as no:
        return _orient_page(visit, sent.refused(no, at="grund" if what == "undlad" else "igang"))
    return _back(visit, After.WITHHELD if what == "undlad" else After.ORIENTERING)


def _orient_page(visit: Visit, sent: Sent, *, shown: bool = False) -> Response:
    with visit.reading() as connection:
        values = orienting(connection, visit, sent, shown=shown)
    page = Page("underretning/orient.html", "Orientér underretter", "/dubu/indgang", values=values)
    return visit.form(page, sent)


@router.post(BASE + "/set")
def seen(visit: Registrar) -> Response:
    """Close the line on what could not be read: somebody has looked."""
    line_is_seen(visit.subject, **visit.means)
    return _back(visit)


@router.post(BASE + "/venter/{key}")
def see_to_delivery(visit: Writer, key: UUID, sent: Form) -> Response:
    """Try a refused delivery again, or give it up."""
    _see_to(visit, key, sent, underretning_lane(visit.subject))
    return _back(visit)


@router.post("/dubu/sag/{sag}/venter/{key}")
def see_to_delivery_on_case(visit: CaseWriter, key: UUID, sent: Form) -> Response:
    """Try a refused delivery on a case again, or give it up."""
    _see_to(visit, key, sent, sag_lane(visit.subject))
    return RedirectResponse(f"/dubu/sag/{visit.subject}", status_code=303)


def _see_to(visit: Visit, key: UUID, sent: Form, lane: str) -> None:
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        waiting = of_lane(work, lane, key)
        if waiting is None:
            raise NotYours
        if sent.one("hvad") == "opgiv":
            give_up(work, waiting, sent.one("grund"))
        else:
            try_again(work, waiting)


def _back(visit: Visit, after: After = After.NOTHING) -> Response:
    receipt = f"?efter={after}" if after else ""
    return RedirectResponse(f"/dubu/indgang/{visit.subject}{receipt}", status_code=303)
