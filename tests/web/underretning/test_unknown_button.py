"""A form that says something is done that its page has no button for is refused."""

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.tables import erindringer, haendelser
from dubu_plugin.testing.ordinary_day import Day, ago
from tests.web.conftest import Asking
from tests.web.skrift_desk import Pages, plain

REFUSED = "Siden kender ikke den knap"


def count(day: Day) -> int:
    with day.town.product.store.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(haendelser)) or 0


@pytest.mark.parametrize("end", ["", "/alle-kilder"])
def test_of_what_is_written(day: Day, end: str) -> None:
    desk = Pages(day)
    before = count(day)
    answer = desk.client().post(f"{desk.url}{end}", {"handling": "spraeng"})
    assert answer.status_code == 422
    assert REFUSED in answer.text
    assert count(day) == before


def test_of_a_decision(day: Day, asking: Asking) -> None:
    where = asking().post(f"/dubu/sag/{day.noah_sag}/afgoerelser", {"forhold": "stoette"})
    answer = asking().post(where.headers["location"], {"handling": "x", "t-oplysninger": "Tekst"})
    assert answer.status_code == 422
    assert REFUSED in answer.text
    assert "Tekst" in answer.text


def test_a_reminder_is_not_done_by_a_word_nobody_knows(day: Day, asking: Asking) -> None:
    set_ = {"note": "Ring til skolen", "dag": "2026-03-20"}
    assert asking().post("/dubu/erindringer", set_).status_code == 303
    with day.town.product.store.read() as connection:
        number = connection.scalar(sa.select(erindringer.c.id))
    answer = asking().post("/dubu/erindringer", {"handling": "x", "erindring": str(number)})
    assert REFUSED in answer.text
    assert "Ring til skolen" in asking().get("/dubu/erindringer").text


def test_a_foreloebig_vurdering_is_offered_wherever_it_is_owed(day: Day, asking: Asking) -> None:
    where = f"/dubu/sag/{day.ida_sag}/skrift"
    button = "Skriv foreløbig vurdering"
    assert button not in plain(asking().get(where).text)
    day.town.happened(
        H.UNDERSOEGELSE_BESLUTTET, sag=day.ida_sag, occurred_at=ago(days=150),
        data={"undersoegelse": "barnet"},
    )  # fmt: skip
    day.town.happened(
        H.FRIST_OVERSKREDET, sag=day.ida_sag, occurred_at=ago(days=28), data={"frist": "BFU-4M"}
    )
    page = plain(asking().get(f"{where}?skriv=foreloebig_vurdering").text)
    assert button in page
    assert "De fire måneder er gået, og undersøgelsen er ikke færdig." in page
    case = asking().get(f"/dubu/sag/{day.ida_sag}").text
    assert "skrift?skriv=foreloebig_vurdering" in case
    begun = asking().post(where, {"art": "foreloebig_vurdering"})
    assert begun.status_code == 303
    assert button not in plain(asking().get(where).text)
