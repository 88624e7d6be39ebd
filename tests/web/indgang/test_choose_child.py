"""An application whose child nobody has chosen gets one, and lies on the child's case."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import frister, underretninger
from dubu_plugin.testing import made_post
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking

TEXT = "Ansøgning om aflastning til vores søn. Han har autisme."


@pytest.fixture
def application(day: Day, asking: Asking) -> UUID:
    files = {"filer": ("mail.eml", made_post.eml(TEXT, subject="Ansøgning"), "message/rfc822")}
    asking().post("/dubu/indgang", files=files)
    with day.town.product.store.read() as connection:
        number = connection.scalar(
            sa.select(underretninger.c.id).where(
                underretninger.c.henvendelse == "ansoegning", underretninger.c.child_id.is_(None)
            )
        )
    assert number is not None
    return UUID(str(number))


def about(day: Day, number: UUID) -> sa.Row[tuple[object, ...]]:
    with day.town.product.store.read() as connection:
        return connection.execute(
            sa.select(underretninger).where(underretninger.c.id == number)
        ).one()


def test_the_page_of_an_application_leads_to_choosing_its_child(
    asking: Asking, application: UUID
) -> None:
    address = f"/dubu/indgang/{application}"
    assert f'href="{address}/barn"' in asking().get(address).text
    assert "Hvilket barn handler det om?" in asking().get(f"{address}/barn").text


def test_a_child_that_is_typed_gets_its_case_and_the_clock_follows(
    day: Day, asking: Asking, application: UUID
) -> None:
    version = about(day, application).version
    form = {"barn": "andet", "cpr": "210618-4990", "navn": "", "version": str(version)}
    answer = asking().post(f"/dubu/indgang/{application}/barn", form)
    assert answer.status_code == 303
    row = about(day, application)
    assert row.child_id is not None
    assert row.sag_id is not None
    with day.town.product.store.read() as connection:
        states = connection.scalars(
            sa.select(frister.c.state).where(
                frister.c.underretning_id == application, frister.c.rule == "LOKALFRIST"
            )
        ).all()
    assert states == ["aaben"]
    assert (
        f'href="/dubu/indgang/{application}/barn"'
        not in asking().get(f"/dubu/indgang/{application}").text
    )


def test_nobody_chosen_keeps_what_was_typed(day: Day, asking: Asking, application: UUID) -> None:
    form = {"barn": "", "navn": "Theodor Testhøj", "version": str(about(day, application).version)}
    answer = asking().post(f"/dubu/indgang/{application}/barn", form)
    assert answer.status_code == 422
    assert "Vælg, hvilket barn det handler om." in answer.text
    assert "Theodor Testhøj" in answer.text
