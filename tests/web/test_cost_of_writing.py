"""What the pages one writes on ask of the database: a dozen questions, whatever stands there."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.skrift.write import add_behov
from tests.web.plan.test_plan_skrift import Planning

from .conftest import Statements
from .skrift_desk import SCHOOL
from .test_cost import MOST


@pytest.fixture
def desk(day: Day) -> Planning:
    return Planning(day)


@pytest.fixture
def asked(day: Day) -> Iterator[Statements]:
    counted = Statements()
    engine = day.town.product.store.engine
    sa.event.listen(engine, "before_cursor_execute", counted)
    yield counted
    sa.event.remove(engine, "before_cursor_execute", counted)


def cost(desk: Planning, asked: Statements, url: str) -> int:
    """Return how many questions a page that is looked at again asks."""
    client = desk.client()
    assert client.get(url).status_code == 200
    asked.said.clear()
    assert client.get(url).status_code == 200
    return len(asked.said)


def test_a_plan_that_is_written_in(desk: Planning, asked: Statements) -> None:
    """One more than others: whose plan it was, so that a child it has no goal for now is told."""
    url = desk.made()
    assert cost(desk, asked, url) <= MOST + 1, "\n".join(one[:90] for one in asked.said)


def test_a_plan_that_stands(desk: Planning, asked: Statements) -> None:
    url = desk.made()
    desk.send(url)
    assert cost(desk, asked, url) <= MOST, "\n".join(one[:90] for one in asked.said)


def test_the_start_of_a_plan(desk: Planning, asked: Statements) -> None:
    assert cost(desk, asked, desk.all) <= MOST, "\n".join(one[:90] for one in asked.said)


def test_a_dimension(desk: Planning, asked: Statements) -> None:
    url = f"/dubu/sag/{desk.sag}/skrift/{desk.bfu.id}/{SCHOOL}"
    assert cost(desk, asked, url) <= MOST, "\n".join(one[:90] for one in asked.said)


def test_a_plan_costs_the_same_however_many_goals_and_needs(
    desk: Planning, asked: Statements
) -> None:
    url = desk.made()
    few = cost(desk, asked, url)
    for number in range(10):
        add_behov(desk.sag, desk.bfu.id, SCHOOL, f"Behov {number}", **desk.act())
        desk.save(url, nyt_maal=f"Mål {number}")
    assert cost(desk, asked, url) == few
