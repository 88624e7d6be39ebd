"""Who leaves a clash of two assessments is told that their own words lie there as a draft."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from dubu_plugin.testing.fake_ports import KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking

SAID = "Du har en kladde, der ikke er gemt"
MINE = "Vi kører derud nu."
ANSWERS: Mapping[str, Any] = {
    "bekymring": ["9"], "fare": "ikke_akut", "begrundelse": "Han er i trygge hænder.",
    "underretter": "4", "pligt": "133", "gem": "uden", "version": 1, "naeste": "screening",
}  # fmt: skip


@pytest.fixture
def left(day: Day, asking: Asking) -> UUID:
    """Karen has assessed it; Mette, who typed at the same time, has left the page that says so."""
    child = day.town.person("Alma Prøvedal")
    number = day.town.underretning("En bekymring.", child=child, sag=day.town.sag(child))
    first = {**ANSWERS, "barn": str(child)}
    assert asking(KAREN).post(f"/dubu/indgang/{number}", first).status_code == 303
    unlike = {**first, "begrundelse": MINE, "fare": "akut", "akut": MINE, "naeste": "akut"}
    assert asking(METTE).post(f"/dubu/indgang/{number}", unlike).status_code == 409
    return number


def test_the_item_says_so_to_who_wrote_it_and_leads_there(asking: Asking, left: UUID) -> None:
    page = asking(METTE).get(f"/dubu/indgang/{left}").text
    assert SAID in page
    assert f'href="/dubu/indgang/{left}?ret=ja"' in page
    assert "Han er i trygge hænder." in page
    assert MINE not in page
    assert MINE in asking(METTE).get(f"/dubu/indgang/{left}?ret=ja").text
    assert SAID not in asking(KAREN).get(f"/dubu/indgang/{left}").text


def test_it_is_said_no_more_once_it_is_thrown_away(asking: Asking, left: UUID) -> None:
    asking(METTE).post(f"/dubu/indgang/{left}", {**ANSWERS, "gem": "brug_den_anden"})
    assert SAID not in asking(METTE).get(f"/dubu/indgang/{left}").text
