"""The line of Min dag asks in place why its deadline was not kept."""

import pytest
from playwright.sync_api import expect

from dubu_plugin.testing.ordinary_day import Day

from .conftest import Open
from .test_axe import WIDTHS, violations

ASKS = "Hvorfor blev den ikke holdt?"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_question_opens_in_the_line_and_is_answered_with_two_clicks(
    width: int, day_at: tuple[Day, str], open_page: Open
) -> None:
    _, origin = day_at
    page = open_page(f"{origin}/dubu/min-dag", width=width)
    page.get_by_role("link", name=ASKS).first.click()
    box = page.get_by_role("textbox", name="Hvorfor blev fristen ikke holdt?")
    box.wait_for()
    assert page.url.endswith("/dubu/min-dag")
    assert box.evaluate("box => box === document.activeElement")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.type("Familien var bortrejst.")
    page.get_by_role("button", name="Gem grunden").click()
    page.get_by_text("Grunden er skrevet.").wait_for()
    page.get_by_role("link", name="Se eller ret").first.click()
    page.get_by_text("Grunden er skrevet: Familien var bortrejst.").wait_for()


def test_without_javascript_the_question_is_a_page(
    day_at: tuple[Day, str], open_page: Open
) -> None:
    _, origin = day_at
    page = open_page(f"{origin}/dubu/min-dag", java_script_enabled=False)
    page.get_by_role("link", name=ASKS).first.click()
    page.get_by_label("Hvorfor blev fristen ikke holdt?").fill("Familien var bortrejst.")
    page.get_by_role("button", name="Gem grunden").click()
    expect(page.get_by_text("Grunden er skrevet.")).to_be_visible()
