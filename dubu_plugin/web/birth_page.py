"""Registrér fødslen: an expected child is born, and the case begins to count its age."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, decide
from dubu_plugin.domain.cpr import Cpr, NotACpr
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import access, sag_panel
from dubu_plugin.store.access import NotYours
from dubu_plugin.usecases.sag.register_birth import (
    Birth,
    BirthNotClear,
    NotExpected,
    register_birth,
)
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form, Sent
from dubu_plugin.web.naming import child_title
from dubu_plugin.web.sag_page import TAB
from dubu_plugin.web.typed_time import day_of

router = APIRouter()

URL: Final = "/dubu/sag/{sag}/foedsel"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader) -> Response:
    """Show the form, filled in with the due date where that is behind us."""
    return _drawn(visit)


@router.post(URL)
def save(visit: Writer, sent: Form) -> Response:
    """Register the birth."""
    try:
        birth = _read(sent)
        register_birth(
            visit.subject, birth, product=visit.product, asker=visit.asker, now=visit.now
        )
    except NotYours:
        raise
    except BirthNotClear as no:
        return _drawn(visit, sent, {no.field: no.for_people()})
    except NotExpected:
        pass
    except CaseworkError as no:
        return _drawn(visit, sent, {"cpr": no.for_people()})
    return RedirectResponse(f"/dubu/sag/{visit.subject}", status_code=303)


def _read(sent: Sent) -> Birth:
    try:
        born = day_of(sent.one("foedt"))
    except ValueError:
        raise BirthNotClear("foedt", "Skriv den dag, barnet er født.") from None
    number = sent.one("cpr")
    try:
        return Birth(sent.one("navn"), born, Cpr.parse(number) if number else None)
    except NotACpr:
        raise BirthNotClear("cpr", "Skriv de ti cifre, eller lad feltet stå tomt.") from None


def _drawn(visit: Visit, sent: Sent | None = None, wrong: dict[str, str] | None = None) -> Response:
    today = danish.danish_day(visit.now)
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        about = access.subject(connection, visit.asker, "sag", visit.subject)
    may_write = about is not None and bool(decide(visit.asker, Act.WRITE, about))
    if not may_write or head.born is not None or head.termin is None:
        return RedirectResponse(f"/dubu/sag/{visit.subject}", status_code=303)
    values: dict[str, Any] = {
        "url": f"/dubu/sag/{visit.subject}",
        "child": child_title(head.child_name, head.termin),
        "termin": danish.unbroken(danish.long_date(head.termin)),
        "name": sent.one("navn") if sent else "",
        "born": sent.one("foedt") if sent else min(head.termin, today).isoformat(),
        "cpr": sent.one("cpr") if sent else "",
        "today": today.isoformat(),
        "wrong": wrong or {},
    }
    page = Page("birth.html", "Registrér fødslen", case=head.host_key, tab=TAB, values=values)
    return visit.page(page, 422 if wrong else 200)
