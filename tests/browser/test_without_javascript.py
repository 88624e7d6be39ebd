"""Every save works as an ordinary request, in a browser with JavaScript switched off."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from dubu_plugin.store.underretning import underretninger
from dubu_plugin.testing.ordinary_day import Day

WITHOUT: dict[str, Any] = {"java_script_enabled": False}
TEXT = "Alma er i skole, og farmor henter i dag."


def test_an_assessment_is_saved(day_at: tuple[Day, str], open_page: Callable[..., Page]) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}", **WITHOUT)
    page.locator("#f-fare-ikke_akut").check()
    page.get_by_label("Begrundelse").fill(TEXT)
    page.get_by_label("Screening (§ 18)").check()
    page.get_by_role("button", name="Gem uden kvittering").click()
    expect(page.locator(".alert-success")).to_contain_text("Vurderingen er gemt")
    with day.town.product.store.read() as connection:
        vurdering = underretninger.vurdering_of(connection, day.alma_underretning)
    assert vurdering is not None
    assert vurdering.reason == TEXT


def test_nothing_typed_is_lost_by_a_save_that_fails(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}", **WITHOUT)
    page.get_by_label("Begrundelse").fill(TEXT)
    page.get_by_role("button", name="Gem og send kvittering").click()
    expect(page.get_by_role("alert")).to_contain_text("Vurderingen er ikke gemt endnu")
    expect(page.get_by_label("Begrundelse")).to_have_value(TEXT)
    page.goto(f"{origin}/dubu/min-dag")
    page.goto(f"{origin}/dubu/indgang/{day.alma_underretning}")
    expect(page.get_by_label("Begrundelse")).to_have_value(TEXT)


def test_another_child_is_found_and_chosen(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.unknown_underretning}", **WITHOUT)
    page.get_by_label("Begrundelse").fill(TEXT)
    page.get_by_label("Find barnet …").check()
    page.get_by_label("Barnets navn eller CPR-nummer").fill("Viggo")
    page.get_by_role("button", name="Find barn").click()
    expect(page.get_by_label("Viggo Prøvesen, 4 år")).to_be_checked()
    expect(page.get_by_label("Begrundelse")).to_have_value(TEXT)
    page.get_by_label("Utilstrækkelig omsorg").check()
    page.locator("#f-fare-ikke_akut").check()
    page.get_by_label("Intet videre").check()
    page.get_by_role("button", name="Gem uden kvittering").click()
    expect(page.locator(".alert-success")).to_contain_text("Vurderingen er gemt")
    with day.town.product.store.read() as connection:
        about = underretninger.by_id(connection, day.unknown_underretning)
    assert about is not None
    assert about.child_id == day.viggo


def test_a_call_is_registered(day_at: tuple[Day, str], open_page: Callable[..., Page]) -> None:
    _, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/ny", **WITHOUT)
    page.get_by_label("Det, der bliver fortalt").fill("Naboen hører et barn græde hver aften.")
    page.get_by_label("Kilde").select_option("13")
    page.get_by_label("Underretningspligt").select_option("135")
    page.get_by_role("button", name="Registrér henvendelsen").click()
    expect(page.locator(".alert-success")).to_contain_text("Henvendelsen er registreret")
    expect(page.get_by_text("24 t. tilbage")).to_be_visible()


def test_a_call_without_words_says_what_to_do(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{day_at[1]}/dubu/indgang/ny", **WITHOUT)
    page.get_by_label("Navn", exact=True).fill("Ulla Prøvekær")
    page.get_by_role("button", name="Registrér henvendelsen").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv, hvad der bliver fortalt")
    expect(page.get_by_label("Navn", exact=True)).to_have_value("Ulla Prøvekær")


def test_files_are_laid_in(day_at: tuple[Day, str], open_page: Callable[..., Page]) -> None:
    page = open_page(f"{day_at[1]}/dubu/indgang", **WITHOUT)
    files: list[Any] = [
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"En bekymring om et barn."},
        {"name": "b.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\0\0"},
    ]
    page.get_by_label("Mails, Word, PDF eller tekst").set_input_files(files)
    page.get_by_role("button", name="Tag ind").click()
    expect(page.get_by_role("status").first).to_contain_text("1 af 2 filer er taget ind")


def test_lines_are_taken_on(day_at: tuple[Day, str], open_page: Callable[..., Page]) -> None:
    page = open_page(f"{day_at[1]}/dubu/indgang", **WITHOUT)
    for box in page.locator(".queue__line", has_text="Ingen har den").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Tag selv").click()
    expect(page.get_by_role("status").first).to_contain_text("Du har nu")
    # Post that is no underretning yet has nobody and cannot be chosen.
    assert (
        page.locator(".queue__line", has_text="Ingen har den").get_by_role("checkbox").count() == 0
    )


def test_it_is_given_to_the_on_call_unit(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}", **WITHOUT)
    page.get_by_role("link", name="Giv til døgnvagten …").click()
    page.get_by_role("button", name="Giv til døgnvagten").click()
    expect(page.get_by_role("status").first).to_contain_text("Givet til døgnvagten")
    with day.town.product.store.read() as connection:
        about = underretninger.by_id(connection, day.alma_underretning)
    assert about is not None
    assert (about.unit, about.responsible) == ("doegnvagt", None)


def test_it_is_registered_as_an_application(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    page = open_page(f"{origin}/dubu/indgang/{day.alma_underretning}/andet", **WITHOUT)
    page.get_by_label("En ansøgning om støtte").check()
    page.get_by_label("Hvorfor?").fill("Mor beder selv om hjælp.")
    page.get_by_role("button", name="Gem, hvad det er").click()
    expect(page.get_by_text("En ansøgning har ingen 24-timers frist")).to_be_visible()


def test_a_search_finds_and_its_words_stand_in_no_address(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{day_at[1]}/dubu/min-dag", **WITHOUT)
    page.get_by_role("searchbox").fill("Noah")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Noah Testlund", exact=True)).to_be_visible()
    assert "Noah" not in page.url
    page.get_by_role("link", name="Noah Testlund", exact=True).click()
    page.go_back()
    expect(page.get_by_role("link", name="Noah Testlund", exact=True)).to_be_visible()
