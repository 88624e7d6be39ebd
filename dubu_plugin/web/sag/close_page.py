"""Afslut sagen: which duties are not done, and why the case can be closed all the same; or open a
closed one again."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.errors import CaseworkError, FieldRefused
from dubu_plugin.store.indsats.running import running
from dubu_plugin.store.sag import sag_panel, sager
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.usecases.frist.close_case_duties import Duty, OpenDuties, open_duties
from dubu_plugin.usecases.frist.standing import NoReason
from dubu_plugin.usecases.sag.close_case import (
    IsClosed,
    close_case,
    planned,
    planned_words,
    running_words,
)
from dubu_plugin.usecases.sag.reopen_case import IsOpen, reopen_case
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import EMPTY, Form, Sent
from dubu_plugin.web.sag.close_left import left_on
from dubu_plugin.web.sag.page import TAB

router = APIRouter()

URL: Final = "/dubu/sag/{sag}/afslut"
REOPEN: Final = "/dubu/sag/{sag}/genaabn"
LEFT: Final = "Skriv, hvorfor sagen afsluttes, selv om der er pligter tilbage."
WHY_OPEN: Final = "Skriv, hvorfor sagen åbnes igen."

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]


@router.get(URL)
def show(visit: Reader) -> Response:
    """Show what is left, and the form."""
    return _drawn(visit)


@router.post(URL)
def close(visit: Writer, sent: Form) -> Response:
    """Close the case."""
    reason = sent.one("grund")
    try:
        close_case(visit.subject, reason, **visit.means)
    except OpenDuties:
        return _drawn(visit, sent.refused(FieldRefused("grund", LEFT)))
    except IsClosed:
        pass
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no, at="grund"))
    return RedirectResponse(f"/dubu/sag/{visit.subject}", status_code=303)


@router.post(REOPEN)
def reopen(visit: Writer, sent: Form) -> Response:
    """Open a closed case again."""
    reason = sent.one("grund")
    try:
        reopen_case(visit.subject, reason, **visit.means)
    except IsOpen:
        pass
    except NoReason:
        return _drawn(visit, sent.refused(FieldRefused("grund", WHY_OPEN)))
    except CaseworkError as no:
        return _drawn(visit, sent.refused(no, at="grund"))
    return RedirectResponse(f"/dubu/sag/{visit.subject}", status_code=303)


def _drawn(visit: Visit, sent: Sent = EMPTY) -> Response:
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        duties = open_duties(connection, visit.product.store.rules, visit.subject)
        runs = running(connection, visit.subject)
        waits = planned(connection, visit.subject)
        left = left_on(connection, visit, head)
        may_write = visit.may(connection, Act.WRITE)
    values: dict[str, Any] = {
        "url": f"/dubu/sag/{visit.subject}",
        "duties": [(duty.title, law_words(duty.law), _by(duty)) for duty in duties],
        "may_write": may_write,
        "may_close": may_write and head.phase != sager.CLOSED and not runs and not waits,
        "may_reopen": may_write and head.phase == sager.CLOSED,
        "runs": running_words(runs),
        "planned": planned_words(waits),
        "left": left,
        "closed": head.phase == sager.CLOSED,
        "typed": sent.one("grund"),
    }
    title = "Åbn sagen igen" if values["closed"] else "Afslut sagen"
    page = Page("sag/close.html", title, case=head.host_key, tab=TAB, values=values)
    return visit.form(page, sent)


def _by(duty: Duty) -> str:
    if duty.due is None:
        return "uden dato"
    return danish.unbroken(f"senest {danish.long_date(danish.danish_day(duty.due))}")
