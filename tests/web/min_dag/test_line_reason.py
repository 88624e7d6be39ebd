"""Why a deadline was not kept, asked for in the line of Min dag itself."""

import re
from html import unescape
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import frister
from dubu_plugin.testing.fake_ports import ANDERS, KAREN
from dubu_plugin.testing.ordinary_day import Day, ago
from tests.web.conftest import Asking

URL = "/dubu/min-dag/grund"
WHY = "Familien var bortrejst."
NOTHING = "Der er ikke noget overskredet på linjen"
INSIDE = {"hx-request": "true"}


@pytest.fixture
def late(day: Day) -> Any:
    """Return an open deadline of Karen's that should have been done yesterday."""
    with day.town.product.store.add() as connection:
        asked = sa.select(frister).where(
            frister.c.underretning_id == day.noah_underretning,
            frister.c.state == "aaben",
            frister.c.kind == "frist",
        )
        row = connection.execute(asked.order_by(frister.c.id)).first()
        assert row is not None
        connection.execute(sa.update(frister).where(frister.c.id == row.id).values(due=ago(days=1)))
    return row


def reason(day: Day, number: UUID) -> tuple[str | None, str | None]:
    with day.town.product.store.read() as connection:
        asked = sa.select(frister.c.exceeded_reason, frister.c.exceeded_by_user)
        row = connection.execute(asked.where(frister.c.id == number)).one()
    return row.exceeded_reason, row.exceeded_by_user


def links(asking: Asking, page: str = "/dubu/min-dag") -> list[str]:
    return [unescape(one) for one in re.findall(rf'href="({URL}[^"]*)"', asking().get(page).text)]


def test_only_a_line_with_a_missed_deadline_asks_why_and_it_costs_the_page_nothing(
    asking: Asking, day: Day
) -> None:
    said: list[str] = []
    engine = day.town.product.store.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *told: said.append(str(told[2])))
    before, questions = links(asking), len(said)
    with day.town.product.store.add() as connection:
        connection.execute(
            sa.update(frister)
            .where(frister.c.underretning_id == day.noah_underretning, frister.c.state == "aaben")
            .values(due=ago(days=1))
        )
    said.clear()
    assert len(links(asking)) == len(before) + 1
    assert len(said) == questions


def test_the_reason_is_given_from_the_line(asking: Asking, day: Day, late: Any) -> None:
    (link,) = [one for one in links(asking) if quote(late.bundle) in one]
    part = asking().get(link, headers=INSIDE).text
    assert "<html" not in part
    assert 'name="skrives_af"' in part
    assert 'action="/dubu/min-dag/grund"' in part
    answer = asking().post(URL, {"linje": late.bundle, "grund": WHY})
    assert (answer.status_code, answer.headers["location"]) == (303, "/dubu/min-dag?sagt=grund")
    assert reason(day, late.id) == (WHY, KAREN)
    page = unescape(asking().get(answer.headers["location"]).text)
    assert "Grunden er skrevet." in page
    whose = page[page.index(link) :].split("</a>")[0]
    assert "Hvorfor blev den ikke holdt?" not in whose, "asked again for what is answered"
    assert "Se eller ret" in whose
    assert "Grunden er skrevet ·" in page


def test_what_was_said_is_shown_and_can_be_put_right(asking: Asking, day: Day, late: Any) -> None:
    asking().post(URL, {"linje": late.bundle, "grund": WHY})
    address = f"{URL}?linje={late.bundle}"
    said = unescape(asking().get(address, headers=INSIDE).text)
    assert f"Grunden er skrevet: {WHY}" in said
    assert "<form" not in said
    again = unescape(asking().get(f"{address}&ret=ja").text)
    assert re.search(rf"<textarea[^>]*>{WHY}</textarea>", again)
    asking().post(URL, {"linje": late.bundle, "grund": "Tolken kom ikke."})
    assert reason(day, late.id)[0] == "Tolken kom ikke."


@pytest.mark.parametrize("typed", ["", "x" * 301])
def test_what_is_refused_is_given_back(typed: str, asking: Asking, day: Day, late: Any) -> None:
    answer = asking().post(URL, {"linje": late.bundle, "grund": typed})
    assert answer.status_code == 422
    assert "Grunden er ikke skrevet" in answer.text
    assert typed in answer.text
    assert reason(day, late.id)[0] is None


@pytest.mark.parametrize("line", ["", "underretning:x", "sag:00000000-0000-0000-0000-000000000007"])
def test_a_line_without_anything_missed_is_not_there(line: str, asking: Asking) -> None:
    for answer in (asking().get(f"{URL}?linje={line}"), asking().post(URL, {"linje": line})):
        assert answer.status_code == 409
        assert NOTHING in unescape(answer.text)


def test_somebody_of_another_unit_neither_sees_nor_explains(
    asking: Asking, day: Day, late: Any
) -> None:
    seen = asking(ANDERS).get(f"{URL}?linje={late.bundle}")
    sent = asking(ANDERS).post(URL, {"linje": late.bundle, "grund": WHY})
    assert all(NOTHING in unescape(answer.text) for answer in (seen, sent))
    assert reason(day, late.id) == (None, None)
