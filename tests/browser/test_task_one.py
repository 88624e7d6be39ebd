"""Receive an underretning and assess it within 24 hours: at most six clicks, counted as they fall.

A click is a press of the mouse, of Enter or of a shortcut. Typing text is not counted, and neither
is Tab. The start is the front page.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from dubu_plugin.store.underretning import after_assessment, underretninger
from dubu_plugin.testing.ordinary_day import Day

MOST = 6

COUNTER = """
window.clicks = Number(sessionStorage.clicks || 0);
const count = () => { window.clicks += 1; sessionStorage.clicks = window.clicks; };
addEventListener("mousedown", count, true);
addEventListener("keydown", (event) => {
  const typed = event.target.matches("textarea, input:not([type=checkbox]):not([type=radio])");
  if (event.key === "Enter" && !typed) count();
  else if (!typed && event.key.length === 1) count();
  else if (event.altKey) count();
}, true);
"""


def test_an_underretning_is_assessed_and_acknowledged_in_six_clicks(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/hjaelp")
    page.add_init_script(COUNTER)
    page.goto(f"{origin}/dubu/min-dag")

    alma = page.get_by_role("listitem").filter(has_text="Alma Testvad")
    alma.get_by_role("link", name="24-timers vurdering").first.click()
    expect(page.get_by_label("Alma Testvad, 9 år")).to_be_checked()
    page.get_by_text("Forældres sundhed").click()
    page.locator("#f-fare-ikke_akut").click()
    page.keyboard.press("Tab")
    page.keyboard.insert_text("Alma er i skole, og farmor henter i dag. Ikke i akut fare.")
    page.get_by_text("Viggo, 4 år er vurderet samtidig").click()
    page.get_by_text("Screening (§ 18)").click()
    page.get_by_role("button", name="Gem og send kvittering").click()

    expect(page.get_by_role("status").first).to_contain_text("Vurderingen er gemt")
    assert page.evaluate("window.clicks") <= MOST
    with day.town.product.store.read() as connection:
        vurdering = underretninger.vurdering_of(connection, day.alma_underretning)
        letters = after_assessment.letters_of(connection, day.alma_underretning)
        concerns = underretninger.concerns_of(connection, day.alma_underretning)
    assert vurdering is not None
    assert (vurdering.fare, vurdering.next_step) == ("ikke_akut", "screening")
    assert vurdering.siblings == (day.viggo,)
    assert set(concerns) == {"3", "14"}
    assert {one.code for one in letters} == {"kvittering", "vurdering"}


def test_the_receipt_lists_what_followed_and_has_focus(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}")
    page.locator("#f-fare-ikke_akut").click()
    page.get_by_label("Begrundelse").fill("Alma er i skole, og farmor henter i dag.")
    page.get_by_text("Undersøgelse (§ 20)").click()
    page.keyboard.press("Alt+s")
    receipt = page.locator(".alert-success")
    expect(receipt).to_be_focused()
    expect(receipt).to_contain_text("Lukket frist: 24-timers vurdering")
    expect(receipt).to_contain_text("Kvittering")
    expect(receipt).to_contain_text("Åben pligt: kvittering til underretter")
    expect(page.get_by_role("link", name="Åbn sagen")).to_be_visible()
