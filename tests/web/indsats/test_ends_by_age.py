"""Who is of age before long: the page that ends a placement says from when that can be why."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import long_date
from dubu_plugin.store.tables import personer, sager
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.indsats.test_indsatser import Asking, placed, sag
from tests.web.skrift_desk import plain

__all__ = ["sag"]


@pytest.mark.parametrize(("days", "says"), [(10, True), (40, False)])
def test_paragraf_99_a_placement_that_ends_by_age_says_from_when_it_can(
    asking: Asking, day: Day, sag: UUID, days: int, says: bool
) -> None:
    where = placed(asking, sag)
    grown = day.town.now.date() + timedelta(days=days)
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        child = sa.select(sager.c.child_id).where(sager.c.id == sag).scalar_subquery()
        born = grown.replace(year=grown.year - 18)
        work.connection.execute(sa.update(personer).where(personer.c.id == child).values(born=born))
    page = plain(asking(KAREN).get(f"{where}?goer=afslut").text)
    last = plain(long_date(grown - timedelta(days=1)))
    assert (f"Barnet fylder 18 år den {plain(long_date(grown))}." in page) is says
    assert (f"så afslut den fra den {last}" in page) is says
