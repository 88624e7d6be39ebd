"""After a call is saved the page shows by itself who the child may be, without being read again."""

from collections.abc import Callable
from uuid import UUID

from playwright.sync_api import Page, expect

from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing.ordinary_day import Day


def saved_call(page: Page) -> UUID:
    page.get_by_label("Det, der bliver fortalt").fill("Alma græder på legepladsen.")
    page.get_by_role("button", name="Registrér henvendelsen").click()
    page.wait_for_url("**/dubu/indgang/*?efter=*")
    return UUID(page.url.split("?")[0].rsplit("/", 1)[1])


def answered(day: Day, number: UUID) -> None:
    """Let the address book answer."""
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        underretninger.set_candidates(work.connection, number, [(day.alma, 30, "navn")])
        underretninger.change_quietly(
            work.connection, number, matched_at=day.town.now, child_state="foreslaaet"
        )


def test_the_page_fills_itself_and_what_was_typed_stays(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/ny")
    number = saved_call(page)
    expect(page.get_by_role("heading", name="Barnet slås op i adressebogen")).to_be_visible()
    page.get_by_label("Begrundelse").fill("Set i dag.")
    answered(day, number)
    expect(page.get_by_text("Vælg barnet på listen.")).to_be_visible()
    expect(page.get_by_text("Alma Testvad, 9 år").first).to_be_visible()
    expect(page.get_by_label("Begrundelse")).to_have_value("Set i dag.")
    expect(page.locator("[hx-get*='slaaet-op']")).to_have_count(0)


def test_without_javascript_a_link_shows_it(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/ny", java_script_enabled=False)
    number = saved_call(page)
    answered(day, number)
    page.get_by_role("link", name="Se, om det er fundet").click()
    expect(page.get_by_text("Alma Testvad, 9 år").first).to_be_visible()
