"""Hvem har set sagen: for those who answer for the case, and told in words."""

import re
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import read_log
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN, METTE, REVA
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


@pytest.mark.parametrize(
    ("who", "status"), [(KAREN, 200), (HENRIK, 200), (REVA, 200), (METTE, 404), (ANDERS, 404)]
)
def test_the_log_opens_for_who_answers_for_the_case(
    who: str, status: int, looking: Asking, standing_day: Day
) -> None:
    """The responsible caseworker, the leader and the auditor; a colleague in the unit does not."""
    address = f"/dubu/sag/{standing_day.noah_sag}"
    assert looking(who).get(f"{address}/log").status_code == status
    linked = f'href="{address}/log"' in looking(who).get(address).text
    assert linked is (status == 200)


def test_it_says_who_when_what_and_why(asking: Asking, day: Day) -> None:
    address = f"/dubu/sag/{day.noah_sag}"
    asking(HENRIK).get(address)
    asking().get(f"/dubu/indgang/{day.noah_underretning}")
    asking().post(f"{address}/vis-cpr")
    asking(METTE).get(f"{address}/log")
    said = words(asking().get(f"{address}/log").text)
    assert re.search(r"Henrik [^.]*kl\. 13\.05 Læste sagen Leder, der ", said), said
    assert re.search(r"Karen [^.]*kl\. 13\.05 Læste underretningen Rådgiver, der ", said), said
    assert "Fik CPR-nummer eller adresse vist på sagen" in said
    assert re.search(r"Blev afvist på sagen Afvist Afvist: har ikke adgang", said)


def test_looking_in_the_log_stands_in_the_log(asking: Asking, day: Day) -> None:
    address = f"/dubu/sag/{day.noah_sag}/log"
    said = words(asking().get(address).text)
    assert "Åbnede denne liste" in said
    assert "vælg fanen »Læsninger«" in said
    with day.town.product.store.read() as connection:
        query = sa.select(read_log.c.act).where(read_log.c.subject_id == str(day.noah_sag))
        assert "laes_log" in connection.scalars(query).all()


def test_the_log_is_turned_page_by_page(asking: Asking, day: Day) -> None:
    address = f"/dubu/sag/{day.noah_sag}"
    for _ in range(51):
        asking().get(address)
    first, second = asking().get(f"{address}/log").text, asking().get(f"{address}/log?side=2").text
    assert first.count("Læste sagen") == 49
    assert "Vis ældre" in first
    assert "Vis ældre" not in second
    assert "Vis nyere" in second
    assert "Der er ikke flere opslag" in asking().get(f"{address}/log?side=99").text


def test_nothing_of_another_case_stands_in_it(asking: Asking, day: Day) -> None:
    asking(HENRIK).get(f"/dubu/sag/{day.ida_sag}")
    said = words(asking().get(f"/dubu/sag/{day.noah_sag}/log").text)
    assert "Henrik" not in said.split("Tilbage til sagen")[1]
