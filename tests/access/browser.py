"""Browsers: asking an ASGI application directly, from one task, as somebody who is logged in."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

import httpx
from starlette.types import ASGIApp

from dubu_journal import login

SITE: Final = "http://journal.test"


class Line:
    """Hands requests to an application one at a time, all from one task.

    The threads that pages run in live as long as the task they were started from.
    """

    def __init__(self, application: ASGIApp) -> None:
        self.application = application
        self._loop = asyncio.new_event_loop()
        self._waiting: asyncio.Queue[tuple[httpx.Request, asyncio.Future[httpx.Response]]] = (
            asyncio.Queue()
        )
        self._task = self._loop.create_task(self._serve())

    def ask(self, request: httpx.Request) -> httpx.Response:
        """Return the answer; an exception that the application lets out is raised."""
        answer: asyncio.Future[httpx.Response] = self._loop.create_future()
        self._waiting.put_nowait((request, answer))
        return self._loop.run_until_complete(answer)

    def close(self) -> None:
        """End the task and what it holds."""
        self._task.cancel()
        self._loop.run_until_complete(asyncio.gather(self._task, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _serve(self) -> None:
        while True:
            request, answer = await self._waiting.get()
            try:
                answer.set_result(await self._answered(request))
            except Exception as fault:
                answer.set_exception(fault)

    async def _answered(self, request: httpx.Request) -> httpx.Response:
        body = iter([request.read()])
        said: list[Any] = []

        async def receive() -> dict[str, Any]:
            part = next(body, None)
            if part is None:  # the browser waits for the answer
                await asyncio.Event().wait()
            return {"type": "http.request", "body": part, "more_body": False}

        async def send(message: Any) -> None:
            said.append(message)

        path, _, query = request.url.raw_path.partition(b"?")
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1",
            "method": request.method, "scheme": "http", "root_path": "",
            "path": unquote(path.decode()), "raw_path": path, "query_string": query,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "server": ("journal.test", 80), "client": ("127.0.0.1", 1),
        }  # fmt: skip
        await self.application(scope, receive, send)
        content = b"".join(message.get("body", b"") for message in said[1:])
        return httpx.Response(said[0]["status"], headers=said[0]["headers"], content=content)


@dataclass
class Browser:
    """Asks the application as somebody's browser would. Where an answer leads is not followed."""

    line: Line
    user: str | None
    token: str | None

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Return the answer to a look."""
        return self.ask("GET", path, **more)

    def post(self, path: str, data: Any = None, **more: Any) -> httpx.Response:
        """Return the answer to a form."""
        return self.ask("POST", path, data=data or {}, **more)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Return the answer.

        :param headers: beside what a browser sends of itself; None takes one of those away.
        """
        headers = {"Sec-Fetch-Site": "same-origin", **(more.pop("headers", None) or {})}
        if self.token:
            headers.setdefault("Cookie", f"{login.COOKIE}={self.token}")
        sent = {name: value for name, value in headers.items() if value is not None}
        return self.line.ask(httpx.Request(method, f"{SITE}{path}", headers=sent, **more))
