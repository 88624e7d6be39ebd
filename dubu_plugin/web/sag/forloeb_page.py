"""The course of a case: every step with what it requires, what it produces and what comes next."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.domain.access import Act
from dubu_plugin.domain.forloeb import Stage
from dubu_plugin.domain.forloeb_handicap import line_of
from dubu_plugin.domain.forloeb_reached import reached
from dubu_plugin.store.sag import sag_events, sag_panel
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.naming import child_title
from dubu_plugin.web.sag import steps
from dubu_plugin.web.sag.page import TAB

router = APIRouter()

LEADS: Final = {
    Stage.SCREENING: ("skrift", "Det, der er skrevet"),
    Stage.UNDERSOEGELSE: ("skrift", "Det, der er skrevet"),
    Stage.AFGOERELSE: ("afgoerelser", "Afgørelser"),
    Stage.PLAN: ("barnets-plan", "Barnets plan"),
    Stage.INDSATS: ("indsatser", "Indsatser"),
    Stage.OPFOELGNING: ("opfoelgning", "Opfølgning"),
    Stage.AFSLUTTET: ("afslut", "Afslut sagen"),
}
"""Where a step is worked with, under the case's address."""


@router.get("/dubu/sag/{sag}/forloeb")
def show(visit: Annotated[Visit, Depends(Door(Act.READ, about="sag"))]) -> Response:
    """Show the steps of the case, one under the other."""
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        told = sag_events.events(connection, visit.subject, per_page=1)
        open_steps = sag_panel.steps(connection, visit.subject)
    course = reached(told.course, line_of(head.area))
    rules = visit.product.store.rules
    rows = steps.rows(course, open_steps, rules, now=visit.now, born=head.born)
    url = f"/dubu/sag/{visit.subject}"
    values = {
        "url": url,
        "child": child_title(head.child_name, head.termin if head.born is None else None),
        "line": [row for row in rows if not row.beside],
        "beside": [row for row in rows if row.beside],
        "leads": {stage: (f"{url}/{where}", words) for stage, (where, words) in LEADS.items()},
    }
    return visit.page(Page("sag/forloeb.html", "Sagens forløb", case=head.host_key, tab=TAB,
                           values=values))  # fmt: skip
