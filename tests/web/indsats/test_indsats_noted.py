"""What was noted by hand of an indsats stands on the page with when it ended."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from dubu_plugin.domain import danish
from dubu_plugin.domain.gates.begins import Before, Decider
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store import access
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.indsats.start import begin
from dubu_plugin.usecases.indsats.wanted import Wanted
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


def test_paragraf_98_a_planned_placement_takes_over_from_one_that_is_noted(
    asking: Asking, day: Day
) -> None:
    sag = day.town.sag(day.town.person("Alma Testvad", born=date(2016, 12, 3)))
    now = day.town.now
    day.town.happened(H.ANBRINGELSE_IVAERKSAT, sag=sag, occurred_at=now - timedelta(days=200))
    today = danish.danish_day(now)
    with day.town.product.store.read() as connection:
        asker = access.asker(connection, KAREN)
    assert asker is not None
    before = Before(on=today, by=Decider.KOMMUNEN, paper="Dokument 7")
    planned = begin(sag, Wanted(
        code="anbringelse_samtykke", place="kostskole", reason="omsorgssvigt", before=before,
        starts_on=today + timedelta(days=1),
    ), product=day.town.product, asker=asker, now=now)  # fmt: skip
    url = f"/dubu/sag/{sag}/indsats/{planned.id}"
    form = asking(KAREN).get(f"{url}?goer=start").text
    since = danish.unbroken(danish.long_date(today - timedelta(days=200)))
    assert f"Den tager over fra anbringelsen, der er noteret fra {since}" in form
    sent = {"version": "1", "handling": "start", "fra": today.isoformat(), "grund": "omsorgssvigt"}
    answer = asking(KAREN).post(url, sent)
    assert answer.status_code == 422
    assert 'id="f-tager_over-fejl"' in answer.text
    assert asking(KAREN).post(url, sent | {"tager_over": "ja"}).status_code == 303
    assert "Noteret uden indsats" in asking(KAREN).get(f"/dubu/sag/{sag}/indsatser").text
    assert "tager_over" not in asking(KAREN).get(f"{url}?goer=start").text


def test_the_timeline_has_what_is_noted_until_it_is_written_in(asking: Asking, day: Day) -> None:
    sag = day.town.sag(day.town.person("Alma Testvad", born=date(2016, 12, 3)))
    key = uuid4()
    day.town.happened(H.ANBRINGELSE_IVAERKSAT, sag=sag, data={"anbringelse": str(key)})
    figure = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser").text.partition('id="linje-h"')[2]
    first = danish.danish_day(day.town.now).isoformat()
    assert "timeline__bar--noteret" in figure
    assert f"/dubu/sag/{sag}/indsatser/ny?fra={first}&amp;noteret={key}" in figure
    day.town.happened(H.ANBRINGELSE_OPHOERT, sag=sag, data={"anbringelse": str(key)})
    figure = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser").text.partition('id="linje-h"')[2]
    assert "timeline__bar--noteret" in figure
    assert "noteret=" not in figure
