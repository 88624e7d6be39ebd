"""What is seldom needed is found from Min dag and the help page by those whose it is."""

import re
from typing import Any

import pytest

from dubu_plugin.testing.fake_ports import ADAM, ANDERS, FIE, HENRIK, KAREN, REVA
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web.min_dag.page import MORE
from dubu_plugin.web.ways import MENU
from tests.web.conftest import client_of

ERINDRINGER = "/dubu/erindringer"
LEADERS = ("/dubu/frister/uden-grund", "/dubu/enhedens-planer")
PLANS = "/dubu/planer"
UNIT_PLANS = "/dubu/enhedens-planer"


def links(day: Day, who: str, page: str) -> str:
    return client_of(day, who).get(page).text


@pytest.mark.parametrize(
    ("who", "there", "not_there"),
    [
        (KAREN, (ERINDRINGER,), (*LEADERS, PLANS)),
        (HENRIK, (ERINDRINGER, *LEADERS), (PLANS,)),
    ],
)
def test_min_dag_leads_to_what_is_ones_own(
    standing_day: Day, who: str, there: Any, not_there: Any
) -> None:
    shown = links(standing_day, who, "/dubu/min-dag")
    assert [url for url in there if f'href="{url}"' not in shown] == []
    assert [url for url in not_there if f'href="{url}"' in shown] == []


def test_the_menu_stays_calm() -> None:
    assert len(MENU) <= 6
    for role in (None, *{role for role, _title, _url in MORE}):
        assert len([one for one, _title, _url in MORE if one in (None, role)]) <= 6


def test_the_help_page_leads_a_leader_to_the_overview(standing_day: Day) -> None:
    assert "/dubu/overblik" in links(standing_day, HENRIK, "/dubu/hjaelp")
    assert "/dubu/overblik" not in links(standing_day, KAREN, "/dubu/hjaelp")


def test_a_leader_lays_the_yearly_supervision_on_the_unit_once(day: Day) -> None:
    leader = client_of(day, HENRIK)
    shown = leader.get(UNIT_PLANS).text
    assert "Årligt ledelsestilsyn" in shown
    sent = {"plan": "P16", "enhed": "modtagelse"}
    assert leader.post(UNIT_PLANS, sent).status_code == 303
    assert "Lagt" in leader.get(UNIT_PLANS).text
    again = leader.post(UNIT_PLANS, sent)
    assert again.status_code == 422
    assert leader.post(UNIT_PLANS, {"plan": "P1", "enhed": "modtagelse"}).status_code == 422


def test_who_leads_no_unit_lays_nothing(day: Day) -> None:
    for who in (KAREN, ANDERS):
        assert "Læg planen på enheden" not in client_of(day, who).get(UNIT_PLANS).text
        sent = {"plan": "P16", "enhed": "modtagelse"}
        assert client_of(day, who).post(UNIT_PLANS, sent).status_code == 404


def test_an_administrator_begins_where_everything_she_can_do_opens(standing_day: Day) -> None:
    adam = client_of(standing_day, ADAM)
    first = adam.get("/dubu").headers["location"]
    assert first == "/dubu/administration"
    page = adam.get(first).text
    for url in (PLANS, "/dubu/administration/morgenmail", "/dubu/overblik", "/dubu/hjaelp"):
        assert f'href="{url}"' in page
    for url in our_links(page):
        assert adam.get(url).status_code == 200, url


@pytest.mark.parametrize("who", [ADAM, FIE, REVA, KAREN, HENRIK])
def test_what_cannot_be_shown_and_help_lead_only_to_what_opens(standing_day: Day, who: str) -> None:
    client = client_of(standing_day, who)
    refused = client.get("/dubu/sag/00000000-0000-0000-0000-000000000000")
    assert refused.status_code == 404
    assert "<main" in refused.text
    urls = our_links(refused.text)
    assert urls
    for url in {*urls, *our_links(client.get("/dubu/hjaelp").text)}:
        assert client.get(url).status_code == 200, url


def our_links(page: str) -> set[str]:
    """Return where a page leads, in the bar and in itself."""
    return {url for url in re.findall(r'href="(/dubu[^"#]*)"', page) if "/static/" not in url}
