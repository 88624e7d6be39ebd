"""The concrete place of a placement is a decision of its own, and is asked for (§ 52)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

import pytest

from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.indsats.test_indsatser import decided

Asking: TypeAlias = Callable[..., Any]


@pytest.fixture
def sag(day: Day) -> UUID:
    """A case of a child of nine."""
    child = day.town.person("Alma Testvad", born=day.town.now.date() - timedelta(days=9 * 366))
    return day.town.sag(child)


def test_paragraf_52_the_place_of_a_placement_is_asked_for_until_it_is_decided(
    day: Day, sag: UUID, asking: Asking
) -> None:
    decision = decided(day, sag, "anbringelse_samtykke", matter="anbringelse_samtykke")
    url = f"/dubu/sag/{sag}/indsatser/ny?afgoerelse={decision}"
    link = f"/dubu/sag/{sag}/afgoerelser?forhold=anbringelsessted"
    assert link in asking(KAREN).get(url).text
    chosen = asking(KAREN).get(link).text
    assert '<option value="anbringelsessted" selected' in chosen
    decided(day, sag, matter="anbringelsessted")
    assert "afgørelse om stedet" not in asking(KAREN).get(url).text


def test_paragraf_143_what_could_not_wait_is_not_asked_for_its_place(
    day: Day, sag: UUID, asking: Asking
) -> None:
    decision = decided(day, sag, "anbringelse_akut", matter="foreloebig")
    page = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser/ny?afgoerelse={decision}")
    assert page.status_code == 200
    assert "afgørelse om stedet" not in page.text
