"""What is noted on a case and stands among no indsatser is listed, and is written in from there."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking
from tests.web.indsats.test_indsatser import begun, form_of


@pytest.fixture
def sag(day: Day) -> UUID:
    """A case of a child of nine."""
    child = day.town.person("Alma Testvad", born=day.town.now.date() - timedelta(days=9 * 366))
    return day.town.sag(child)


def test_what_was_noted_by_hand_stands_as_noted_without_an_indsats(
    asking: Asking, day: Day, sag: UUID
) -> None:
    day.town.happened(H.INDSATS_IVAERKSAT, sag=sag, data={"indsats": str(uuid4())})
    begun(asking, sag, hvad="kontaktperson:", noteret="ny")
    page = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser").text
    assert 'Noteret uden indsats <span class="count">1</span>' in page


def test_what_was_noted_is_written_in_from_the_list_and_stands_no_more_as_noted(
    asking: Asking, day: Day, sag: UUID
) -> None:
    key = str(uuid4())
    day.town.happened(H.INDSATS_IVAERKSAT, sag=sag, data={"indsats": key})
    listed = f"/dubu/sag/{sag}/indsatser"
    [link] = set(
        re.findall(r'<a href="([^"]+)">Skriv den ind som indsats', asking(KAREN).get(listed).text)
    )
    new = asking(KAREN).get(unescape(link)).text
    assert form_of(new)["noteret"] == key
    form = {**form_of(new), "hvad": "kontaktperson:", "afgjort_af": "kommunen"}
    form |= {"afgjort_dag": form["fra"], "afgjort_hvor": "Dok. 7"}
    refused = asking(KAREN).post(f"{listed}/ny", {**form, "noteret": ""})
    assert refused.status_code == 422
    assert 'id="f-noteret-fejl"' in refused.text
    answer = asking(KAREN).post(f"{listed}/ny", form)
    assert answer.headers["location"].startswith(f"/dubu/sag/{sag}/indsats/{key}")
    assert "er skrevet ind" in asking(KAREN).get(answer.headers["location"]).text
    assert f"/dubu/sag/{sag}/indsats/{key}" in asking(KAREN).get(f"/dubu/sag/{sag}").text
    assert "Noteret uden indsats" not in asking(KAREN).get(listed).text
    assert 'name="noteret"' not in asking(KAREN).get(f"{listed}/ny").text
