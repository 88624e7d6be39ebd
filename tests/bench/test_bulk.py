"""What is stored in bulk is what the product itself would find, and its indexes are all there."""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.bench.bulk import DONE, RUNNING, STEPS, bulk, store_activities
from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.aktivitet.plan_lines import plan_lines
from dubu_plugin.store.database import Store
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.store.tables import aktiviteter, aktivitetsplaner, frister, personer, sager
from dubu_plugin.testing.databases import fresh_sqlite

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ME = Asker("karen", frozenset({Role.CASEWORKER}), "nord")


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database with an open and a closed case."""
    url = fresh_sqlite(tmp_path)
    child = uuid4()
    with bulk(url, sager) as connection:
        connection.execute(sa.insert(personer).values(id=child, name="Alma Testvad", seen_at=NOW))
        for phase in ("active", CLOSED):
            connection.execute(
                sa.insert(sager).values(
                    id=uuid4(), title="Testsag", child_id=child, area="udsatte_boern",
                    step="modtaget", phase=phase, opened_at=NOW, responsible="karen", unit="nord",
                )
            )  # fmt: skip
    return url


def indexes(url: str) -> set[str]:
    with sa.create_engine(url).connect() as connection:
        return set(connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type='index'")))


def test_as_many_activities_are_stored_as_were_asked_for(url: str) -> None:
    before, told = indexes(url), list[int]()
    closed = store_activities(url, 80, told.append)
    assert indexes(url) == before
    with sa.create_engine(url).connect() as connection:
        count = sa.select(sa.func.count())
        assert connection.scalar(count.select_from(aktiviteter)) == sum(told) == 80
        assert connection.scalar(count.select_from(aktivitetsplaner)) == 80 / STEPS
        states = connection.execute(sa.select(frister.c.state, sa.func.count()).group_by("state"))
        assert list(states) == [("opfyldt", closed)]


def test_two_plans_run_on_an_open_case_and_none_on_a_closed_one(url: str) -> None:
    store_activities(url, 80, lambda count: None)
    book = RuleBook.load([Path(str(files("dubu_templates"))) / "frister"])
    store = Store.connect(url, book)
    with store.read() as connection:
        lines = plan_lines(connection, ME)
    store.close()
    assert [(line.done, line.total, line.next_title) for line in lines] == [
        (DONE, STEPS, "Tal med barnet")
    ] * RUNNING
