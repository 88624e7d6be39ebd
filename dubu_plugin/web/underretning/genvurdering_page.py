"""The genvurdering (§ 137, stk. 1): whoever is asked reads, and confirms in her own words."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.underretning.genvurderinger import Answer
from dubu_plugin.usecases.underretning.genvurder import ask, confirm, decline
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form, Sent
from dubu_plugin.web.naming import child_title
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.underretning import after_view
from dubu_plugin.web.underretning.genvurdering_view import standing
from dubu_plugin.web.underretning.read import Read, read
from dubu_plugin.web.underretning.view import arrived, at_work, headline

router = APIRouter()

Reader = Annotated[Visit, Depends(Door(Act.READ, about="underretning"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="underretning"))]

URL: Final = "/dubu/indgang/{underretning}/genvurdering"


@router.get(URL)
def show(visit: Reader) -> Response:
    """Show what is asked, what came, and what was assessed."""
    return _page(visit, draft_of(visit, _draft(visit)))


@router.post(URL)
def respond(visit: Writer, sent: Form) -> Response:
    """Confirm, say no, or ask somebody else: what the button that was pressed says."""
    what, words, colleague = sent.one("hvad"), sent.one("ord"), sent.one("kollega")
    product, asker, now = visit.product, visit.asker, visit.now
    try:
        if what == "bekraeft":
            confirm(visit.subject, words, product=product, asker=asker, now=now)
        elif what == "nej":
            decline(visit.subject, words, product=product, asker=asker, now=now)
        elif colleague:
            ask(visit.subject, colleague, product=product, asker=asker, now=now)
        else:
            raise FieldRefused("kollega", "Vælg, hvem der skal spørges.")
    except CaseworkError as no:
        return _page(visit, sent.refused(no))
    forget(visit, _draft(visit))
    return RedirectResponse(f"/dubu/indgang/{visit.subject}", status_code=303)


def _draft(visit: Visit) -> str:
    return f"genvurdering:{visit.subject}"


def _page(visit: Visit, sent: Sent) -> Response:
    with visit.reading() as connection:
        facts = read(connection, visit)
    about, question = facts.about, facts.genvurdering
    asked = question is not None and question.state is Answer.ASKED
    answers = question.employee if question is not None and asked else None
    names = {one.key: one.name for one in facts.colleagues}
    values = {
        "about": f"{headline(about)} · {_child(facts)}",
        "arrived": arrived(about),
        "url": f"/dubu/indgang/{about.id}",
        "text": about.text,
        "mine": answers == visit.asker.key,
        "done": question is not None and question.state is Answer.CONFIRMED,
        "asker": names.get(question.asked_by, "En kollega") if question else "",
        "standing": standing(question, None, names, visit.now),
        "assessed": after_view.assessed(visit, facts) if facts.vurdering else None,
        "people": [
            (one.key, at_work(one))
            for one in facts.able
            if one.key not in facts.handled and one.key != answers
        ],
        "words": sent.one("ord"),
        "draft": _draft(visit),
    }
    page = Page("underretning/genvurdering.html", "Genvurdering", "/dubu/indgang", values=values)
    return visit.form(page, sent)


def _child(facts: Read) -> str:
    child = facts.about.child_id
    return child_title(facts.family.names.get(child) if facts.family and child else None)
