"""The list of a new indsats is that of the law of the day that is typed, before it is sent."""

from playwright.sync_api import expect

from dubu_plugin.testing.ordinary_day import Day

from .conftest import Open


def test_a_day_before_2024_brings_the_list_of_serviceloven_and_a_later_one_takes_it_back(
    day_at: tuple[Day, str], open_page: Open
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/sag/{day.noah_sag}/indsatser/ny?afgoerelse=ingen")
    expect(page.locator('#f-hvad optgroup[label^="SEL"]')).to_have_count(0)
    for typed, law in (("2023-04-01", "SEL"), ("2025-04-01", "BL")):
        page.get_by_label("Afgjort den").fill(typed)
        page.get_by_label("Afgjort den").blur()
        expect(page.locator(f'#f-hvad optgroup[label^="{law}"]').first).to_be_attached()
        other = "BL" if law == "SEL" else "SEL"
        expect(page.locator(f'#f-hvad optgroup[label^="{other}"]')).to_have_count(0)
