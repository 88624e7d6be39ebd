"""Whoever gives something to the on-call unit keeps sight of it, and can undo it."""

import re
from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import underretninger
from dubu_plugin.testing.fake_ports import METTE
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


def has(day: Day, number: UUID) -> tuple[str | None, str | None]:
    query = sa.select(underretninger.c.unit, underretninger.c.responsible)
    with day.town.product.store.read() as connection:
        return tuple(connection.execute(query.where(underretninger.c.id == number)).one())


@pytest.fixture
def given(asking: Asking, day: Day) -> str:
    """The address the giver is sent to."""
    address = f"/dubu/indgang/{day.alma_underretning}"
    answer = asking().post(f"{address}/giv-videre", {"til": "doegnvagt"})
    assert answer.status_code == 303
    place: str = answer.headers["location"]
    return place


def test_the_giver_reads_it_and_has_a_receipt(given: str, asking: Asking, day: Day) -> None:
    page = asking().get(given)
    assert page.status_code == 200
    assert "Givet til døgnvagten" in words(page.text)
    assert "Fortryd" in words(page.text)
    assert 'name="begrundelse"' not in page.text
    assert "giv-videre" not in page.text
    again = asking().get(f"/dubu/indgang/{day.alma_underretning}")
    assert (again.status_code, "Fortryd" in again.text) == (200, False)


def test_the_giver_may_do_nothing_else_with_it(given: str, asking: Asking, day: Day) -> None:
    address = f"/dubu/indgang/{day.alma_underretning}"
    for path in ("", "/andet", "/giv-videre", "/kvittering", "/et-barn-til"):
        assert asking().post(f"{address}{path}", {"gem": "uden"}).status_code == 404, path


def test_others_of_the_unit_that_gave_it_see_nothing(given: str, asking: Asking) -> None:
    assert asking(METTE).get(given.split("?")[0]).status_code == 404


def test_giving_is_undone(given: str, asking: Asking, day: Day) -> None:
    before = ("modtagelse", "karen")
    assert has(day, day.alma_underretning) != before
    address = f"/dubu/indgang/{day.alma_underretning}"
    undone = asking().post(f"{address}/hent-tilbage")
    assert undone.status_code == 303
    assert has(day, day.alma_underretning)[0] == "modtagelse"
    assert 'name="begrundelse"' in asking().get(undone.headers["location"]).text


def test_what_somebody_has_taken_is_not_taken_back(given: str, asking: Asking, day: Day) -> None:
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        work.connection.execute(sa.update(underretninger).values(responsible=METTE))
    refused = asking().post(f"/dubu/indgang/{day.alma_underretning}/hent-tilbage")
    assert (refused.status_code, "Ring til dem" in refused.text) == (409, True)


def test_the_giver_loses_sight_once_it_is_assessed(given: str, asking: Asking, day: Day) -> None:
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        work.connection.execute(sa.update(underretninger).values(state="vurderet"))
    assert asking().get(given).status_code == 404
