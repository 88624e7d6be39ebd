"""What every answer says to the browser, and which requests are turned away before they are read.

Source: OWASP ASVS 5.0, chapters 3 (web frontend security) and 14 (data protection).
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()

TOO_LARGE: Final = "Det er for stort til at blive gemt. Gå tilbage, og vælg en mindre fil."
FAULT: Final = "Der skete en fejl hos os, og den er noteret. Gå tilbage, og prøv igen."
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
STATIC: Final = "/dubu/static/"
ONE_YEAR: Final = "public, max-age=31536000, immutable"


def policy(embedders: Sequence[str]) -> str:
    """Return the content security policy: our own origin, and nothing inline.

    :param embedders: origins besides our own that may show our pages in a frame.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            " ".join(("frame-ancestors 'self'", *embedders)),
        )
    )


class Guarded:
    """An application whose answers carry the headers, and which no other site can post to.

    No fault leaves it: whoever serves it would log what the fault says, and that may be about
    somebody.
    """

    def __init__(self, inner: ASGIApp, *, largest: int, embedders: Sequence[str] = ()) -> None:
        """Stand in front of an application.

        :param largest: the size of the largest form, in bytes.
        """
        self.inner = RequestBodyLimitMiddleware(inner, largest)
        self.largest = largest
        self.policy = policy(embedders)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return

        begun = ended = False

        async def with_headers(message: Message) -> None:
            nonlocal begun, ended
            if message["type"] == "http.response.start":
                begun = True
                self._add_to(MutableHeaders(scope=message), scope["path"])
            ended = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal is not None:
            await refusal(scope, receive, with_headers)
            return
        try:
            await self.inner(scope, receive, with_headers)
        except Exception as fault:
            if ended:  # it is logged and answered already
                return
            log.error("answer_cut_off", error=type(fault).__name__)
            if begun:
                raise ConnectionError("the answer was cut off") from None
            await PlainTextResponse(FAULT, 500)(scope, receive, with_headers)

    def _refusal(self, method: str, headers: Headers) -> PlainTextResponse | None:
        """Return what turns a request away before it is read; None for most."""
        if method not in SAFE_METHODS and not _from_ourselves(headers):
            return PlainTextResponse("Formularen kom fra en anden side og er ikke gemt.", 403)
        length = headers.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length) > self.largest:
            return PlainTextResponse(TOO_LARGE, 413)
        return None

    def _add_to(self, headers: MutableHeaders, path: str) -> None:
        headers.setdefault("Content-Security-Policy", self.policy)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        # What shows people is never kept by the browser or anything on the way.
        headers.setdefault("Cache-Control", ONE_YEAR if path.startswith(STATIC) else "no-store")


def _from_ourselves(headers: Headers) -> bool:
    """Tell whether one of our own pages sent the request.

    Browsers say so themselves; one too old for that sends Origin. What says neither is turned
    away.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")
