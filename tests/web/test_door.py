"""No address is without a door, and a door opens for nobody the policy does not know."""

from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import uuid4

import pytest
import sqlalchemy as sa
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Mount

from dubu_plugin.domain.access import Act
from dubu_plugin.store.tables import read_log
from dubu_plugin.testing.fake_ports import ADAM, ANDERS, FIE, HENRIK, KAREN, METTE, REVA
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web import site
from dubu_plugin.web.door import OPEN, Door

Asking: TypeAlias = Callable[..., Any]


def doors(dependant: Dependant) -> list[Door]:
    found = [one.call for one in dependant.dependencies if isinstance(one.call, Door)]
    for inner in dependant.dependencies:
        found += doors(inner)
    return found


def routes(day: Day) -> list[APIRoute]:
    found: list[object] = []
    for one in site.routed(day.town.product).routes:
        inner = getattr(one, "original_router", None)
        found += inner.routes if inner is not None else [one]
    return [
        one
        for one in found
        if isinstance(one, APIRoute) and not one.path.startswith("/dubu/static")
    ]


def test_every_address_has_exactly_one_door(standing_day: Day) -> None:
    without = [one.path for one in routes(standing_day) if len(doors(one.dependant)) != 1]
    assert set(without) == OPEN


def test_nothing_but_our_own_files_is_mounted(standing_day: Day) -> None:
    app = site.routed(standing_day.town.product)
    assert [one.path for one in app.routes if isinstance(one, Mount)] == ["/dubu/static"]


def test_an_address_that_names_a_case_or_an_underretning_has_it_decided(standing_day: Day) -> None:
    for route in routes(standing_day):
        for kind in ("sag", "underretning"):
            if f"{{{kind}}}" in route.path:
                assert [one.about for one in doors(route.dependant)] == [kind], route.path


OWN_DAY = {
    "/dubu/enhedens-planer",
    "/dubu/erindringer",
    "/dubu/fravaer",
    "/dubu/fravaer/morgenmail",
    "/dubu/fravaer/slut",
    "/dubu/kalender/luk",
    "/dubu/sager/ingen-har",  # what is given on is looked at case by case
    "/dubu/kalender/ny",
    "/dubu/min-dag/set",
    "/dubu/min-dag/udskudte",
    "/dubu/min-dag/udskyd",
}
"""What is one's own, or a line that is: the act itself looks at whose it is, and for leaders."""


def test_what_changes_something_asks_for_more_than_reading(standing_day: Day) -> None:
    reading = {
        f"{route.path}"
        for route in routes(standing_day)
        for door in doors(route.dependant)
        if route.methods != {"GET"} and door.act in (Act.READ, Act.SEARCH)
    }
    assert reading == {"/dubu/soeg", "/dubu/sag/{sag}/journal/soeg"} | OWN_DAY


SEES_IDA = {
    "/dubu/sag/{ida_sag}": {KAREN, METTE, HENRIK, REVA},
    "/dubu/indgang/{ida_underretning}": {KAREN, METTE, HENRIK, REVA},
    "/dubu/indgang/{ida_underretning}/original": {KAREN, METTE, HENRIK, REVA},
    "/dubu/sag/{elias_sag}": {KAREN, HENRIK},
    "/dubu/min-dag": {KAREN, METTE, ANDERS, HENRIK, REVA},
    "/dubu/indgang": {KAREN, METTE, ANDERS, HENRIK, REVA},
    "/dubu/soeg": {KAREN, METTE, ANDERS, HENRIK, REVA},
    "/dubu/indgang/ny": {KAREN, METTE, ANDERS, HENRIK},
    "/dubu/indgang/post/{post}": {KAREN, METTE, HENRIK},
}


@pytest.mark.parametrize("path", SEES_IDA)
def test_who_may_open(path: str, looking: Asking, standing_day: Day) -> None:
    address = path.format(**{name: getattr(standing_day, name) for name in Day.__slots__})
    everybody = (KAREN, METTE, ANDERS, HENRIK, ADAM, FIE, REVA)
    answers = {who: looking(who).get(address).status_code for who in everybody}
    assert answers == {who: 200 if who in SEES_IDA[path] else 404 for who in everybody}


def test_not_yours_and_not_there_look_the_same(looking: Asking, standing_day: Day) -> None:
    client = looking(ANDERS)
    hers = client.get(f"/dubu/sag/{standing_day.ida_sag}")
    none = client.get(f"/dubu/sag/{uuid4()}")
    nonsense = client.get("/dubu/sag/nej")
    assert hers.status_code == none.status_code == nonsense.status_code == 404
    assert hers.text == none.text == nonsense.text


def test_who_is_related_opens_nothing(asking: Asking, day: Day) -> None:
    address = f"/dubu/indgang/{day.alma_underretning}"
    assert asking(METTE).get(address).status_code == 200
    day.town.block(METTE, day.alma)
    assert asking(METTE).get(address).status_code == 404
    assert "Alma" not in asking(METTE).get("/dubu/indgang").text
    assert "Alma" not in asking(METTE).get("/dubu/min-dag?vis=team").text


def log_of(day: Day) -> list[tuple[object, ...]]:
    with day.town.product.store.read() as connection:
        columns = (
            read_log.c.employee, read_log.c.act, read_log.c.subject_id, read_log.c.allowed,
        )  # fmt: skip
        rows = connection.execute(sa.select(*columns).order_by(read_log.c.at))
        return [tuple(row) for row in rows]


def test_every_reading_and_every_refusal_is_a_line_in_the_log(asking: Asking, day: Day) -> None:
    asking(KAREN).get(f"/dubu/sag/{day.noah_sag}")
    asking(ANDERS).get(f"/dubu/sag/{day.noah_sag}")
    asking(KAREN).get("/dubu/min-dag")
    assert log_of(day) == [
        (KAREN, "laes", str(day.noah_sag), True),
        (ANDERS, "laes", str(day.noah_sag), False),
        (KAREN, "soeg", "min-dag", True),
    ]


def test_keeping_a_draft_leaves_no_line(asking: Asking, day: Day) -> None:
    asking().post("/dubu/kladde/henvendelse:ny", data={"tekst": "En bekymring"})
    assert log_of(day) == []


def test_somebody_who_is_not_logged_in_is_sent_to_the_hosts_login(looking: Asking) -> None:
    answer = looking(None).get("/dubu/indgang")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/log-ind?til=/dubu/indgang"


def test_somebody_the_staff_register_no_longer_knows_sees_nothing(looking: Asking) -> None:
    assert looking("en-anden").get("/dubu/min-dag").status_code == 404
