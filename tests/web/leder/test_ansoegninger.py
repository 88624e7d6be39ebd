"""Applications: what they came to, how long it took, and what was complained of."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import read_log
from dubu_plugin.testing.fake_ports import ANDERS, FIE, HENRIK, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day

from .applications import complain, lay

Asking: TypeAlias = Callable[..., Any]
URL = "/dubu/overblik/ansoegninger"


def content(html: str) -> str:
    text = re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1])
    return " ".join(text.replace("\xa0", " ").split())


def line(html: str, title: str) -> list[str]:
    """Return the figures of a kind of help, in the order of the table."""
    (row,) = [one for one in re.findall(r"<tr>.*?</tr>", html, re.DOTALL) if title in one]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
    return [cell.replace("\xa0", " ") for cell in cells]


def shown(asking: Asking, who: str = HENRIK, query: str = "") -> str:
    return str(asking(who).get(f"{URL}{query}").text)


def test_each_paragraph_says_what_it_came_to_and_how_long_it_took(day: Day, asking: Asking) -> None:
    lay(day, took=10)
    lay(day, took=20, outcome="delvist", late=True)
    refused = lay(day, took=60, outcome="afslag", who=METTE)
    lay(day, matter="kompensation", text="Vi søger om hjælp.", took=7)
    complain(day, refused, state="afgjort", ruling="hjemvist", ruled_on=date(2026, 3, 1))
    page = shown(asking)
    tabt = line(page, "Tabt arbejdsfortjeneste <")
    assert tabt == ["3", "1", "1", "1", "20 dage", "67 %", "1", "1"]
    assert line(page, "Kompensationsydelse") == ["1", "1", "0", "0", "7 dage", "100 %", "0", "0"]
    assert "§ 87" in content(page)


def test_what_a_complaint_gave_anew_is_no_second_answer(day: Day, asking: Asking) -> None:
    first = lay(day)
    lay(day, replaces=first)
    assert line(shown(asking), "Tabt arbejdsfortjeneste <")[0] == "1"


def test_what_was_asked_for_something_else_does_not_tell_the_time(day: Day, asking: Asking) -> None:
    lay(day, text="Vi søger om ledsagelse.")
    assert line(shown(asking), "Tabt arbejdsfortjeneste <")[4:6] == ["–", "–"]


def test_another_quarter_and_another_unit_are_others(day: Day, asking: Asking) -> None:
    lay(day, decided=date(2025, 12, 31))
    lay(day, unit="nord", who=ANDERS)
    assert line(shown(asking), "Tabt arbejdsfortjeneste <")[0] == "1"
    assert "Intet er afgjort" in shown(asking, query="?enhed=modtagelse")
    assert line(shown(asking, query="?kvartal=2025Q4"), "Tabt arbejdsfortjeneste <")[0] == "1"


def test_a_caseworker_sees_no_figure_that_could_tell_on_a_colleague(
    day: Day, asking: Asking
) -> None:
    for _ in range(4):
        lay(day)
    assert "1 slags hjælp er ikke vist" in content(shown(asking, KAREN))
    for who in (METTE, "birte"):
        lay(day, who=who)
    assert line(shown(asking, KAREN), "Tabt arbejdsfortjeneste <")[0] == "6"


def test_what_waits_for_an_answer_is_counted_with_what_is_late(day: Day, asking: Asking) -> None:
    for days in (1, 80):
        lay(day, answered=False, took=days)
    lay(day, answered=False, text="Vi søger om en kontaktperson til vores søn.")
    # The ordinary day has one of its own.
    assert "3 ansøgninger venter på svar nu, 1 af dem over fristen" in content(shown(asking))


def test_the_overblik_leads_there_and_looking_is_logged(day: Day, asking: Asking) -> None:
    (url,) = re.findall(rf'href="({URL}[^"]*)"', asking(HENRIK).get("/dubu/overblik").text)
    assert asking(HENRIK).get(url.replace("&amp;", "&")).status_code == 200
    with day.town.product.store.read() as connection:
        logged = connection.execute(
            sa.select(read_log.c.act, read_log.c.subject_kind).where(read_log.c.employee == HENRIK)
        ).all()
    assert logged.count(("opgoer", "overholdelse")) == 2


@pytest.mark.parametrize("query", ["", "?enhed=findes-ikke"])
def test_finance_sees_no_such_page_nor_anybody_a_unit_there_is_not(
    query: str, day: Day, asking: Asking
) -> None:
    assert asking(FIE).get(f"{URL}{query}").status_code == 404
    assert asking(HENRIK).get(f"{URL}?enhed=findes-ikke").status_code == 404
