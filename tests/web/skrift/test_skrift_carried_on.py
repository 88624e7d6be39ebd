"""An afdækning that became an undersøgelse says so, and is written in no more."""

import pytest

from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.skrift.present import give_up
from tests.web.skrift_desk import SLEEP, Pages, plain


@pytest.fixture
def desk(day: Day) -> Pages:
    return Pages(day)


def test_what_became_an_undersoegelse_says_so_and_leads_there(desk: Pages) -> None:
    give_up(desk.sag, desk.bfu.id, **desk.act())
    first = desk.begun(SkriftKind.AFDAEKNING)
    listed = plain(desk.client().get(f"/dubu/sag/{desk.sag}/skrift").text)
    assert "Afdækningen er ikke færdig: den føres videre heri" in listed
    desk.url = f"/dubu/sag/{desk.sag}/skrift/{first.id}"
    open_before = desk.form(SLEEP) | {"t-beskrivelse": "Nyt."}
    bfu = desk.begun()
    for place in ("", SLEEP):
        shown = desk.shown(place)
        assert "Ført videre i undersøgelsen 2. marts" in shown
        assert f'href="/dubu/sag/{desk.sag}/skrift/{bfu.id}"' in shown
        assert "Tag den op igen" not in shown
    answer = desk.send(SLEEP, open_before)
    assert answer.status_code == 409
    assert "Skriv det nye dér" in plain(answer.text)
    assert "Nyt." in desk.shown(SLEEP), "what was typed meanwhile is kept"
    give_up(desk.sag, bfu.id, **desk.act())
    assert "Ført videre i undersøgelsen" not in desk.shown(), "it is written in again by itself"
    assert desk.send(SLEEP, desk.form(SLEEP) | {"t-beskrivelse": "Nyt."}).status_code == 303
