"""What the assessment decides stands on the page at once, and in the case's deadlines."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain import danish
from dubu_plugin.domain.danish_time import danish as danish_clock
from dubu_plugin.frister.counting import add_months
from dubu_plugin.store.tables import haendelser
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking

ANSWERS: Mapping[str, Any] = {
    "bekymring": ["9"], "fare": "ikke_akut", "begrundelse": "Han er i trygge hænder.",
    "underretter": "4", "pligt": "133", "gem": "uden", "version": 1,
}  # fmt: skip


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def came(day: Day) -> tuple[UUID, UUID]:
    """An underretning that came twenty hours ago, and its case."""
    child = day.town.person("Alma Prøvedal")
    sag = day.town.sag(child)
    at = day.town.now - timedelta(hours=20)
    return day.town.underretning("En bekymring.", child=child, sag=sag, received_at=at), sag


def saved(day: Day, asking: Asking, number: UUID, step: str, **more: str) -> str:
    with day.town.product.store.read() as connection:
        about = underretninger.by_id(connection, number)
    assert about is not None
    sent = {**ANSWERS, "barn": str(about.child_id), "naeste": step, "version": about.version}
    sent |= more
    answer = asking().post(f"/dubu/indgang/{number}", sent)
    assert answer.status_code == 303, words(answer.text)[:600]
    return words(asking().get(answer.headers["location"]).text)


def test_the_four_months_stand_on_the_receipt_and_among_the_deadlines(
    day: Day, asking: Asking, came: tuple[UUID, UUID]
) -> None:
    number, sag = came
    received = danish.danish_day(day.town.now - timedelta(hours=20))
    due = danish.weekday_date(add_months(received, 4))
    shown = saved(day, asking, number, "boernefaglig_undersoegelse")
    assert "Åben pligt: børnefaglig undersøgelse" in shown
    assert "Notér, at det er gjort … Børnefaglig undersøgelse" in shown
    listed = words(asking().get(f"/dubu/sag/{sag}/frister").text)
    assert f"Børnefaglig undersøgelse Åben Senest {due}" in listed


def test_a_screening_is_still_to_be_made_and_is_noted_from_the_page(
    day: Day, asking: Asking, came: tuple[UUID, UUID]
) -> None:
    number, sag = came
    assert "Åben pligt: screening af støttebehov" in saved(day, asking, number, "screening")
    page = asking().get(f"/dubu/indgang/{number}").text
    assert f'href="/dubu/sag/{sag}/haendelse?hvad=screening_afsluttet"' in page


def test_two_underretninger_are_told_apart_among_the_deadlines(
    day: Day, asking: Asking, came: tuple[UUID, UUID]
) -> None:
    number, sag = came
    with day.town.product.store.read() as connection:
        first = underretninger.by_id(connection, number)
    assert first is not None
    day.town.underretning("Igen.", child=first.child_id, sag=sag, underretter="6")
    page = words(asking().get(f"/dubu/sag/{sag}/frister").text)
    assert page.count("Underretning modtaget") >= 4
    assert "Politi eller domstol" in page
    assert "En bekymring." not in page


def test_a_wrong_moment_of_receipt_is_put_right_with_the_assessment(
    day: Day, asking: Asking, came: tuple[UUID, UUID]
) -> None:
    """The clocks count from the new moment, and the old one is kept."""
    number, sag = came
    page = asking().get(f"/dubu/indgang/{number}").text
    assert "ret tidspunktet" in page
    at = danish_clock(day.town.now - timedelta(hours=44))
    saved(day, asking, number, "screening", modtaget=at.strftime("%Y-%m-%dT%H:%M"))
    with day.town.product.store.read() as connection:
        about = underretninger.by_id(connection, number)
        rows = connection.execute(
            sa.select(haendelser.c.data).where(haendelser.c.type == "modtagelse_rettet")
        ).all()
    assert about is not None
    assert about.received_at == at.replace(second=0, microsecond=0)
    assert [("foer" in row.data) for row in rows] == [True]
    due = about.received_at + timedelta(hours=24)
    listed = words(asking().get(f"/dubu/sag/{sag}/frister?vis=alle").text)
    assert danish.clock(due) in listed


def test_a_moment_that_is_not_touched_is_not_put_right(
    day: Day, asking: Asking, came: tuple[UUID, UUID]
) -> None:
    """The field knows minutes, the moment of receipt has seconds."""
    number, _ = came
    at = danish_clock(day.town.now - timedelta(hours=20)).strftime("%Y-%m-%dT%H:%M")
    saved(day, asking, number, "screening", modtaget=at)
    with day.town.product.store.read() as connection:
        asked = sa.select(sa.func.count()).where(haendelser.c.type == "modtagelse_rettet")
        assert connection.scalar(asked) == 0


@pytest.mark.parametrize(
    ("typed", "says"), [("2099-01-01T10:00", "modtaget"), ("2001-01-01T10:00", "to år siden")]
)
def test_a_moment_that_cannot_be_right_is_asked_again_with_everything_typed(
    day: Day, asking: Asking, came: tuple[UUID, UUID], typed: str, says: str
) -> None:
    number, _ = came
    with day.town.product.store.read() as connection:
        about = underretninger.by_id(connection, number)
    assert about is not None
    sent = {**ANSWERS, "barn": str(about.child_id), "naeste": "screening", "modtaget": typed}
    answer = asking().post(f"/dubu/indgang/{number}", {**sent, "version": about.version})
    assert answer.status_code == 422
    assert says in answer.text
    assert typed in answer.text
    assert "Han er i trygge hænder." in answer.text
