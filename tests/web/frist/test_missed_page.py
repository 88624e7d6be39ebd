"""What was missed and nobody has said why: one reason for several at once, from the list."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import frister
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking

URL = "/dubu/frister/uden-grund"
LATE = datetime(2026, 2, 20, 23, 0, tzinfo=UTC)
WHY = "Familien var bortrejst."


@pytest.fixture
def late(day: Day) -> list[UUID]:
    """Three open deadlines of Karen's case are missed, a day apart."""
    with day.town.product.store.add() as connection:
        asked = sa.select(frister.c.id).where(
            frister.c.sag_id == day.noah_sag, frister.c.state == "aaben"
        )
        found = list(connection.scalars(asked.order_by(frister.c.id).limit(3)))
        for days, number in enumerate(found):
            at = LATE + timedelta(days=days)
            connection.execute(
                sa.update(frister)
                .where(frister.c.id == number)
                .values(due=at, exceeded_at=at, exceeded_reason=None, responsible=KAREN)
            )
    assert len(found) == 3
    return found


def values(html: str) -> list[str]:
    return re.findall(r'name="frist" value="([^"]*)"', html)


def reasons(day: Day, late: list[UUID]) -> list[str | None]:
    with day.town.product.store.read() as connection:
        asked = sa.select(frister.c.id, frister.c.exceeded_reason).where(frister.c.id.in_(late))
        said = {row.id: row.exceeded_reason for row in connection.execute(asked)}
    return [said[number] for number in late]


@pytest.mark.parametrize("who", [KAREN, HENRIK])
def test_one_reason_is_given_for_those_that_are_chosen(
    who: str, day: Day, asking: Asking, late: list[UUID]
) -> None:
    shown = values(asking(who).get(URL).text)
    mine = [one for number in (late[0], late[2]) for one in shown if str(number) in one]
    answer = asking(who).post(URL, {"frist": mine, "grund": WHY})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{URL}?gemt=2")
    assert reasons(day, late) == [WHY, None, WHY]
    again = unescape(asking(who).get(f"{URL}?gemt=2").text)
    assert "Grunden er skrevet på 2 frister." in again
    assert [str(late[1]) in one for one in values(again)].count(True) == 1
    assert not any(str(late[0]) in one for one in values(again))


def test_the_newest_stands_first(asking: Asking, late: list[UUID]) -> None:
    shown = [UUID(one.split(":")[2]) for one in values(asking().get(URL).text)]
    assert [number for number in shown if number in late] == late[::-1]


def test_nothing_chosen_or_no_reason_keeps_what_was_typed(
    day: Day, asking: Asking, late: list[UUID]
) -> None:
    nothing = asking().post(URL, {"grund": WHY})
    assert nothing.status_code == 422
    assert "Vælg de frister, grunden gælder." in unescape(nothing.text)
    assert WHY in nothing.text
    chosen = values(asking().get(URL).text)[0]
    empty = asking().post(URL, {"frist": chosen, "grund": " "})
    assert empty.status_code == 422
    assert re.search(rf'value="{chosen}"[^>]* checked', empty.text)
    assert reasons(day, late) == [None] * 3


@pytest.mark.parametrize("value", ["x", "sag:x:y"])
def test_what_is_no_deadline_is_not_there(value: str, asking: Asking) -> None:
    assert asking().post(URL, {"frist": value, "grund": WHY}).status_code == 404


def test_somebody_of_another_unit_gives_no_reason(
    day: Day, asking: Asking, late: list[UUID]
) -> None:
    theirs = f"sag:{day.noah_sag}:{late[0]}"
    assert asking(ANDERS).post(URL, {"frist": theirs, "grund": WHY}).status_code == 404
    assert reasons(day, late) == [None] * 3


def test_a_long_list_has_pages_and_says_how_much_there_is(
    day: Day, asking: Asking, late: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dubu_plugin.store.overholdelse.missed.PER_PAGE", 2)
    first = asking(KAREN).get(URL).text
    second = asking(KAREN).get(f"{URL}?side=2").text
    assert (len(values(first)), len(values(second))) == (2, 1)
    assert not set(values(first)) & set(values(second))
    assert '<span class="count">3</span>' in first
    assert "side=2" in first
    assert values(asking(KAREN).get(f"{URL}?side=9").text) == values(first)


def test_the_reason_stays_on_the_screen_however_long_the_list_is(
    asking: Asking, late: list[UUID]
) -> None:
    page = asking().get(URL).text
    stays = page[page.index('<div class="stays">') :]
    assert 'name="grund"' in stays
    assert "Skriv grunden på de valgte" in unescape(stays)
    css = asking().get("/dubu/static/panel.css").text
    assert re.search(r"\.stays\s*\{[^}]*position:\s*sticky", css)
