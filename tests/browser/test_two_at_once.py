"""Two people assess the same underretning: the second sees what the first wrote, loses nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing.fake_ports import METTE
from dubu_plugin.testing.ordinary_day import Day

MINE = "Alma er i skole, og farmor henter i dag."
THEIRS = "Jeg har talt med klasselæreren. Alma er træt, men tryg."


@pytest.fixture
def second(day_at: tuple[Day, str], open_page: Callable[..., Page]) -> Page:
    """Karen's page, after Mette saved while Karen was typing."""
    day, origin = day_at
    address = f"{origin}/dubu/indgang/{day.alma_underretning}"
    karen, mette = open_page(address), open_page(address, who=METTE)
    for page, text in ((karen, MINE), (mette, THEIRS)):
        page.locator("#f-fare-ikke_akut").check()
        page.get_by_label("Begrundelse").fill(text)
    mette.get_by_label("Intet videre").check()
    mette.get_by_role("button", name="Gem uden kvittering").click()
    expect(mette.locator(".alert-success")).to_be_visible()
    karen.get_by_label("Screening (§ 18)").check()
    karen.get_by_role("button", name="Gem uden kvittering").click()
    return karen


def reason(day: Day) -> str:
    with day.town.product.store.read() as connection:
        vurdering = underretninger.vurdering_of(connection, day.alma_underretning)
    assert vurdering is not None
    return vurdering.reason


def test_both_texts_stand_side_by_side(day_at: tuple[Day, str], second: Page) -> None:
    expect(second.get_by_role("alert")).to_be_focused()
    expect(second.get_by_role("alert")).to_contain_text("Mette har gemt vurderingen")
    box = second.get_by_role("region", name="Det er forskelligt")
    expect(box).to_contain_text(MINE)
    expect(box).to_contain_text(THEIRS)
    expect(second.get_by_label("Begrundelse")).to_have_value(MINE)
    assert reason(day_at[0]) == THEIRS


def test_ones_own_can_be_kept(day_at: tuple[Day, str], second: Page) -> None:
    second.get_by_role("button", name="Behold min").click()
    expect(second.locator(".alert-success")).to_contain_text("gemt")
    assert reason(day_at[0]) == MINE


def test_the_others_can_be_used(day_at: tuple[Day, str], second: Page) -> None:
    second.get_by_role("button", name="Brug Mettes").click()
    expect(second.get_by_text(THEIRS)).to_be_visible()
    assert reason(day_at[0]) == THEIRS


def test_both_can_be_put_together(day_at: tuple[Day, str], second: Page) -> None:
    second.get_by_role("button", name="Saml begge").click()
    expect(second.get_by_label("Begrundelse")).to_have_value(f"{MINE}\n\n{THEIRS}")
    expect(second.get_by_label("Screening (§ 18)")).not_to_be_checked()  # they differed: ask again
    second.get_by_label("Screening (§ 18)").check()
    second.get_by_role("button", name="Gem rettelsen").click()
    expect(second.locator(".alert-success")).to_contain_text("gemt")
    assert reason(day_at[0]) == f"{MINE}\n\n{THEIRS}"


def test_ones_own_is_there_again_after_going_away(day_at: tuple[Day, str], second: Page) -> None:
    day, origin = day_at
    second.goto(f"{origin}/dubu/min-dag")
    second.goto(f"{origin}/dubu/indgang/{day.alma_underretning}?ret=ja")
    expect(second.get_by_label("Begrundelse")).to_have_value(MINE)
