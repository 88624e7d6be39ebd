"""The pages of an ordinary day, asked as a browser asks them but without one."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import httpx
import pytest
import sqlalchemy as sa
from starlette.types import ASGIApp

from dubu_plugin.testing import ordinary_day
from dubu_plugin.testing import town as towns
from dubu_plugin.testing.fake_ports import COOKIE, KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web import site

ORIGIN = "https://barn.example"
FROM_OURSELVES = {"sec-fetch-site": "same-origin"}


@dataclass
class Client:
    """Asks the pages directly, as somebody's browser would. Redirects are not followed."""

    pages: ASGIApp
    who: str | None
    headers: Mapping[str, str] = field(default_factory=lambda: FROM_OURSELVES)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def post(self, path: str, data: Any = None, **more: Any) -> httpx.Response:
        return self.ask("POST", path, data=data or {}, **more)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        return asyncio.run(self._asked(method, path, more))

    async def _asked(self, method: str, path: str, more: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.pages, raise_app_exceptions=False)
        cookies = {COOKIE: self.who} if self.who else {}
        headers = {**self.headers, **more.pop("headers", {})}
        async with httpx.AsyncClient(
            transport=transport, base_url=ORIGIN, cookies=cookies
        ) as client:
            return await client.request(method, path, headers=headers, **more)


Asking: TypeAlias = Callable[..., Client]


def client_of(
    day: Day, who: str | None = KAREN, headers: Mapping[str, str] = FROM_OURSELVES
) -> Client:
    return Client(site.asgi(day.town.product), who, headers)


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The day the others are copies of. Nobody looks at it."""
    day = ordinary_day.build(tmp_path_factory.mktemp("first"))
    day.town.product.store.close()
    return day


@pytest.fixture(scope="module")
def standing_day(first_day: Day, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """A day that tests look at and leave as it is."""
    day = ordinary_day.copied(first_day, tmp_path_factory.mktemp("standing"))
    yield day
    day.town.product.store.close()


@pytest.fixture
def day(first_day: Day, tmp_path: Path) -> Iterator[Day]:
    """A day of the test's own, to change."""
    day = ordinary_day.copied(first_day, tmp_path)
    yield day
    day.town.product.store.close()


@pytest.fixture
def looking(standing_day: Day) -> Asking:
    """Ask the standing day as somebody."""
    return lambda who=KAREN: client_of(standing_day, who)


@pytest.fixture
def asking(day: Day) -> Asking:
    """Ask the test's own day as somebody."""
    return lambda who=KAREN: client_of(day, who)


@pytest.fixture
def bare(day: Day) -> Asking:
    """Ask as Karen, with nothing but the given headers."""
    return lambda headers: client_of(day, KAREN, headers)


@pytest.fixture
def training(tmp_path: Path) -> Iterator[Client]:
    """Ask a training copy with nothing in it."""
    town = towns.build(tmp_path, ordinary_day.NOW, training=True)
    yield Client(site.asgi(town.product), KAREN)
    town.product.store.close()


class Statements:
    """Counts the statements that read or write rows."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def __call__(self, *told: Any) -> None:
        statement = str(told[2]).lstrip()
        if statement.split(None, 1)[0].upper() in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
            self.said.append(statement)


@pytest.fixture
def statements(standing_day: Day) -> Iterator[Statements]:
    counted = Statements()
    engine = standing_day.town.product.store.engine
    sa.event.listen(engine, "before_cursor_execute", counted)
    yield counted
    sa.event.remove(engine, "before_cursor_execute", counted)
