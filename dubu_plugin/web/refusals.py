"""What is said where a page cannot be shown or a form not saved. What was typed is given back.

A form that was not taken comes back in the answer, to be sent again from there: it works without
JavaScript, leaves nothing in an address, and nothing is kept on the server of somebody it does not
know. Only who wrote it can send it again, and nobody else sees it (`forms.OWNER`). A part of a page
gets one sentence.
"""

import re
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote
from uuid import UUID

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from dubu_plugin.app import Product
from dubu_plugin.errors import CaseworkError, DubuError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.failures import StorageError, StorageFull
from dubu_plugin.store.underretning.given_up import was_given_up_by
from dubu_plugin.web.door import NotLoggedIn
from dubu_plugin.web.drawing import FRONT, GIVEN_BACK, Drawing, Page
from dubu_plugin.web.forms import NotReadable, Sent, UnknownButton, WrittenByAnother, sent_anyway
from dubu_plugin.web.ways import asker_with, menu_of

log = structlog.get_logger()

NOT_THERE: Final = "Den findes ikke, eller du har ikke adgang. Søg igen, eller spørg din leder."
LOST: Final = (
    "Du kan ikke arbejde med den. Den ligger nu i enheden, hvor en kollega tager den, og fristen "
    "løber."
)
IN_INTAKE: Final = re.compile(
    r"/dubu/indgang/(?P<underretning>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/|$)"
)
CANNOT_BE_SHOWN: Final = "Siden kan ikke vises"
NOT_SAVED: Final = "Det er ikke gemt"
FULL: Final = (
    "Der er ikke plads på disken, så intet er gemt endnu. Det skrevne står her. Lad siden stå "
    "åben, sig det til it-afdelingen, og gem igen, når der er ryddet op."
)
FULL_DRAFT: Final = (
    "Der er ikke plads på disken, så det skrevne er ikke gemt. Lad siden stå åben, og sig det til "
    "it-afdelingen."
)
FULL_PAGE: Final = (
    "Der er ikke plads på disken, og siden vises først, når det kan noteres, hvem der ser den. "
    "Sig det til it-afdelingen."
)
LOGGED_OUT: Final = (
    "Du er logget ud, så intet er gemt endnu. Det skrevne ligger på siden her og vises ikke, før "
    "det er gemt."
)
LOG_IN: Final = Markup(
    'Du er logget ud. <a href="{}" target="_blank">Log ind i en ny fane</a>, og gem så her.'
)


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A form that was not taken, on the page that says so."""

    action: str
    hidden: list[tuple[str, str]] = field(repr=False)
    texts: list[tuple[str, str]] = field(repr=False)
    """What was written, to be seen: the rest of the form goes along unseen."""
    files: bool
    """Whether there were files, which no page can give back."""


def not_readable(no: StorageError) -> str:
    """Return why a page cannot be shown that is only shown once the reading of it is logged."""
    return FULL_PAGE if isinstance(no, StorageFull) else no.for_people()


def handle(app: FastAPI) -> None:
    """Have an application answer with these."""
    for nothing in (NotYours, 404, 405, RequestValidationError):
        app.add_exception_handler(nothing, _not_yours)
    app.add_exception_handler(NotLoggedIn, _not_logged_in)
    app.add_exception_handler(CaseworkError, _casework)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _fault)


def _gone(_request: Request, _error: Exception) -> Response:
    """Answer nobody: whoever sent a form left before it was here. It is no fault of ours."""
    return Response(status_code=400)


async def _not_yours(request: Request, _error: Exception) -> Response:
    """Say the same whether there is no such page or it is somebody else's.

    But whoever had an underretning until it went back to its unit knows of it, and is told.
    """
    if not await run_in_threadpool(_is_lost, request):
        return await run_in_threadpool(_said, request, CANNOT_BE_SHOWN, 404, NOT_THERE)
    form = None if request.method == "GET" else await sent_anyway(request)
    return await run_in_threadpool(_lost, request, form)


def _is_lost(request: Request) -> bool:
    found = IN_INTAKE.match(request.url.path)
    if found is None:
        return False
    product: Product = request.app.state.product
    employee = _employee(request)
    if employee is None:
        return False
    with product.store.read() as connection:
        return was_given_up_by(connection, employee, UUID(found["underretning"]))


def _lost(request: Request, form: Sent | None) -> Response:
    """Say where an underretning is now, and give back what was typed."""
    if _is_part(request):
        drawing: Drawing = request.app.state.drawing
        product: Product = request.app.state.product
        part = drawing.part("lost_part.html", product.clock(), sentence=LOST)
        return HTMLResponse(part, 404)
    fields = form.fields.values() if form is not None else ()
    texts = [value for values in fields for value in values if _written(value)]
    values = {"sentence": LOST, "texts": texts, "ways": _ways(request)}
    return _page(request, Page("lost.html", CANNOT_BE_SHOWN, values=values), 404)


async def _not_logged_in(request: Request, _error: Exception) -> Response:
    """Send the browser to the host's login and back; give back what was typed meanwhile."""
    product: Product = request.app.state.product
    login = product.settings.web.login
    if _is_part(request):
        return HTMLResponse(LOG_IN.format(f"{login}?til={quote(FRONT)}"), 401)
    if request.method == "GET":
        return RedirectResponse(f"{login}?til={quote(request.url.path)}", status_code=303)
    form = await sent_anyway(request)
    if form is None:
        return RedirectResponse(f"{login}?til={quote(FRONT)}", status_code=303)
    return await run_in_threadpool(
        _given_back,
        request,
        form,
        401,
        LOGGED_OUT,
        login=f"{login}?til={quote(FRONT)}",
        seen=False,
    )


async def _casework(request: Request, error: Exception) -> Response:
    assert isinstance(error, CaseworkError)
    full = isinstance(error, StorageFull)
    if full:
        log.error("storage_full")
    if _is_part(request):
        return _said(request, "", 409, FULL_DRAFT if full else error.for_people())
    if request.method == "GET":
        if isinstance(error, StorageError):
            return await run_in_threadpool(
                _said, request, CANNOT_BE_SHOWN, 503, not_readable(error)
            )
        return await run_in_threadpool(_said, request, NOT_SAVED, 409, error.for_people())
    form = None if isinstance(error, NotReadable) else await sent_anyway(request)
    if form is None:
        return await run_in_threadpool(_said, request, NOT_SAVED, 409, error.for_people())
    sentence = FULL if full else error.for_people()
    seen = not isinstance(error, WrittenByAnother)
    status = 422 if isinstance(error, UnknownButton) else 409
    return await run_in_threadpool(_given_back, request, form, status, sentence, seen=seen)


def _fault(request: Request, error: Exception) -> Response:
    """Log where it went wrong, never what was being worked on, and say it plainly."""
    places = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-6:]
    ]
    known = str(error) if isinstance(error, DubuError) else ""
    log.error("page_failed", error=type(error).__name__, detail=known, places=places)
    return _said(
        request,
        "Noget gik galt hos os",
        500,
        "Det, du skrev, ligger som kladde, hvis feltet nåede at blive gemt. Prøv igen om lidt. "
        "Sig det til it-driften, hvis det bliver ved.",
    )


def _is_part(request: Request) -> bool:
    """Tell whether the answer is put into a page that is open already."""
    return bool(request.headers.get("hx-request"))


def _said(request: Request, heading: str, status: int, sentence: str) -> Response:
    if _is_part(request):
        return HTMLResponse(Markup.escape(sentence), status)
    # The way out must open to whoever stands there.
    values = {"sentence": sentence, "ways": _ways(request)}
    return _page(request, Page("said.html", heading, values=values), status)


def _ways(request: Request) -> Sequence[tuple[str, str]]:
    product: Product = request.app.state.product
    employee = _employee(request)
    found = product.ports.identity.employee(employee) if employee else None
    return [] if found is None else menu_of(asker_with(found.key, found.roles))


def _given_back(
    request: Request,
    form: Sent,
    status: int,
    sentence: str,
    *,
    login: str = "",
    seen: bool = True,
) -> Response:
    """Give a form back.

    :param seen: whether what was written is shown; whoever is at the browser now may be another.
    """
    every = [(name, value) for name, values in form.fields.items() for value in values]
    back = GivenBack(
        action=request.url.path,
        hidden=[(name, value) for name, value in every if not _written(value)],
        texts=[(name, value) for name, value in every if _written(value)],
        files=bool(form.files),
    )
    values = {"sentence": sentence, "back": back, "login": login, "seen": seen}
    heading = "Du er logget ud" if login else NOT_SAVED
    return _page(request, Page(GIVEN_BACK, heading, values=values), status)


def _written(value: str) -> bool:
    """Tell a text somebody wrote from what a form carries along: keys, choices, dates."""
    return " " in value.strip() or "\n" in value


def _page(request: Request, page: Page, status: int) -> Response:
    product: Product = request.app.state.product
    drawing: Drawing = request.app.state.drawing
    employee = _employee(request) or ""
    return drawing.page(
        page, request=request, employee=employee, now=product.clock(), status=status
    )


def _employee(request: Request) -> str | None:
    """Return who is at the browser. The host is asked once, however many parts the answer has."""
    if not hasattr(request.state, "refused"):
        product: Product = request.app.state.product
        request.state.refused = product.ports.identity.who(request.headers, request.cookies)
    found: str | None = request.state.refused
    return found
