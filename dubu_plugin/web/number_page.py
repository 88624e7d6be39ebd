"""Skriv CPR-nummer og navn: a child whose case has no number gets it, and keeps its case."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, decide
from dubu_plugin.domain.cpr import Cpr, NotACpr
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import access, sag_panel
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.personer import UNKNOWN_CHILD
from dubu_plugin.usecases.sag.register_birth import Birth, BirthNotClear
from dubu_plugin.usecases.sag.register_number import HasANumber, register_number
from dubu_plugin.web.child_card import lacks_number
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form, Sent
from dubu_plugin.web.sag_page import TAB
from dubu_plugin.web.typed_time import day_of

router = APIRouter()

URL: Final = "/dubu/sag/{sag}/cpr-nummer"

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader) -> Response:
    """Show the form, with the name and the day of birth as they are known."""
    return _drawn(visit)


@router.post(URL)
def save(visit: Writer, sent: Form) -> Response:
    """Write the number."""
    try:
        register_number(
            visit.subject, _read(sent), product=visit.product, asker=visit.asker, now=visit.now
        )
    except NotYours:
        raise
    except BirthNotClear as no:
        return _drawn(visit, sent, {no.field: no.for_people()})
    except HasANumber:
        pass
    except CaseworkError as no:
        return _drawn(visit, sent, {"cpr": no.for_people()})
    return RedirectResponse(f"/dubu/sag/{visit.subject}", status_code=303)


def _read(sent: Sent) -> Birth:
    try:
        cpr = Cpr.parse(sent.one("cpr"))
    except NotACpr:
        raise BirthNotClear("cpr", "Skriv barnets CPR-nummer, ti cifre.") from None
    day = sent.one("foedt")
    try:
        born = day_of(day) if day else cpr.born
    except ValueError:
        raise BirthNotClear("foedt", "Skriv den dag, barnet er født, eller lad feltet stå tomt.") \
            from None  # fmt: skip
    return Birth(sent.one("navn"), born, cpr)


def _drawn(visit: Visit, sent: Sent | None = None, wrong: dict[str, str] | None = None) -> Response:
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        about = access.subject(connection, visit.asker, "sag", visit.subject)
    may_write = about is not None and bool(decide(visit.asker, Act.WRITE, about))
    if not may_write or not lacks_number(head):
        return RedirectResponse(f"/dubu/sag/{visit.subject}", status_code=303)
    known = "" if head.child_name.startswith(UNKNOWN_CHILD) else head.child_name
    values: dict[str, Any] = {
        "url": f"/dubu/sag/{visit.subject}",
        "child": head.child_name,
        "name": sent.one("navn") if sent else known,
        "cpr": sent.one("cpr") if sent else "",
        "born": sent.one("foedt") if sent else head.born.isoformat() if head.born else "",
        "today": danish.danish_day(visit.now).isoformat(),
        "wrong": wrong or {},
    }
    page = Page("number.html", "Skriv CPR-nummer og navn", case=head.host_key, tab=TAB,
                values=values)  # fmt: skip
    return visit.page(page, 422 if wrong else 200)
