"""Choosing another child changes at once what the page knows and asks."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing.ordinary_day import KAREN, Day


def test_a_child_with_support_asks_for_the_second_person_when_it_is_chosen(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    with day.town.product.store.read() as connection:
        about = underretninger.by_id(connection, day.ida_underretning)
    assert about is not None
    assert about.child_id is not None
    number = day.town.underretning(
        "Ida Demobæk og Alma Testvad ses ude sent.",
        likely={about.child_id: (30, "navn"), day.alma: (25, "navn")},
        received_at=day.town.now, responsible=KAREN,
    )  # fmt: skip
    page = open_page(f"{origin}/dubu/indgang/{number}")
    expect(page.get_by_text("Hvem deltager uden at have haft sagen?")).to_have_count(0)
    page.get_by_label("Begrundelse").fill("Set i dag.")
    page.get_by_text("Ida Demobæk, 6 år").click()
    expect(page.get_by_text("Hvem deltager uden at have haft sagen?")).to_be_visible()
    expect(page.get_by_text("Er Ida i fare nu")).to_be_visible()
    expect(page.locator("#flere-se")).to_contain_text("kræver")
    expect(page.locator("#kendt")).to_contain_text("Lene Demobæk")
    page.get_by_text("Alma Testvad, 9 år").click()
    expect(page.get_by_text("Viggo, 4 år er vurderet samtidig")).to_be_visible()
    expect(page.get_by_text("Hvem deltager uden at have haft sagen?")).to_have_count(0)
    expect(page.get_by_label("Begrundelse")).to_have_value("Set i dag.")
