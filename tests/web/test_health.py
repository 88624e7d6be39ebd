"""Operations learn whether it is well, and nothing about anybody."""

import dataclasses
from collections.abc import Callable
from typing import Any, TypeAlias

from dubu_plugin.store.database import Store
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web import site

Asking: TypeAlias = Callable[..., Any]


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
