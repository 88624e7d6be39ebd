"""How the pages become one application: who answers at which address, and what comes before."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from dubu_journal import access, login
from dubu_journal.refusals import NotThere, Refusal
from dubu_journal.web import (
    address_pages,
    calendar_pages,
    case_pages,
    document_pages,
    drawing,
    front_page,
    guards,
    login_pages,
    note_pages,
    party_pages,
    post_pages,
    read_pages,
    reminder_pages,
    search_page,
)
from dubu_journal.web.desk import Desk
from dubu_journal.web.forms import Form
from dubu_journal.web.visit import Visit

View = Callable[..., Response]
"""A page: a function from a visit, and the ids in the address, to an answer."""

FIELDS: Final = 200
LARGEST_ID: Final = 2**63 - 1
"""The largest number the database can hold; an address with a larger one names nothing."""
FORM_EXTRA: Final = 4 * 1024 * 1024
"""How much larger a form may be than the largest file, in bytes."""

PAGES: Final[dict[str, View]] = {
    "/": front_page.show,
    "/sager": case_pages.listed,
    "/sager/ny": case_pages.new,
    "/sager/{case_id:int}": case_pages.overview,
    "/sager/{case_id:int}/ret": case_pages.change,
    "/sager/{case_id:int}/fane/{key}": case_pages.plugin_tab,
    "/sager/{case_id:int}/dokumenter": document_pages.listed,
    "/sager/{case_id:int}/dokumenter/nyt": document_pages.new,
    "/sager/{case_id:int}/journal": note_pages.show,
    "/sager/{case_id:int}/parter": party_pages.show,
    "/sager/{case_id:int}/parter/ny": party_pages.new,
    "/sager/{case_id:int}/erindringer": reminder_pages.show,
    "/sager/{case_id:int}/kalender": calendar_pages.on_case,
    "/sager/{case_id:int}/laesninger": read_pages.show,
    "/dokumenter/{document_id:int}": document_pages.show,
    "/filer/{file_id:int}": document_pages.fetch,
    "/adressebog": address_pages.search,
    "/adressebog/ny": address_pages.new,
    "/adressebog/{contact_id:int}": address_pages.show,
    "/adressebog/{contact_id:int}/ret": address_pages.change,
    "/kalender": calendar_pages.mine,
    "/post": post_pages.incoming,
    "/post/udgaaende": post_pages.outgoing,
    "/post/{post_id:int}": post_pages.show,
    "/post/{post_id:int}/original": post_pages.original,
    "/post/udgaaende/{post_id:int}": post_pages.sent,
    "/soeg": search_page.show,
    "/mig": login_pages.me,
}
"""Every page for somebody who is logged in. It answers GET, and POST where it has a form."""


FOR_READERS: Final = frozenset({"/soeg", "/adressebog", "/kalender"})
"""Where somebody who only reads sends a form: to find something, or for their own calendar."""
FORMS: Final = ("/ny", "/nyt", "/ret")
"""How the address of a page ends that is nothing but a form to change something."""
READS_ONLY: Final = "Du kan læse sagerne, men ikke ændre noget i dem."


def client(
    desk: Desk,
    *,
    on_start: Callable[[], Awaitable[None]],
    on_stop: Callable[[], Awaitable[None]],
) -> ASGIApp:
    """Return the whole client with the plugins' own pages in it.

    :param on_start: done before the first request; an exception keeps the client from starting.
    :param on_stop: done after the last.
    """

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        await on_start()
        try:
            yield
        finally:
            await on_stop()

    routes = [
        Route("/log-ind", login_pages.login(desk), methods=["GET", "POST"]),
        Route("/log-ud", login_pages.logout(desk), methods=["POST"]),
        Route(f"{drawing.PLACE}/{{mark}}/{{name}}", desk.pages.fetch),
        *(Route(path, _page(desk, view), methods=["GET", "POST"]) for path, view in PAGES.items()),
        Route("/{rest:path}", _page(desk, _no_page)),
    ]
    inner: ASGIApp = Router(routes, lifespan=lifespan)
    limited = guards.Limited(inner, desk.choices.largest_file + FORM_EXTRA)
    whole = guards.Prefixed(limited, desk.plugins.mounted())
    return guards.Guarded(desk.plugins.around(whole), desk.choices.hosts)


def _page(desk: Desk, view: View) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        known = request.method == "POST" and await run_in_threadpool(_is_known, desk, request)
        if not known:  # what somebody we do not know has sent is not read
            return await run_in_threadpool(_answer, desk, view, request, Form())
        try:
            async with request.form(max_fields=FIELDS, max_part_size=FORM_EXTRA) as data:
                return await run_in_threadpool(_answer, desk, view, request, Form.sent(data))
        except MultiPartException:
            return await run_in_threadpool(_answer, desk, _unreadable, request, Form())

    return endpoint


def _is_known(desk: Desk, request: Request) -> bool:
    token = login.token(request.headers, request.cookies)
    with desk.host.database.reading() as connection:
        return login.who(connection, token, desk.clock()) is not None


def _answer(desk: Desk, view: View, request: Request, form: Form) -> Response:
    now, token = desk.clock(), login.token(request.headers, request.cookies)
    with desk.host.database.reading() as connection:
        user = login.who(connection, token, now)
        viewer = None if user is None else access.viewer_of(connection, user)
    if user is None or viewer is None:
        return _logged_out(desk) if request.method == "POST" else _to_login(request)
    login.seen(desk.host.database, token, now)
    visit = Visit(desk, request, user, viewer, now, form)
    if any(isinstance(one, int) and one > LARGEST_ID for one in request.path_params.values()):
        return _no_page(visit)
    if viewer.only_reads and visit.posts and request.url.path not in FOR_READERS:
        return visit.page("refused.html", status=HTTPStatus.FORBIDDEN, sentence=READS_ONLY)
    if viewer.only_reads and request.url.path.endswith(FORMS):
        return _no_page(visit)
    try:
        return view(visit, **request.path_params)
    except NotThere:
        return _no_page(visit)
    except Refusal as no:
        return visit.page("refused.html", status=HTTPStatus.CONFLICT, sentence=no.danish)


def _to_login(request: Request) -> Response:
    """Send the browser to log in, and back here afterwards."""
    back = request.url.path
    address = "/log-ind" if back == "/" else f"/log-ind?til={quote(back)}"
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _logged_out(desk: Desk) -> Response:
    """Answer a form that came too late: the browser still holds it, and sends it when reloaded."""
    html = desk.pages.draw("logged_out.html", municipality=desk.choices.municipality)
    return HTMLResponse(html, HTTPStatus.UNAUTHORIZED)


def _no_page(visit: Visit, **_: object) -> Response:
    return visit.page("not_there.html", status=HTTPStatus.NOT_FOUND)


def _unreadable(visit: Visit, **_: object) -> Response:
    sentence = "Formularen kunne ikke læses. Gå tilbage, og send den igen."
    return visit.page("refused.html", status=HTTPStatus.BAD_REQUEST, sentence=sentence)
