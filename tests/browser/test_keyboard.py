"""Everything can be reached and done from the keyboard, and the shortcuts can be switched off."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from dubu_plugin.testing.ordinary_day import Day


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.name"))


def test_the_order_is_skip_link_menu_search_and_then_the_page(
    standing_day: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{standing_day[1]}/dubu/min-dag")
    order = []
    for _ in range(8):
        page.keyboard.press("Tab")
        order.append(focused(page))
    assert order[:6] == ["Gå til indhold", "Min dag", "Indgang", "Søg", "Hjælp", "q"]
    assert order[7].startswith("Mine og nye")


def test_the_skip_link_goes_to_the_page(
    standing_day: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{standing_day[1]}/dubu/indgang")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page).startswith("Ny henvendelse")


def test_a_line_is_found_with_j_and_k_and_opened_with_enter(
    standing_day: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{standing_day[1]}/dubu/min-dag")
    second = page.locator("[data-line]").nth(1)
    for key in "jjjk":
        page.keyboard.press(key)
    expect(second).to_be_focused()
    address = second.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_going_back_returns_to_the_same_filter(
    standing_day: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{standing_day[1]}/dubu/min-dag")
    page.get_by_role("link", name="Pligter uden dato").click()
    # A key that is pressed before the next page is there is pressed on the old one.
    expect(page.locator(".filters [aria-current]").last).to_contain_text("Pligter uden dato")
    page.wait_for_load_state()
    page.keyboard.press("j")
    expect(page.locator("a:focus")).to_have_attribute("href", re.compile("/skrift"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/dubu/sag/*/skrift**")  # a duty to screen leads to where one screens
    page.go_back()
    chosen = page.locator(".filters [aria-current]").all_inner_texts()
    assert [text.split("\n")[0] for text in chosen] == ["Mine og nye", "Pligter uden dato"]


def test_slash_searches_and_g_goes(
    standing_day: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{standing_day[1]}/dubu/min-dag")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/dubu/indgang")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/dubu/min-dag")


def test_x_chooses_the_line_one_stands_on(
    standing_day: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{standing_day[1]}/dubu/indgang")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("input[name=valgt]:checked").count() == 1
    page.keyboard.press("x")
    assert page.locator("input[name=valgt]:checked").count() == 0


def test_nothing_is_a_shortcut_while_somebody_types(
    standing_day: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = standing_day
    page = open_page(f"{origin}/dubu/indgang/{day.freja_underretning}")
    field = page.get_by_label("Begrundelse")
    field.focus()
    page.keyboard.type("gi /jkx")
    expect(field).to_have_value("gi /jkx")


def test_the_shortcuts_can_be_switched_off(
    standing_day: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{standing_day[1]}/dubu/hjaelp")
    page.get_by_role("button", name="Slå genveje fra").click()
    page.goto(f"{standing_day[1]}/dubu/min-dag")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


def test_an_error_takes_focus_and_leads_to_its_field(
    standing_day: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = standing_day
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}")
    page.get_by_role("button", name="Gem og send kvittering").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Vurderingen er ikke gemt endnu")
    summary.get_by_role("link", name="Skriv, hvorfor").click()
    expect(page.get_by_label("Begrundelse")).to_be_focused()
