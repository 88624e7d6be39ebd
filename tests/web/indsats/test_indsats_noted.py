"""What was noted by hand of an indsats stands on the page with when it ended."""

from uuid import uuid4

import pytest

from dubu_plugin.domain import danish
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking


@pytest.mark.parametrize(
    ("what", "named"), [(H.BARN_HJEMGIVET, True), (H.BARN_HJEMGIVET, False),
                        (H.ANBRINGELSE_OPHOERT, False)],
)  # fmt: skip
def test_paragraf_46_a_child_that_went_home_is_not_noted_as_placed_still(
    asking: Asking, day: Day, what: H, named: bool
) -> None:
    sag = day.town.sag(day.town.person("Alma Testvad"))
    day.town.happened(H.ANBRINGELSE_IVAERKSAT, sag=sag, data={})
    url = f"/dubu/sag/{sag}/indsatser"
    box = asking(KAREN).get(url).text.partition("Noteret uden indsats")[2].partition("</ul>")[0]
    assert "fra " in box
    assert " til" not in box.replace("\u00a0", " ")
    # Coming home ends every placement, also where it names another.
    data = {"anbringelse": str(uuid4())} if named else {}
    day.town.happened(what, sag=sag, data=data)
    page = asking(KAREN).get(url).text
    today = danish.danish_day(day.town.now)
    until = danish.unbroken(f" til {danish.list_date(today, today)}")
    assert until in page.partition("Noteret uden indsats")[2].partition("</ul>")[0]
