"""»Min plan«: how the plan reads for the child, and the words that are written for it alone."""

from collections import defaultdict
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act
from dubu_plugin.errors import CaseworkError, FieldsRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.usecases.plan.keep_plan import Kept, keep
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form, Sent
from dubu_plugin.web.own_draft import draft_of, forget
from dubu_plugin.web.plan.form import kept_of, name_of, seen_of, taken_out, values_of
from dubu_plugin.web.plan.page import values_around
from dubu_plugin.web.plan.unchanged import unchanged
from dubu_plugin.web.plan.view import ONE, Plan, read
from dubu_plugin.web.sag.page import TAB

router = APIRouter()

URL: Final = ONE + "/min-plan"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader, plan: str, gemt: str = "") -> Response:
    """Show the child's own plan beside the words it is made of."""
    it = _childs(visit, plan)
    return _drawn(visit, it, draft_of(visit, _draft(it)), said=bool(gemt))


@router.post(URL)
def save(visit: Writer, plan: str, sent: Form) -> Response:
    """Keep the words that are written for the child."""
    it = _childs(visit, plan)
    try:
        clashes = keep(
            visit.subject, it.opened.skrift.id, Kept(kept_of(it, sent).written, {}),
            **visit.means,
        )  # fmt: skip
    except CaseworkError as no:
        return _drawn(visit, it, sent.refused(no))
    out = taken_out(it, sent)
    if clashes or out:
        it = read(visit, plan)
        wrong = {
            name_of(one.at): f"En anden har skrevet her imens: »{one.theirs.text}«. Saml det, "
            f"og gem."
            for one in clashes
        }
        if out:
            wrong[""] = " ".join(out)
        seen = {**sent.fields, "sete": [seen_of(it)]}
        return _drawn(visit, it, Sent(seen).refused(FieldsRefused(wrong)))
    forget(visit, _draft(it))
    return RedirectResponse(f"{it.url}/min-plan?gemt=ja", status_code=303)


def _draft(it: Plan) -> str:
    return f"minplan:{it.opened.skrift.id}"


def _childs(visit: Visit, key: str) -> Plan:
    """Open a plan a child reads.

    :raises NotYours: it is the parents' own, or there is no such plan.
    """
    it = read(visit, key)
    if it.is_parents:
        raise NotYours
    return it


def _drawn(visit: Visit, plan: Plan, sent: Sent, *, said: bool = False) -> Response:
    it = plan.opened
    people = dict.fromkeys([it.skrift.person, *(one.person for one in plan.goals)])
    shown = {
        **values_around(visit, plan),
        "f": defaultdict(str, {**values_of(plan), **sent.ones()}),
        "draft": _draft(plan),
        "out": taken_out(plan, sent) if sent.restored else (),
        "since": unchanged(plan),
        "said": said,
        "left_out": plan.left_out,
        "papers": [
            (plan.children.get(key, ""), own) for key in people if (own := plan.own(key)).vil
        ],
    }
    title = "Min plan"
    page = Page("plan/barn.html", title, case=it.head.host_key, tab=TAB, values=shown)
    return visit.form(page, sent)
