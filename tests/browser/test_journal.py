"""The journal of a case in a browser: a draft of one's own, a note, and the stream narrowed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dubu_plugin.testing.fake_ports import HENRIK
from dubu_plugin.testing.ordinary_day import Day

from .test_axe import UNSEEN, violations

WIDTHS = (1440, 400)
TEXT = "Mor fortæller, at morgenerne går bedre. <b>Æ</b> 🐶"


def begun(page: Page, title: str, text: str = TEXT) -> None:
    """Type in the form of a note."""
    page.get_by_label("Overskrift").fill(title)
    page.get_by_label("Hvad er det et notat om?").select_option("telefon")
    page.get_by_label("Hvad skete der?").focus()
    page.keyboard.insert_text(text)


def seen(page: Page, width: int) -> None:
    """Look at a page with what finds what is wrong with it."""
    assert violations(page) == []
    assert page.evaluate(UNSEEN) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_panel_to_a_draft_to_a_note_in_the_stream(
    day_at: tuple[Day, str], open_page: Callable[..., Page], width: int
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/sag/{day.noah_sag}", width=width)
    page.get_by_role("link", name="Hele journalen").click()
    expect(page.get_by_role("heading", name=re.compile(r"Journal \d"))).to_be_visible()
    page.get_by_role("link", name="Skriv notat").click()
    begun(page, "Om morgenerne")
    expect(page.locator("#gemt")).to_contain_text("Kladde gemt")
    seen(page, width)

    # The telephone rings, and the page is left.
    page.get_by_role("link", name="Hele journalen").click()
    expect(page.get_by_role("heading", name="Dine kladder")).to_be_visible()
    seen(page, width)
    other = open_page(f"{origin}/dubu/sag/{day.noah_sag}/journal", who=HENRIK, width=width)
    expect(other.get_by_text("Om morgenerne")).to_have_count(0)

    page.get_by_role("link", name="Om morgenerne").click()
    expect(page.get_by_label("Hvad skete der?")).to_have_value(TEXT)
    page.get_by_role("button", name="Journalisér notatet").click()
    expect(page.get_by_role("status").filter(has_text="Notatet står her nu")).to_be_visible()
    expect(page.get_by_role("heading", name="Dine kladder")).to_have_count(0)
    expect(page.get_by_text(TEXT)).to_be_visible()
    expect(page.get_by_text("Sendes til journalen", exact=True)).to_be_visible()
    seen(page, width)


def test_a_draft_thrown_away_comes_back_with_one_press(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/sag/{day.noah_sag}/journal/notat")
    begun(page, "Om morgenerne")
    page.get_by_role("button", name="Gem som kladde").click()
    page.get_by_role("button", name="Smid væk").click()
    expect(page.get_by_role("heading", name="Kladden er smidt væk")).to_be_visible()
    expect(page.get_by_role("heading", name="Dine kladder")).to_have_count(0)
    page.get_by_role("button", name="Fortryd").click()
    page.get_by_role("link", name="Om morgenerne").click()
    expect(page.get_by_label("Hvad skete der?")).to_have_value(TEXT)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_chosen_stands_in_the_address_and_can_be_let_go_of(
    day_at: tuple[Day, str], open_page: Callable[..., Page], width: int
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/sag/{day.noah_sag}/journal/notat", width=width)
    begun(page, "Om morgenerne")
    page.get_by_label("Barnets egne ord").fill("»Jeg vil gerne sove længe«")
    page.get_by_role("button", name="Journalisér notatet").click()
    page.get_by_role("link", name="Barnets egne ord").click()
    expect(page).to_have_url(f"{origin}/dubu/sag/{day.noah_sag}/journal?barnet=ja")
    page.get_by_label("Ord i journalen").fill("Længe")
    page.keyboard.press("Enter")
    expect(page.locator(".chosen__one", has_text="»Længe«")).to_be_visible()
    assert "nge" not in page.url.partition("journal")[2].replace("soeg", "")
    expect(page.get_by_role("link", name="Om morgenerne")).to_have_count(0)
    expect(page.get_by_text("Om morgenerne")).to_be_visible()
    seen(page, width)
    page.get_by_role("link", name="Fjern alle").click()
    expect(page).to_have_url(f"{origin}/dubu/sag/{day.noah_sag}/journal")
    page.goto(f"{page.url}?type=afgoerelse&barnet=ja")
    expect(page.get_by_text("Ingen linjer passer til det, du har valgt")).to_be_visible()
    seen(page, width)
