"""What every answer says to the browser, and which requests are turned away before they are read.

Source: OWASP ASVS 5.0, chapters 3 (web frontend security) and 14 (data protection).
"""

import sqlite3
import traceback
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger("dubu_journal")

FAULT: Final = (
    "Der skete en fejl hos os, og den er noteret. Gå tilbage og prøv igen; "
    "bliver den ved, så sig det til driften."
)
FULL: Final = (
    "Der er ikke plads på disken, så intet er gemt, og sager vises ikke, før det kan noteres, "
    "hvem der ser dem. Sig det til it-afdelingen, og prøv igen, når der er ryddet op."
)
STRANGE: Final = (
    "Adressen er ikke en, journalen kender. Brug den adresse, it-afdelingen har givet, eller bed "
    "driften om at skrive den under [web] address i dubu.toml."
)
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Each unless the answer says otherwise itself. What shows people is never kept by a browser."""


class Guarded:
    """An application that no other site can post to, and whose faults say nothing about anybody."""

    def __init__(self, inner: ASGIApp, hosts: Set[str] = frozenset()) -> None:
        """:param hosts: the names it answers to; empty is any."""
        self._inner = inner
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if self._hosts and _host(Headers(scope=scope)) not in self._hosts:
            refusal = PlainTextResponse(STRANGE, 421)
            await refusal(scope, receive, with_headers)
            return
        if scope["method"] not in SAFE and not _from_ourselves(Headers(scope=scope)):
            refusal = PlainTextResponse("Formularen kom fra en anden side og er ikke gemt.", 403)
            await refusal(scope, receive, with_headers)
            return
        try:
            await self._inner(scope, receive, with_headers)
        except ClientDisconnect:
            # Nobody is there to read the answer, and nothing is wrong here.
            await Response(status_code=400)(scope, receive, with_headers)
        except Exception as fault:
            # The message of an exception may hold somebody's data, so only its place is logged.
            log.error("page_failed", fault=type(fault).__name__, at=_place(fault))
            if begun:
                raise ConnectionError("the answer was cut off") from None
            full = _says_full(fault)
            answer = PlainTextResponse(FULL if full else FAULT, 503 if full else 500)
            await answer(scope, receive, with_headers)


def _says_full(fault: Exception) -> bool:
    """Tell whether the disk with the database is full."""
    said = getattr(fault, "orig", None)
    code = getattr(said, "sqlite_errorcode", 0) if isinstance(said, sqlite3.Error) else 0
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)


class Limited:
    """Turns away a form that is larger than what is taken, before it is read.

    One that does not say how large it is, is cut off where it has become too large.
    """

    def __init__(self, inner: ASGIApp, largest: int) -> None:
        self._inner = RequestBodyLimitMiddleware(inner, largest)
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        said = Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        if said.isdigit() and int(said) > self._largest:
            sentence = "Det er for stort til at blive gemt. Gå tilbage, og vælg en mindre fil."
            await PlainTextResponse(sentence, 413)(scope, receive, send)
            return
        await self._inner(scope, receive, send)


class Prefixed:
    """Sends each request to the plugin whose prefix it begins with, else to the client itself."""

    def __init__(self, client: ASGIApp, mounted: Sequence[tuple[str, ASGIApp]]) -> None:
        self._client = client
        self._mounted = [(prefix.rstrip("/"), app) for prefix, app in mounted]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Starting and stopping concerns the client alone."""
        path = scope.get("path", "")
        for prefix, app in self._mounted if scope["type"] == "http" else ():
            if path == prefix or path.startswith(prefix + "/"):
                await app(scope, receive, send)
                return
        await self._client(scope, receive, send)


def _host(headers: Headers) -> str:
    """Return the name a request was sent to, without its port."""
    return urlsplit(f"//{headers.get('host', '')}").hostname or ""


def _from_ourselves(headers: Headers) -> bool:
    """Tell whether a page of ours sent the form; a browser too old to say so is turned away."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}  # "none" is the person themselves, as by a reload
    origin = headers.get("origin") or headers.get("referer")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")


def _place(fault: Exception) -> str:
    frames = traceback.extract_tb(fault.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[:-4:-1])
