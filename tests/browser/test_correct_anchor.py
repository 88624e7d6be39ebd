"""Karen puts the day right a deadline is counted from (barnets lov § 20, stk. 3), and sees the old
date and the new with the law before anything is kept."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.testing.ordinary_day import Day

DECIDED = datetime(2026, 2, 20, 8, 5, tzinfo=UTC)
"""20 February 09.05 in Denmark."""


def decided(day: Day) -> UUID:
    """Return a case with an undersøgelse: known on 2 February, so due on 2 June."""
    town = day.town
    child = town.person("Alma Testvad", born=date(2017, 5, 4))
    sag = town.sag(child)
    town.happened(
        H.UNDERSOEGELSE_BESLUTTET, occurred_at=DECIDED, sag=sag, person=child,
        data={"undersoegelse": "barnet", "kendskab": "2026-02-02"},
    )  # fmt: skip
    return sag


@pytest.mark.parametrize("width", [1440, 400])
def test_paragraf_20_known_12_and_not_2_february_shows_2_june_and_12_june_before_it_is_kept(
    day_at: tuple[Day, str], open_page: Callable[..., Page], width: int
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/sag/{decided(day)}/frister", width=width)
    box = page.locator("section.box").filter(
        has=page.get_by_role("heading", name="Børnefaglig undersøgelse", exact=True)
    )
    expect(box).to_contain_text("Senest tirsdag 2. juni 2026")
    expect(box).to_contain_text("Uret startede 2. februar, den dag, kommunen fik kendskab")
    box.get_by_text("Ret dagen, fristen regnes fra").click()
    known = box.get_by_label("Kommunen fik kendskab til behovet den")
    expect(known).to_have_value("2026-02-02")
    expect(box.get_by_label("Klokken")).to_have_count(0)

    known.fill("2026-02-12")
    box.get_by_label("Hvorfor rettes det?").fill("Underretningen kom først den 12.")
    box.get_by_role("button", name="Vis den nye dato").click()
    seen = box.get_by_role("status")
    expect(seen).to_contain_text("Fristen bliver 10 dage senere.")
    expect(seen).to_contain_text("Før: senest tirsdag 2. juni 2026")
    expect(seen).to_contain_text("Nu: senest fredag 12. juni 2026")
    expect(seen).to_contain_text("Barnets lov §\u00a020, stk.\u00a03: 4 måneder")
    expect(box.locator("strong").first).to_have_text("Senest tirsdag 2. juni 2026")
    scroll = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(scroll) <= 0

    box.get_by_role("button", name="Gem den nye dato").click()
    expect(box.locator("strong").first).to_have_text("Senest fredag 12. juni 2026")
    expect(box).to_contain_text("Uret startede 12. februar")
    expect(box).to_contain_text("Før: Senest tirsdag 2. juni 2026, regnet fra 2. februar")
    expect(box).to_contain_text("Underretningen kom først den 12.")
