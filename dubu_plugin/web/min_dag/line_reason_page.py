"""Why the deadlines of a line of Min dag were not kept: asked for in the line itself.

Where scripts run, the question opens inside the line; else it is a page of its own. What is
written is sent as a form of that page either way, so that what is refused is given back.
"""

from collections.abc import Sequence
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.danish_time import end_of_day
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.overholdelse import missed
from dubu_plugin.store.overholdelse.missed import Overdue
from dubu_plugin.usecases.frist.give_reason import give_reason
from dubu_plugin.usecases.frist.standing import LONGEST, Place
from dubu_plugin.web.door import Door, Visit, anything
from dubu_plugin.web.drawing import FRONT, Page
from dubu_plugin.web.forms import EMPTY, Form, Sent, mark_of
from dubu_plugin.web.min_dag.day_words import WHY_URL

router = APIRouter()

SAID: Final = "grund"
"""What Min dag is asked with, once a reason is kept."""


class NothingOverdue(CaseworkError):
    """No deadline on the line is overdue, or none that is the asker's to see."""

    danish = "Der er ikke noget overskredet på linjen længere. Vis Min dag igen."


@router.get(WHY_URL)
def ask(
    visit: Annotated[Visit, Depends(Door(Act.SEARCH, page="min-dag-grund"))], linje: str = ""
) -> Response:
    """Ask why, or show what was said."""
    return _drawn(visit, linje, ret=bool(visit.request.query_params.get("ret")))


@router.post(WHY_URL)
def explain(visit: Annotated[Visit, Depends(Door(Act.WRITE))], form: Form) -> Response:
    """Keep the reason on every overdue deadline of the line, and go back to Min dag.

    Where some have a reason already, it is put right with the new one.
    """
    bundle = form.one("linje")
    rows = _overdue(visit, bundle)
    unsaid = [row for row in rows if not row.reason]
    try:
        for row in unsaid or rows:
            place = (
                Place("underretning", row.underretning)
                if row.underretning
                else Place("sag", row.sag)
                if row.sag
                else None
            )
            if place is None:
                raise NotYours
            give_reason(row.id, place, form.one("grund"), **visit.means)
    except CaseworkError as no:
        return _drawn(visit, bundle, form.refused(no))
    return RedirectResponse(f"{FRONT}?{urlencode({'sagt': SAID})}", 303)


def _overdue(visit: Visit, bundle: str) -> Sequence[Overdue]:
    """Return what is overdue on the line.

    :raises NothingOverdue: nothing is, or it is not theirs to see.
    """
    with visit.reading() as connection:
        rows = missed.on_line(connection, visit.asker, bundle, visit.now)
    if not rows:
        raise NothingOverdue
    return rows


def _drawn(visit: Visit, bundle: str, sent: Sent = EMPTY, *, ret: bool = False) -> Response:
    rows = _overdue(visit, bundle)
    unsaid = [row for row in rows if not row.reason]
    said = "" if unsaid else rows[0].reason
    values = {
        "titles": [_title(visit, row) for row in unsaid or rows],
        "bundle": bundle,
        "said": said,
        "typed": sent.one("grund") or (said if ret else ""),
        "asks": bool(unsaid or ret or sent.wrong) and bool(anything(visit.asker, Act.WRITE)),
        "again": f"{WHY_URL}?{urlencode({'linje': bundle, 'ret': 'ja'})}",
        "wrong": sent.wrong,
        "longest": LONGEST,
        "owner": mark_of(visit.asker.key),
        "inside": False,
    }
    if visit.request.headers.get("hx-request"):
        return visit.part("min_dag/line_reason_form.html", **{**values, "inside": True})
    page = Page(
        "min_dag/line_reason.html", "Hvorfor blev fristen ikke holdt?", FRONT, values=values
    )
    return visit.form(page, sent)


def _title(visit: Visit, row: Overdue) -> str:
    rules = visit.product.store.rules
    rule = rules.version(row.rule, row.version) or rules.newest(row.rule)
    day = danish.danish_day(row.due)
    whole = row.due == end_of_day(day)
    today = danish.danish_day(visit.now)
    due = danish.list_date(day, today) if whole else danish.list_moment(row.due, visit.now)
    return f"{rule.title if rule else row.rule}: skulle være gjort {danish.unbroken(due)}"
