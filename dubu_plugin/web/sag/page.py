"""The panel of a case, by our key or the host's, and the few masked things it can show."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from dubu_plugin.domain.access import Act, Decision, decide
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import access, read_log, shown_once
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.usecases.sag.ask_book import ask_book
from dubu_plugin.web.door import Door, Visit, enter
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Form, page_number
from dubu_plugin.web.sag.view import REASONS, panel

router = APIRouter()

TAB: Final = "barn-og-familie"
"""The key of our tab on the host's case page."""

LOOKED_AGAIN: Final = "Adressebogen er spurgt igen. Det, den siger nu, står her."
NO_ANSWER: Final = "Adressebogen svarede ikke, eller den kender ikke barnet. Prøv igen senere."

Reader = Annotated[Visit, Depends(Door(Act.READ, about="sag"))]
Writer = Annotated[Visit, Depends(Door(Act.WRITE, about="sag"))]
Revealer = Annotated[Visit, Depends(Door(Act.REVEAL, about="sag"))]


@router.get("/dubu/sag/{sag}")
def show(visit: Reader, side: int = 1) -> Response:
    """Show the panel."""
    return drawn(visit, page=page_number(side))


@router.get("/dubu/vaert/{host_case}")
def of_host(visit: Annotated[Visit, Depends(Door(Act.SEARCH))], host_case: str) -> Response:
    """Go to the panel of a case of the host's."""
    with visit.reading() as connection:
        sag = sag_panel.by_host_key(connection, host_case)
    if sag is None:
        raise NotYours
    # The way there is closed as the case is, and a try at it is written in the log.
    enter(visit.product, visit.asker.key, Act.READ, about="sag", number=sag)
    return RedirectResponse(f"/dubu/sag/{sag}", status_code=303)


@router.post("/dubu/sag/{sag}/vis-cpr")
def show_cpr(visit: Revealer) -> Response:
    """Have the whole CPR number shown, once."""
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        shown_once.order(work, visit.subject, "cpr")
    return _to_shown(visit)


@router.post("/dubu/sag/{sag}/vis-adresse")
def show_address(visit: Revealer, sent: Form) -> Response:
    """Have the protected address shown, once, to somebody who says why."""
    reason = sent.one("grund")
    if reason not in dict(REASONS):
        wrong = {"grund": "Vælg, hvorfor du skal se adressen."}
        return drawn(visit, errors=wrong, status=422)
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        read_log.add(
            work.connection,
            at=visit.now,
            employee=visit.asker.key,
            act=Act.REVEAL,
            subject_kind="sag",
            subject_id=str(visit.subject),
            decision=Decision(True, f"grund:{reason}"),
            detail="adresse",
        )
        shown_once.order(work, visit.subject, "adresse")
    return _to_shown(visit)


@router.post("/dubu/sag/{sag}/adressebog")
def ask_again(visit: Writer, sent: Form) -> Response:
    """Ask the address book for the child and its family, and show what it says now."""
    try:
        answered = ask_book(visit.subject, **visit.means)
    except CaseworkError as no:
        again = sent.refused(no, at="bog")
        return drawn(visit, errors=dict(again.wrong), status=again.status)
    said, status = (LOOKED_AGAIN, 200) if answered else (NO_ANSWER, 503)
    return drawn(visit, errors={"bog": said}, status=status)


@router.get("/dubu/sag/{sag}/vist")
def shown(visit: Reader) -> Response:
    """Show what was asked for, this once; loaded again it leads to the panel."""
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        reveal = shown_once.take(work, visit.subject)
        about = access.subject(work.connection, visit.asker, "sag", visit.subject)
    if not reveal or about is None or not decide(visit.asker, Act.REVEAL, about):
        return RedirectResponse(f"/dubu/sag/{visit.subject}", status_code=303)
    return drawn(visit, reveal=reveal)


def _to_shown(visit: Visit) -> Response:
    return RedirectResponse(f"/dubu/sag/{visit.subject}/vist", status_code=303)


def drawn(
    visit: Visit,
    *,
    page: int = 1,
    reveal: str = "",
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Draw the panel as a page."""
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        shown = panel(
            connection, visit.product, visit.asker, head, visit.now,
            page=page, reveal=reveal, errors=errors,
        )  # fmt: skip
    drawing = Page(
        "sag/case.html", shown.name, case=head.host_key, tab=TAB, values={"c": shown, "u": None}
    )
    return visit.page(drawing, status)
