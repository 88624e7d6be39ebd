"""What was to begin by now, what ends, and what rests on no decision any more stands on Min dag
until somebody has seen to it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.store.tables import afgoerelser, indsatser, sager
from dubu_plugin.testing.fake_ports import ANDERS, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.indsats.put_into_effect import put_into_effect
from dubu_plugin.usecases.indsats.wanted import Wanted
from tests.web.conftest import Asking
from tests.web.indsats.test_indsatser import begun, decided

URL = "/dubu/min-dag"
WAITS = "Skal sættes i gang: "


@pytest.fixture
def sag(day: Day) -> UUID:
    """Karen's case of a child of nine."""
    child = day.town.person("Alma Testvad", born=day.town.now.date() - timedelta(days=9 * 366))
    case = day.town.sag(child)
    change(day, sager, case, responsible=KAREN, unit="modtagelse")
    return case


def change(day: Day, table: sa.Table, key: UUID, **values: Any) -> None:
    with day.town.product.store.add() as connection:
        connection.execute(sa.update(table).where(table.c.id == key).values(**values))


@pytest.fixture
def planned(day: Day, asking: Asking, sag: UUID) -> str:
    """Where the page of one is that is planned for the day after tomorrow."""
    decided(day, sag, "familiebehandling")
    return begun(asking, sag, fra=(day.town.now.date() + timedelta(days=2)).isoformat())


def test_it_stands_from_its_day_with_a_link_for_whoever_has_the_case(
    day: Day, asking: Asking, planned: str
) -> None:
    assert WAITS not in asking(KAREN).get(URL).text, "its day has not come"
    for ahead in (2, 30):
        day.town.now += timedelta(days=ahead)
        page = asking(KAREN).get(URL).text
        assert page.count(WAITS) == 1
        assert f'href="{planned}"' in page
        assert "planlagt fra 4.\N{NO-BREAK SPACE}marts" in page
    for other in (METTE, ANDERS):
        assert WAITS not in asking(other).get(URL).text


def test_begun_it_is_gone(day: Day, asking: Asking, planned: str) -> None:
    day.town.now += timedelta(days=3)
    sag, its = (UUID(planned.split("/")[at]) for at in (3, 5))
    wanted = Wanted(afgoerelse=None, code="familiebehandling", starts_on=day.town.now.date())
    asker = Asker(KAREN, frozenset({Role.CASEWORKER}), "modtagelse")
    product, now = day.town.product, day.town.now
    put_into_effect(sag, its, wanted, seen=1, product=product, asker=asker, now=now)
    assert WAITS not in asking(KAREN).get(URL).text


@pytest.mark.parametrize("moved", [{"state": "opgivet"}, {"days": 20}])
def test_given_up_or_moved_it_is_gone(
    day: Day, asking: Asking, planned: str, moved: dict[str, Any]
) -> None:
    day.town.now += timedelta(days=3)
    its = UUID(planned.rpartition("/")[2])
    later = {"starts_on": day.town.now.date() + timedelta(days=moved.get("days", 0))}
    change(day, indsatser, its, **({"state": moved["state"]} if "state" in moved else later))
    assert WAITS not in asking(KAREN).get(URL).text


def test_what_runs_stands_four_weeks_before_its_last_day_and_until_it_is_ended(
    day: Day, asking: Asking, sag: UUID
) -> None:
    decided(day, sag, "familiebehandling")
    first = day.town.now.date()
    last = first + timedelta(days=60)
    its = begun(asking, sag, fra=first.isoformat(), til=last.isoformat())
    assert "Slutter snart: " not in asking(KAREN).get(URL).text
    day.town.now += timedelta(days=32)
    page = asking(KAREN).get(URL).text
    assert page.count("Slutter snart: ") == 1
    assert "ventes at slutte 1.\u00a0maj" in page
    day.town.now += timedelta(days=29)
    page = asking(KAREN).get(URL).text
    assert page.count("Skulle være sluttet: ") == 1
    assert "skulle slutte 1.\u00a0maj" in page
    assert "Slutter snart: " not in page
    assert f'href="{its}"' in page
    change(day, indsatser, UUID(its.rpartition("/")[2]), state="ophoert")
    assert "Skulle være sluttet: " not in asking(KAREN).get(URL).text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("hjemvist", "Ankestyrelsen har sendt afgørelsen tilbage"),
        ("ophaevet", "Ankestyrelsen har ophævet afgørelsen"),
        ("bortfaldet", "Udvalget godkendte ikke afgørelsen"),
    ],
)
@pytest.mark.parametrize("days", [10, 200])
def test_rsl_68_help_that_runs_by_a_decision_that_fell_stands_until_it_has_a_new_one_or_ends(
    day: Day, asking: Asking, sag: UUID, state: str, said: str, days: int
) -> None:
    number = decided(day, sag, "familiebehandling")
    first = day.town.now.date()
    last = first + timedelta(days=days)
    its = begun(asking, sag, fra=first.isoformat(), til=last.isoformat())
    made = sa.update(afgoerelser).where(afgoerelser.c.skrift_id == number)

    def page(became: str) -> str:
        with day.town.product.store.add() as connection:
            connection.execute(made.values(state=became))
        return str(asking(KAREN).get(URL).text).replace("\N{NO-BREAK SPACE}", " ")

    assert "Uden afgørelse: " not in page("truffet")
    fell = page(state)
    assert fell.count("Uden afgørelse: ") == 1
    assert said in fell
    assert f'href="{its}"' in fell
    assert "Slutter snart: " not in fell, "it should not go on till then"
    assert "Uden afgørelse: " not in page("erstattet"), "a new one is made in its place"
    change(day, indsatser, UUID(its.rpartition("/")[2]), state="ophoert")
    assert "Uden afgørelse: " not in page(state)
