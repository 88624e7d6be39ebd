"""Put a line of Min dag off, see what is put off, and tick off what was sent on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final
from urllib.parse import quote

import sqlalchemy as sa
from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.frister.urgency import Days, today_until
from dubu_plugin.store.min_dag import day_heads, udskydelser
from dubu_plugin.store.min_dag import lines as min_dag
from dubu_plugin.store.min_dag.day_heads import SOON
from dubu_plugin.store.min_dag.due_heads import Kind, Scope
from dubu_plugin.store.min_dag.due_query import own, teams
from dubu_plugin.usecases.min_dag.escalate import tick_off
from dubu_plugin.usecases.min_dag.snooze import latest, open_to, snooze, take_back
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import FRONT, Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.min_dag.day_words import PUT_OFF_URL, DueLine, due_line
from dubu_plugin.web.typed_time import day_of

router = APIRouter()

LIST_URL: Final = FRONT + "/udskudte"
MOST: Final = 200

Looking = Annotated[Visit, Depends(Door(Act.SEARCH, page="min-dag-udskudte"))]
Acting = Annotated[Visit, Depends(Door(Act.SEARCH))]


@dataclass(frozen=True, slots=True)
class PutOffLine:
    """A line that is away, with when it is back and why."""

    line: DueLine
    bundle: str
    until: str
    reason: str
    by: str


@router.get(PUT_OFF_URL)
def ask(visit: Looking, linje: str = "") -> Response:
    """Ask until when, and why."""
    return _form(visit, linje)


@router.post(PUT_OFF_URL)
def put_off(visit: Acting, form: Form) -> Response:
    """Put a line off, and go back to Min dag; or say why not, with what was typed."""
    bundle, reason = form.one("linje"), form.one("grund")
    try:
        until = _day(form)
        snooze(bundle, until, reason, **visit.means)
    except CaseworkError as no:
        return _form(visit, bundle, form.refused(no))
    return RedirectResponse(FRONT, 303)


@router.get(LIST_URL)
def listed(visit: Looking, vis: str = "") -> Response:
    """Show what is put off."""
    scope = Scope(vis) if vis in list(Scope) else Scope.MINE
    now, today = visit.now, danish.danish_day(visit.now)
    days = Days(now, today_until(now), today_until(now + SOON))
    with visit.reading() as connection:
        heads = day_heads.heads(connection, visit.asker, days)
        lines = min_dag.lines(
            connection, visit.asker, heads, scope, Kind.ALL, per_page=MOST, put_off=True
        )
        whose = sa.or_(own(visit.asker), teams(visit.asker))
        said = {one.bundle: one for one in udskydelser.put_off(connection, today, whose)}
    drawn = [
        PutOffLine(
            due_line(line, visit.product, today, now),
            line.bundle,
            danish.list_date(found.until, today),
            found.reason,
            found.by,
        )
        for line in lines
        if (found := said.get(line.bundle))
    ]
    page = Page("min_dag/udskudte.html", "Udskudte linjer", FRONT, values={"lines": drawn})
    return visit.page(page)


@router.post(LIST_URL)
def back(visit: Acting, form: Form) -> Response:
    """Have a line there again now."""
    take_back(form.one("linje"), **visit.means)
    return RedirectResponse(FRONT, 303)


@router.post(FRONT + "/set")
def seen(visit: Acting, form: Form) -> Response:
    """Tick off what was sent on."""
    tick_off(form.one("linje"), **visit.means)
    return RedirectResponse(FRONT, 303)


def _day(form: Sent) -> date:
    try:
        return day_of(form.one("dag"))
    except ValueError:
        raise FieldRefused("dag", "Vælg en dag.") from None


def _form(visit: Visit, bundle: str, sent: Sent = EMPTY) -> Response:
    today = danish.danish_day(visit.now)
    with visit.reading() as connection:
        rows = open_to(connection, visit.asker, bundle)
    last = latest(rows, today)
    values = {
        "titles": _titles(visit, rows),
        "bundle": bundle,
        "address": f"{PUT_OFF_URL}?linje={quote(bundle)}",
        "last": danish.list_date(last, today) if last else "",
        "last_day": last.isoformat() if last else "",
        "reason": sent.one("grund"),
        "day": sent.one("dag"),
    }
    page = Page("min_dag/udskyd.html", "Udskyd en linje", FRONT, values=values)
    return visit.form(page, sent)


def _titles(visit: Visit, rows: Sequence[sa.Row[tuple[object, ...]]]) -> list[str]:
    """Return what stands on the line, each with its date."""
    today = danish.danish_day(visit.now)
    found = []
    for one in rows:
        row = one._mapping
        rule = visit.product.store.rules.version(row["rule"], row["rule_version"])
        when = danish.list_date(danish.danish_day(row["due"]), today) if row["due"] else "uden dato"
        found.append(f"{rule.title} ({rule.section}): {when}" if rule else f"{row['rule']}: {when}")
    return list(dict.fromkeys(found))
