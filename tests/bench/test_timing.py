"""An answer says what it cost, and counts what it asked in threads of its own too."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from dubu_plugin.bench.timing import HEADER, Cost, Timed, cost

Ask = Callable[[str], Cost]


@pytest.fixture
def costs(tmp_path: Path) -> Iterator[Ask]:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'x.sqlite'}")
    other = sa.create_engine(f"sqlite:///{tmp_path / 'y.sqlite'}")

    def ask(times: int) -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA user_version")
            for _ in range(times):
                connection.execute(sa.select(sa.literal(1)))
        with other.connect() as connection:
            connection.execute(sa.select(sa.literal(2)))

    async def page(request: Request) -> PlainTextResponse:
        await run_in_threadpool(ask, int(request.path_params["times"]))
        return PlainTextResponse("ja")

    inside = Starlette(routes=[Route("/{times:int}", page)])
    pages = Timed(inside, f"sqlite:///{tmp_path / 'x.sqlite'}")

    async def opened(path: str) -> Cost:
        transport = httpx.ASGITransport(pages)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return cost((await client.get(path)).headers[HEADER])

    yield lambda path: asyncio.run(opened(path))
    engine.dispose()
    other.dispose()


def test_what_it_asked_is_counted_and_pragmas_are_not(costs: Ask) -> None:
    assert costs("/3").queries == 4
    assert costs("/0").queries == 1


def test_our_own_database_is_told_from_the_hosts(costs: Ask) -> None:
    assert costs("/3").own == 3
    assert costs("/0").own == 0


def test_the_time_in_the_database_is_part_of_the_whole(costs: Ask) -> None:
    said = costs("/5")
    assert 0 < said.db_ms < said.app_ms


def test_what_it_worked_is_told_apart_from_what_it_waited(costs: Ask) -> None:
    assert costs("/5").cpu_ms > 0


def test_the_header_is_read_as_it_is_written() -> None:
    said = "app;dur=12.500, cpu;dur=9.125, db;dur=3.250;desc=7, own;desc=4"
    assert cost(said) == Cost(12.5, 9.125, 3.25, 7, 4)
