"""Where a child lives is asked when a placement ends, or the one after it never begins (§ 100)."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking
from tests.web.indsats.test_indsatser import form_of, placed


@pytest.fixture
def sag(day: Day) -> UUID:
    return day.town.sag(day.town.person("Alma Testvad", born=date(2016, 12, 3)))


def test_paragraf_100_giving_up_what_took_over_asks_where_the_child_lives(
    asking: Asking, day: Day, sag: UUID
) -> None:
    karen, today = asking(KAREN), day.town.now.date()
    old = placed(asking, sag)
    planned = placed(asking, sag, fra=(today + timedelta(days=1)).isoformat())
    assert 'name="grund"' not in karen.get(f"{planned}?goer=opgiv").text, "the old one runs"
    ending = {**form_of(karen.get(f"{old}?goer=afslut").text), "grund": "ophoer_anden_indsats"}
    assert karen.post(old, ending).status_code == 303
    page = karen.get(f"{planned}?goer=opgiv").text
    assert "skulle tage over" in page
    assert "En anden indsats" not in page
    sent = {**form_of(page), "ord": "Blev ikke til noget."}
    assert karen.post(planned, sent).status_code == 422
    sent |= {
        "grund": "ophoer_hjemgivet", "afgjort_af": "retten", "afgjort_dag": today.isoformat(),
        "afgjort_hvor": "Dok. 7", "uden_periode": "ja", "periode_til": today.isoformat(),
    }  # fmt: skip
    answer = karen.post(planned, sent)
    assert answer.status_code == 422
    assert 'id="f-periode_til-fejl"' in answer.text
    assert 'id="f-uden_periode" checked' in answer.text
    assert karen.post(planned, {**sent, "periode_til": ""}).status_code == 303
    assert "Der er ingen hjemgivelsesperiode" in karen.get(planned).text.replace("\u00a0", " ")
