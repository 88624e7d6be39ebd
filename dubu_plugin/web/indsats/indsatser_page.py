"""The indsatser of a case: what runs, what is over, and a new one."""

from collections import defaultdict
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.indsats import indsats_beside, indsatser
from dubu_plugin.store.plan.goals_agreed import agreed
from dubu_plugin.store.sag import sag_panel, sager
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.usecases.indsats.start import begin
from dubu_plugin.usecases.indsats.wanted import law_day
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.indsats import form, noted, timeline, view
from dubu_plugin.web.indsats.place_asked import place_asked
from dubu_plugin.web.naming import child_title
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.sag.page import TAB

router = APIRouter()

ALL: Final = "/dubu/sag/{sag}/indsatser"
NEW: Final = "/dubu/sag/{sag}/indsatser/ny"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(ALL)
def show_all(visit: Reader) -> Response:
    """Show the indsatser of the case."""
    today = danish.danish_day(visit.now)
    url = f"/dubu/sag/{visit.subject}"
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        may_write = visit.may(connection, Act.WRITE)
        found = indsatser.of_sag(connection, visit.subject)
        told = indsatser.told(connection, visit.subject)
        due = indsats_beside.next_visit(connection, visit.subject)
        goals = agreed(connection, visit.subject)
        written = indsats_beside.undersoegelser(connection, visit.subject)
    there = noted.things(told, found, url)
    spans = timeline.spans(visit.product.indsatser, found, told, goals, written, there, url, today)
    values = {
        "url": url,
        "child": child_title(head.child_name, head.termin if head.born is None else None),
        "timeline": timeline.drawn(spans, today),
        "lines": view.lines(visit.product, found, url, today),
        "elsewhere": noted.elsewhere(there, today),
        "visit": danish.unbroken(danish.list_date(danish.danish_day(due), today)) if due else "",
        "may_write": may_write and head.phase != CLOSED,
    }
    page = Page("indsats/indsatser.html", "Indsatser", case=head.host_key, tab=TAB, values=values)
    return visit.page(page)


@router.get(NEW)
def show_new(
    visit: Reader,
    afgoerelse: str = "",
    giver: str = "",
    fra: str = "",
    afgjort_dag: str = "",
    hvad: str = "",
    noteret: str = "",
) -> Response:
    """Show the form of a new indsats, with what the decision says already; else the draft.

    :param giver: which of the indsatser the decision gives, where that was chosen on its page.
    :param fra: its first day, `afgjort_dag` the day it was decided and `hvad` what is chosen, as
        they stand in the form: the list is that of the law of then.
    :param noteret: the key of what is noted on the case that is written in.
    """
    if fra or afgjort_dag:
        said = {"fra": [fra], "afgjort_dag": [afgjort_dag], "hvad": [hvad], "noteret": [noteret]}
        rests = afgoerelse or view.NONE
        return _form(visit, rests, Sent({**said, "afgoerelse": [afgoerelse], "per": ["uge"]}))
    draft = draft_of(visit, _draft(visit.subject))
    of_draft = draft.one("afgoerelse") or view.NONE
    if draft.fields and afgoerelse in ("", of_draft) and not giver:
        return _form(visit, of_draft, draft)
    return _form(visit, afgoerelse, EMPTY, giver)


@router.post(NEW)
def add(visit: Writer, sent: Form) -> Response:
    """Store the indsats, and begin it where its day has come."""
    asked = sent.one("afgoerelse") or view.NONE
    try:
        wanted = form.wanted(sent)
        new = begin(visit.subject, wanted, **visit.means)
    except CaseworkError as no:
        return _form(visit, asked, sent.refused(no))
    forget(visit, _draft(visit.subject))
    done = "planlagt" if new.state is IndsatsState.PLANLAGT else "begyndt"
    done = "skrevet" if str(new.id) == wanted.noted else done
    url = f"/dubu/sag/{visit.subject}/indsats/{new.id}?gemt={done}"
    return RedirectResponse(url, status_code=303)


def _form(visit: Visit, asked: str, sent: Sent, code: str = "") -> Response:
    today = danish.danish_day(visit.now)
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        may_write = visit.may(connection, Act.WRITE)
        ours = sager.by_id(connection, visit.subject)
        if ours is None:
            raise NotYours
        decided, first_day = form.law_days(sent)
        law_of = law_day(decided, first_day, today) if sent.fields else None
        found = indsatser.of_sag(connection, visit.subject)
        begun = view.begun_of(found)
        its, others = view.chosen_ground(
            connection, visit.product, ours, asked, today, begun, law_of=law_of, first=first_day
        )
        goals = indsatser.goals(connection, visit.subject)
        placing = next((one.indsats for one in its.choices if one.indsats.is_placement), None)
        rests = its.decision.id if its.decision else None
        place = place_asked(connection, visit.subject, placing, rests, today) if placing else None
        may_be = noted.noted_choices(connection, visit.subject, found, its.choices, today)
        first = view.first_values(connection, its, today, begun, code)
    values = {
        "url": f"/dubu/sag/{visit.subject}",
        "closed": head.phase == CLOSED,
        "may_write": may_write,
        "others": others,
        "place_asked": place,
        "noted": may_be,
        "f": defaultdict(str, {**first, **(form.typed(sent) if sent.fields else {})}),
        "ticked": sent.many("maal"),
        "draft": _draft(visit.subject),
        **view.new_values(visit.product, its, goals, today),
    }
    page = Page("indsats/ny.html", "Ny indsats", case=head.host_key, tab=TAB, values=values)
    return visit.form(page, sent)


def _draft(sag: UUID) -> str:
    return f"indsatsny:{sag}"
