"""A case about a child with a disability on the screen: its own steps, and what can be begun."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.tables import sager
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.web.min_dag.duty_places import duty_place
from tests.usecases.skrift.desk import Desk

Asking: TypeAlias = Callable[..., Any]


@pytest.fixture
def sag(day: Day) -> UUID:
    child = day.town.person("Emil Testdal", born=date(2018, 6, 21))
    number = day.town.sag(child, step="ansoegt")
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        work.connection.execute(
            sa.update(sager).where(sager.c.id == number).values(area="boernehandicap")
        )
    day.town.underretning(
        "Jeg søger tabt arbejdsfortjeneste.", child=child, sag=number, henvendelse="ansoegning"
    )
    return number


def test_the_panel_has_the_steps_of_an_application_and_no_plan(asking: Asking, sag: UUID) -> None:
    page = asking(KAREN).get(f"/dubu/sag/{sag}").text
    for step in ("Ansøgning", "Udredning", "Hjælp"):
        assert f'<span class="course__name">{step}</span>' in page
    assert '<span class="course__name">Screening</span>' not in page
    assert "Lav plan" not in page
    assert "Skriv udredningen" in page, "the screening is answered by the udredning"
    course = asking(KAREN).get(f"/dubu/sag/{sag}/forloeb").text
    assert "Målgruppe, funktionsniveau og kompensationsbehov" in course


def test_an_application_is_not_called_an_underretning(asking: Asking, sag: UUID, day: Day) -> None:
    page = asking(KAREN).get(f"/dubu/sag/{sag}").text
    assert "Ansøgninger <span" in page
    assert "Underretninger <span" not in page
    assert "på 12 måneder" not in page
    noah = asking(KAREN).get(f"/dubu/sag/{day.noah_sag}").text
    assert "Underretninger <span" in noah


def test_the_udredning_is_what_is_begun_and_where_the_screenings_line_leads(
    asking: Asking, sag: UUID, day: Day
) -> None:
    page = asking(KAREN).get(f"/dubu/sag/{sag}/skrift?skriv=screening").text
    assert "Start udredning" in page
    assert "Begynd screening" not in page
    Desk(day.town, sag).begun(SkriftKind.HANDICAPUDREDNING)
    where = asking(KAREN).get(f"/dubu/sag/{sag}/skrift?skriv=screening")
    assert where.status_code == 303
    assert "/skrift/" in where.headers["location"]
    assert duty_place("SCR", disability=False) != duty_place("SCR", disability=True)


def test_an_udredning_that_stands_leads_to_a_decision_on_each_benefit(
    asking: Asking, sag: UUID, day: Day
) -> None:
    desk = Desk(day.town, sag)
    skrift = desk.finished(desk.begun(SkriftKind.HANDICAPUDREDNING))
    levels = {
        (one, "funktionsniveau"): "2"
        for one in ("mentale_funktioner", "fysiske_funktioner", "sanser_kommunikation",
                    "egenomsorg", "relationer_adfaerd", "laering", "fritid",
                    "praktiske_opgaver", "behandling_soevn")
    }  # fmt: skip
    desk.put_at(skrift, levels)
    desk.put(skrift, maalgruppe="lidelse", kompensationsbehov="Timer.", soegt="tabt,ledsagelse",
             udfald="ingen", vurdering_tabt="Nødvendigt.")  # fmt: skip
    page = asking(KAREN).get(f"/dubu/sag/{sag}/skrift/{skrift.id}").text
    assert "Forbered afgørelse" not in page
    asking("henrik").post(f"/dubu/sag/{sag}/skrift/{skrift.id}", {"handling": "godkend"})
    page = asking(KAREN).get(f"/dubu/sag/{sag}/skrift/{skrift.id}").text.replace("\u00a0", " ")
    assert "Tabt arbejdsfortjeneste (§ 87)" in page
    assert "Ledsagelse (§ 89)" not in page, "he is seven"
    begun = asking(KAREN).post(f"/dubu/sag/{sag}/afgoerelser", {"forhold": "tabt"})
    form = asking(KAREN).get(begun.headers["location"]).text.replace("\u00a0", " ")
    assert "Afgørelsen er truffet efter barnets lov § 87." in form
    assert "Nødvendigt." in form
