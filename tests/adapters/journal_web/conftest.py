"""The client over a small municipality, as different people see it."""

import asyncio
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from dubu_journal import login
from dubu_journal.hookspecs import hookimpl
from dubu_journal.host import Host
from dubu_journal.serving import EmbeddedWeb
from dubu_plugin.settings import Settings


@dataclass
class ExamplePlugin:
    """A plugin that uses every hook, and can be told to fail."""

    closed: set[str] = field(default_factory=set)
    """Keys of the cases it keeps closed to everybody."""
    opened: set[str] = field(default_factory=set)
    """Keys of the cases it says are open to everybody."""
    broken: bool = False
    deaf: bool = False
    """Whether it fails when it is told of a changed case."""
    takes_post: bool = True
    styled: bool = True
    """Whether it asks for a style sheet, which is not there."""
    hits: Sequence[Mapping[str, str]] = (
        {"title": "Fundet af tilføjelsen", "url": "/eksempel/1", "detail": "en frist"},
    )
    """What a search finds."""
    heard: list[str] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)
    """Set when something comes in besides what lay there."""

    @hookimpl
    def journal_start(self, settings_file: str) -> None:
        self.heard.append(f"start {Path(settings_file).name}")

    @hookimpl
    def journal_started(self) -> None:
        self.heard.append("started")

    @hookimpl
    def journal_stopping(self) -> None:
        self.heard.append("stopping")

    @hookimpl
    def journal_menu(self, user: str) -> Sequence[Mapping[str, object]]:
        self._fail()
        return [
            {"title": "Min dag", "url": "/", "count": 10},
            {"title": "Indgang", "url": "/eksempel/indgang", "count": 3},
        ]

    @hookimpl
    def journal_front_page(self, user: str) -> Sequence[Mapping[str, object]]:
        self._fail()
        wide = "<div class='example'><h2>Frister</h2><p>Bredt indhold</p></div>"
        return [
            {"title": "Frister", "html": wide, "wide": True},
            {"title": "Nyt fra tilføjelsen", "html": "<p>Smalt indhold</p>"},
        ]

    @hookimpl
    def journal_case_tabs(self, case: str, user: str) -> Sequence[Mapping[str, str]]:
        self._fail()
        return [{"key": "barn", "title": "Barn og familie"}]

    @hookimpl
    def journal_case_tab(self, case: str, key: str, user: str) -> str | None:
        self._fail()
        return f"<h2>Panel for {case}</h2>" if key == "barn" else None

    @hookimpl
    def journal_may_open(self, user: str, cases: Sequence[str]) -> Mapping[str, bool]:
        self._fail()
        said = {case: False for case in cases if case in self.closed}
        return said | {case: True for case in cases if case in self.opened}

    @hookimpl
    def journal_post_received(self, post: str) -> bool:
        self.heard.append(f"post {post}")
        if post != "mail-1":
            self.arrived.set()
        self._fail()
        return self.takes_post

    @hookimpl
    def journal_case_changed(self, case: str, user: str, changed: Sequence[str]) -> None:
        self.heard.append(f"{user} changed {', '.join(changed)} of {case}")
        if self.deaf:
            raise ValueError("a name that must reach no log: Alma Testvad")

    @hookimpl
    def journal_daily_tick(self, now: datetime) -> None:
        self.heard.append(f"day {now:%d}")

    @hookimpl
    def journal_mount(self) -> Sequence[tuple[str, ASGIApp]]:
        async def page(scope: Any, receive: Any, send: Any) -> None:
            await PlainTextResponse(f"plugin at {scope['path']}")(scope, receive, send)

        return [("/eksempel", page)]

    @hookimpl
    def journal_head(self) -> str:
        return '<link rel="stylesheet" href="/eksempel/panel.css">' if self.styled else ""

    @hookimpl
    def journal_search(self, user: str, text: str) -> Sequence[Mapping[str, str]]:
        self._fail()
        return self.hits

    def _fail(self) -> None:
        if self.broken:
            raise ValueError("a name that must reach no log: Alma Testvad")


@dataclass
class Browser:
    """A browser that asks the client directly, and follows it where it sends one."""

    app: ASGIApp
    cookies: httpx.Cookies
    headers: dict[str, str] = field(default_factory=lambda: {"Sec-Fetch-Site": "same-origin"})

    @staticmethod
    def nobody() -> httpx.Cookies:
        """Return the cookies of somebody who is not logged in."""
        return httpx.Cookies()

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Return the page."""
        return asyncio.run(self._ask("GET", path, **more))

    def post(self, path: str, data: Mapping[str, str] | None = None, **more: Any) -> httpx.Response:
        """Return what follows when a form is sent."""
        return asyncio.run(self._ask("POST", path, data=data, **more))

    async def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        follow = more.pop("follow_redirects", True)
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.app),
            base_url="http://journal.test",
            cookies=self.cookies,
            headers=self.headers,
            follow_redirects=follow,
        ) as browser:
            answer = await browser.request(method, path, **more)
            self.cookies = browser.cookies
            return answer


@pytest.fixture
def plugin() -> ExamplePlugin:
    """The plugin of the test."""
    return ExamplePlugin()


@pytest.fixture
def client(
    settings: Settings, host: Host, plugin: ExamplePlugin, clock: Callable[[], datetime]
) -> ASGIApp:
    """The whole client, with the plugin in it."""
    return EmbeddedWeb(settings, extra=[plugin], installed=False, clock=clock).asgi()


Browse = Callable[[str], Browser]


@pytest.fixture
def browse(client: ASGIApp, host: Host, clock: Callable[[], datetime]) -> Browse:
    """Return a browser somebody is logged in with."""

    def open_(user: str) -> Browser:
        with host.database.writing() as connection:
            token = login.start(connection, user, clock())
        return Browser(client, httpx.Cookies({login.COOKIE: token}))

    return open_


@pytest.fixture
def karen(browse: Browse) -> Browser:
    """Karen's browser: she is responsible for most cases in Familieafdelingen."""
    return browse("karen")
