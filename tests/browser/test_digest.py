"""Today's morning mail is seen in the browser, from the page on which one says no to it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day


@pytest.mark.parametrize("width", [1440, 400])
@pytest.mark.parametrize(("who", "name"), [(KAREN, "Karen"), (HENRIK, "Henrik")])
def test_todays_mail_is_shown_as_it_would_be_sent(
    who: str, name: str, width: int, standing_day: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{standing_day[1]}/dubu/fravaer", who=who, width=width)
    page.get_by_role("link", name="Se dagens morgenmail").click()
    expect(page.get_by_role("heading", name="Dagens morgenmail")).to_be_visible()
    mail = page.locator("pre.mail")
    expect(mail).to_contain_text(f"God morgen {name}")
    lines = mail.inner_text().split("\n")
    assert "Se det hele på Min dag." in lines[-3:] + lines[-2:], "its lines are kept apart"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
