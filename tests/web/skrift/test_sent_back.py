"""What a leader sends back reaches who wrote it, or who stands in, until it is presented again."""

from datetime import timedelta

import pytest

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.store.min_dag import fravaer
from dubu_plugin.testing.fake_ports import HENRIK, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day
from tests.web.leder.test_nobodys_cases import leaves
from tests.web.skrift_desk import Pages, plain

WAITS = "Børnefaglig undersøgelse: Noah Testlund"


@pytest.fixture
def desk(day: Day) -> Pages:
    desk = Pages(day)
    desk.client().post(desk.url, {"handling": "fremlaeg"})
    desk.client(HENRIK).post(desk.url, {"handling": "send_tilbage", "bemaerkning": "Mere."})
    return desk


def my_day(desk: Pages, who: str) -> str:
    return plain(desk.client(who).get("/dubu/min-dag").text)


def case(desk: Pages) -> str:
    return plain(desk.client().get(f"/dubu/sag/{desk.sag}").text)


def test_it_waits_on_the_writers_day_until_it_is_presented_again(desk: Pages) -> None:
    shown = my_day(desk, KAREN)
    assert WAITS in shown
    assert "Sendt tilbage: læs lederens bemærkning" in shown
    assert f'href="{desk.url}"' in shown
    assert "Mere." in desk.shown()
    for other in (METTE, HENRIK):
        assert "læs lederens bemærkning" not in my_day(desk, other)
    desk.client().post(desk.url, {"handling": "fremlaeg"})
    assert "læs lederens bemærkning" not in my_day(desk, KAREN)


def test_the_case_says_that_it_was_sent_back(desk: Pages) -> None:
    assert "Sendt tilbage</span>" in case(desk)
    assert "Skrives</span>" not in case(desk)
    desk.client().post(desk.url, {"handling": "fremlaeg"})
    assert "Fremlagt for leder</span>" in case(desk)


def test_it_is_written_in_and_given_up_as_before(desk: Pages) -> None:
    where = f"/dubu/sag/{desk.sag}/skrift?skriv={desk.bfu.kind}"
    assert "/del-" in desk.client().get(where).headers["location"]
    desk.put(desk.bfu, konklusion="Nyt.")
    desk.client().post(desk.url, {"handling": "opgiv"})
    assert "læs lederens bemærkning" not in my_day(desk, KAREN)


def test_where_the_writer_is_away_it_is_with_who_stands_in(desk: Pages) -> None:
    today = danish_day(desk.town.now)
    with desk.town.product.store.write(actor=KAREN, now=desk.town.now) as work:
        fravaer.add(work, KAREN, today, today + timedelta(days=3), METTE)
    assert "Sendt tilbage til Karen Demotoft: læs lederens bemærkning" in my_day(desk, METTE)


def test_where_the_writer_has_left_it_is_with_the_unit(desk: Pages) -> None:
    leaves(desk.day)
    assert "Sendt tilbage til Karen Demotoft: læs lederens bemærkning" in my_day(desk, METTE)


def test_what_another_wrote_on_ones_case_is_told_too(day: Day) -> None:
    desk = Pages(day)
    desk.client(METTE).post(desk.url, {"handling": "fremlaeg"})
    desk.client(HENRIK).post(desk.url, {"handling": "send_tilbage", "bemaerkning": "Mere."})
    assert "Sendt tilbage: læs" in my_day(desk, METTE)
    assert "Sendt tilbage til Mette Testgaard: læs" in my_day(desk, KAREN)
