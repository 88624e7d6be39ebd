"""Who a reminder is for: one's own team to choose among, and the others searched for by name."""

import re
from html import unescape

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import erindringer
from dubu_plugin.testing.fake_ports import ANDERS, METTE
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking

URL = "/dubu/erindringer"
NEW = {"note": "Ring til skolen", "dag": "2026-03-05"}


def whom(day: Day) -> list[str | None]:
    with day.town.product.store.read() as connection:
        asked = sa.select(erindringer.c.employee).where(erindringer.c.note == NEW["note"])
        return list(connection.scalars(asked))


def test_only_ones_own_team_is_a_list_to_choose_among(looking: Asking) -> None:
    page = unescape(looking().get(URL).text)
    team = re.findall(r'<select[^>]*name="til".*?</select>', page, re.DOTALL)
    others = re.findall(r'<datalist id="andre">.*?</datalist>', page, re.DOTALL)
    assert len(others) == 1
    assert "Mette Testgaard" in team[-1]
    assert "Anders Prøvebjerg" not in team[-1]
    assert "Anders Prøvebjerg" in others[0]
    assert "Mette Testgaard" not in others[0]


@pytest.mark.parametrize(
    ("typed", "who"), [("Anders Prøvebjerg", ANDERS), ("anders", ANDERS), ("Mette T", METTE)]
)
def test_a_name_that_is_typed_is_found(typed: str, who: str, day: Day, asking: Asking) -> None:
    answer = asking().post(URL, {**NEW, "til": "", "til_anden": typed})
    assert answer.status_code == 303
    assert whom(day) == [who]


@pytest.mark.parametrize("typed", ["Mars Marsmand", "Nobody"])
def test_a_name_that_is_nobodys_keeps_what_was_typed(typed: str, day: Day, asking: Asking) -> None:
    answer = asking().post(URL, {**NEW, "til_anden": typed})
    assert answer.status_code == 422
    assert "ingen eller flere hedder sådan" in answer.text
    assert NEW["note"] in answer.text
    assert f'value="{typed}"' in answer.text
    assert whom(day) == []


def test_a_reminder_is_given_on_to_somebody_who_is_searched_for(day: Day, asking: Asking) -> None:
    asking().post(URL, NEW)
    number = re.findall(r'name="erindring" value="([^"]*)"', asking().get(URL).text)[-1]
    given = {"erindring": number, "handling": "giv", "til": "", "til_anden": "Anders"}
    assert asking().post(URL, given).status_code == 303
    assert ANDERS in whom(day)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (METTE, "Fra Karen Demotoft"),
        ("team:modtagelse", "Fra Karen Demotoft til Modtagelsen"),
    ],
)
def test_the_receiver_sees_who_reminds_and_which_team(
    to: str, said: str, day: Day, asking: Asking
) -> None:
    """Not as one they wrote themselves."""
    assert asking().post(URL, {**NEW, "til": to}).status_code == 303
    page = unescape(asking(METTE).get("/dubu/min-dag").text)
    (line,) = re.findall(r"Ring til skolen.*?</li>", page, re.DOTALL)
    assert said in line.replace("\u00a0", " ")
    assert "Din egen erindring" not in line


def test_ones_own_is_ones_own(day: Day, asking: Asking) -> None:
    asking().post(URL, NEW)
    page = unescape(asking().get("/dubu/min-dag").text).replace("\u00a0", " ")
    (line,) = re.findall(r"Ring til skolen.*?</li>", page, re.DOTALL)
    assert "Din egen erindring" in line
