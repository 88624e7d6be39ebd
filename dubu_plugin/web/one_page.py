"""Holding what a page has asked for as long as the page is made."""

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from dubu_plugin.store.page_memory import one_page

READS: Final = frozenset({"GET", "HEAD"})
"""The requests that change nothing, so that an answer holds for all of the page."""


class OnePage:
    """Pages around which is remembered what each has asked (`store.page_memory`)."""

    def __init__(self, pages: ASGIApp) -> None:
        self._inner = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] not in READS:
            await self._inner(scope, receive, send)
            return
        with one_page():
            await self._inner(scope, receive, send)
