"""A case that is worked on and has no duty standing is found: nobody is reminded of it."""

import sqlalchemy as sa

from dubu_plugin.store.tables import frister, sager
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import client_of

URL = "/dubu/sager/uden-frist"


def let_lapse(day: Day) -> None:
    """Let every duty end, so that nothing stands on any case."""
    with day.town.product.store.write(actor="test", now=day.town.now) as work:
        work.connection.execute(sa.update(frister).values(state="bortfaldet"))


def listed(day: Day, who: str) -> bool:
    return f'href="/dubu/sag/{day.elias_sag}"' in client_of(day, who).get(URL).text


def test_a_case_with_a_duty_is_not_there(day: Day) -> None:
    assert not listed(day, KAREN)
    assert "Der er ingen" in client_of(day, KAREN).get(URL).text


def test_a_case_without_is_on_the_list_of_who_has_it_and_of_their_leader(day: Day) -> None:
    let_lapse(day)
    assert listed(day, KAREN)
    assert listed(day, HENRIK)
    assert not listed(day, ANDERS)


def test_a_closed_case_is_done_with(day: Day) -> None:
    let_lapse(day)
    with day.town.product.store.write(actor="test", now=day.town.now) as work:
        work.connection.execute(sa.update(sager).values(phase="closed"))
    assert not listed(day, KAREN)
