"""The opfølgning of help to a child with a disability: its own law, its own rhythm, and Ægget."""

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.store.tables import indsatser, sager
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking

from .test_opfoelgning import Page


def test_it_names_its_own_law_offers_a_year_and_an_udredning(day: Day, asking: Asking) -> None:
    page = Page(day, asking)
    follower = page.follower
    with day.town.product.store.write(actor="karen", now=day.town.now) as work:
        ended = sa.update(indsatser).where(indsatser.c.id == follower.its.id)
        work.connection.execute(ended.values(state="ophoert", ended_on=follower.its.starts_on))
        case = sa.update(sager).where(sager.c.id == follower.sag)
        work.connection.execute(case.values(area="boernehandicap"))
    today = danish_day(day.town.now)
    decision = follower.desk.decision("tabt", on=today)
    follower.desk.begun("tabt_arbejdsfortjeneste", starts_on=today, afgoerelse=decision)
    fields = page.fields()
    assert fields["naeste"] == "12"
    assert fields["vurder"] == "handicapudredning"
    text = asking(KAREN).get(page.url).text.replace("&nbsp;", " ").replace("\u00a0", " ")
    assert "§ 156, stk. 2" in text
    assert "§ 95, stk. 3" not in text


def test_another_case_is_offered_no_udredning(day: Day, asking: Asking) -> None:
    page = Page(day, asking)
    assert page.fields()["vurder"] == "boernefaglig_undersoegelse"
    assert 'value="handicapudredning"' not in asking(KAREN).get(page.url).text
