"""Logging in and out, and the page about oneself."""

import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dubu_journal import login as sessions
from dubu_journal import users
from dubu_journal.users import User
from dubu_journal.web.desk import Desk
from dubu_journal.web.forms import Form
from dubu_journal.web.visit import Visit

FIELDS: Final = 10
LARGEST_FIELD: Final = 4096
"""In bytes: what somebody we do not know yet may send."""

Endpoint = Callable[[Request], Awaitable[Response]]


def login(desk: Desk) -> Endpoint:
    """Return what answers at the page where one logs in."""

    async def endpoint(request: Request) -> Response:
        if request.method != "POST":
            return await run_in_threadpool(_ask, desk, request, Form())
        try:
            async with request.form(max_fields=FIELDS, max_part_size=LARGEST_FIELD) as data:
                return await run_in_threadpool(_let_in, desk, request, Form.sent(data))
        except MultiPartException:
            return await run_in_threadpool(_let_in, desk, request, Form())

    return endpoint


def logout(desk: Desk) -> Endpoint:
    """Return what ends the session. Whoever has none is sent to log in too."""

    def leave(request: Request) -> Response:
        token = sessions.token(request.headers, request.cookies)
        if token:
            with desk.host.database.writing() as connection:
                sessions.end(connection, token)
        answer = RedirectResponse("/log-ind?ud=1", HTTPStatus.SEE_OTHER)
        answer.delete_cookie(
            sessions.COOKIE, secure=desk.choices.secure, httponly=True, samesite="lax"
        )
        return answer

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(leave, request)

    return endpoint


def me(visit: Visit) -> Response:
    """Show who I am to the journal: unit, roles, and what is kept about my session."""
    with visit.reading() as connection:
        titles = {unit.key: unit.title for unit in users.every_unit(connection)}
    seen = sorted(titles[unit] for unit in visit.viewer.units if unit in titles)
    return visit.page("me.html", unit=titles.get(visit.user.unit or "", ""), seen=seen)


def _ask(desk: Desk, request: Request, form: Form) -> Response:
    with desk.host.database.reading() as connection:
        everybody = [user for user in users.every_user(connection) if user.active]
        titles = {unit.key: unit.title for unit in users.every_unit(connection)}
    html = desk.pages.draw(
        "login.html",
        form=form,
        units=_by_unit(everybody, titles),
        password=desk.choices.password is not None,
        municipality=desk.choices.municipality,
        training=desk.choices.training,
        to=_inside(form.values.get("til") or request.query_params.get("til", "")),
        out="ud" in request.query_params,
    )
    return HTMLResponse(html, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)


def _let_in(desk: Desk, request: Request, form: Form) -> Response:
    with desk.host.database.reading() as connection:
        user = _chosen(connection, form)
    if desk.choices.password is not None:
        typed = form.text("kode", "Skriv adgangskoden.")
        if typed and not secrets.compare_digest(typed.encode(), desk.choices.password.encode()):
            form.fail("kode", "Adgangskoden passer ikke. Prøv igen.")
    if user is None or not form.ok:
        return _ask(desk, request, form)
    with desk.host.database.writing() as connection:
        token = sessions.start(connection, user.key, desk.clock())
    answer = RedirectResponse(_inside(form.values.get("til", "")), HTTPStatus.SEE_OTHER)
    lasts = int(sessions.LASTS.total_seconds())
    answer.set_cookie(
        sessions.COOKIE,
        token,
        max_age=lasts,
        secure=desk.choices.secure,
        httponly=True,
        samesite="lax",
    )
    return answer


def _chosen(connection: sa.Connection, form: Form) -> User | None:
    login = form.text("bruger", "Vælg, hvem du er.")
    user = users.by_login(connection, login) if login else None
    if login and (user is None or not user.active):
        form.fail("bruger", "Brugeren findes ikke. Vælg en på listen.")
        return None
    return user


def _by_unit(everybody: list[User], titles: dict[str, str]) -> dict[str, list[User]]:
    """Return the users under the titles of their units, in the order of the alphabet."""
    sorted_: dict[str, list[User]] = {title: [] for title in sorted(titles.values())}
    for user in everybody:
        sorted_.setdefault(titles.get(user.unit or "", "Uden enhed"), []).append(user)
    return {title: people for title, people in sorted_.items() if people}


def _inside(path: str) -> str:
    """Return a path of our own to go on to; an address elsewhere is not followed."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if plain and path.isprintable() else "/"
