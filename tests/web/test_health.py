"""Operations learn whether it is well, and nothing about anybody."""

import asyncio
import dataclasses
from collections.abc import Callable
from typing import Any, Final, TypeAlias

import httpx
import pytest

from dubu_plugin.store.database import Store
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web import site

Asking: TypeAlias = Callable[..., Any]

TOKEN: Final = "tal-for-driften-2026"


def test_it_is_well(looking: Asking) -> None:
    answer = looking(None).get("/dubu/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})


def test_a_database_that_does_not_answer_is_not_well(asking: Asking, day: Day) -> None:
    nowhere = Store.connect("sqlite:////nowhere/at/all.sqlite", day.town.product.store.rules)
    client = asking(None)
    client.pages = site.asgi(dataclasses.replace(day.town.product, store=nowhere))
    assert client.get("/dubu/healthz").status_code == 503


def test_what_is_counted_names_nobody(looking: Asking) -> None:
    client = looking()
    client.get("/dubu/min-dag")
    client.get("/dubu/sag/031216-4994")
    client.get("/dubu/031216-4994")
    text = client.get("/dubu/metrics").text
    assert 'dubu_requests_total{page="/dubu/min-dag",status="200"} 1.0' in text
    assert 'dubu_requests_total{page="/dubu/sag/{sag}",status="404"} 1.0' in text
    assert "dubu_underretninger_open" in text
    assert "031216" not in text
    assert "karen" not in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.5", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.5"}, 404),
        ("127.0.0.1", {"Forwarded": "for=10.0.0.5"}, 404),
        ("10.0.0.5", {"Authorization": f"Bearer {TOKEN}"}, 200),
        ("10.0.0.5", {"Authorization": "Bearer en-anden-noegle"}, 404),
        ("10.0.0.5", {"Authorization": "Bearer None"}, 404),
    ],
)
def test_the_figures_are_this_machines_and_for_who_has_the_token(
    address: str, headers: dict[str, str], status: int, standing_day: Day
) -> None:
    product = standing_day.town.product
    web = product.settings.web.model_copy(update={"metrics_token": TOKEN})
    settings = product.settings.model_copy(update={"web": web})
    pages = site.asgi(dataclasses.replace(product, settings=settings))

    async def asked() -> int:
        line = httpx.ASGITransport(pages, client=(address, 1))
        async with httpx.AsyncClient(transport=line, base_url="http://t.test") as client:
            return (await client.get("/dubu/metrics", headers=headers)).status_code

    assert asyncio.run(asked()) == status


def test_without_a_token_nobody_elsewhere_reads_them(standing_day: Day) -> None:
    pages = site.asgi(standing_day.town.product)

    async def asked() -> int:
        line = httpx.ASGITransport(pages, client=("10.0.0.5", 1))
        async with httpx.AsyncClient(transport=line, base_url="http://t.test") as client:
            said = {"Authorization": "Bearer "}
            return (await client.get("/dubu/metrics", headers=said)).status_code

    assert asyncio.run(asked()) == 404
