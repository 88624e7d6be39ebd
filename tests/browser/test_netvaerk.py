"""The network in a browser: walked through by keyboard, and the lists say what the picture says."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dubu_plugin.testing.ordinary_day import Day

from .test_axe import violations

EXTRA = ("Maja Prøve", "Trine Demosen", "Jens Testgaard", "Ole Prøvebjerg", "Lise Demotoft",
         "Karl Testlund", "Rie Prøvelund", "Bo Demo")  # fmt: skip


def _added(page: Page, name: str, role: str, *, steps_in: str = "") -> None:
    page.get_by_role("link", name="Tilføj person").click()
    page.get_by_label("Navn", exact=True).fill(name)
    page.get_by_label("Telefon").fill("40 11 22 33")
    page.get_by_label("Rolle").select_option(label=role)
    if steps_in:
        page.get_by_label("Ja", exact=True).check()
        page.get_by_label("Med hvad?").fill(steps_in)
    page.get_by_role("button", name="Tilføj").click()
    expect(page.get_by_text("Personen er med i netværket.")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 400])
def test_the_network_is_filled_in_looked_at_and_walked_through_by_keyboard(
    width: int, day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    sag = day.town.sag(day.alma)
    page = open_page(f"{origin}/dubu/sag/{sag}", width=width)
    page.get_by_role("link", name="Netværk").click()

    page.get_by_role("link", name="Notér, hvem der har den").click()
    page.get_by_role("group", name="Hvem har forældremyndigheden?").get_by_label("Sanne").check()
    page.get_by_role("group", name="Hvem bor barnet hos?").get_by_label("Sanne").check()
    page.get_by_label("Opslag i CPR").check()
    assert violations(page) == []
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("region", name="Barnet")).to_contain_text("Mor alene")

    for number, name in enumerate(EXTRA):
        helps = "Henter tirsdag" if number == 0 else ""
        _added(page, name, "Ven" if number < 4 else "Nabo", steps_in=helps)

    figure = page.get_by_role("group", name="Alma i midten og 12 personer rundt om")
    people = figure.get_by_role("link")
    expect(people).to_have_count(12)
    listed = page.locator(".lines__title")
    expect(listed).to_have_count(12)
    said = figure.locator("a title").all_text_contents()
    assert {one.split(",")[0] for one in said} == set(listed.all_inner_texts()), (
        "the picture and the lists do not name the same people"
    )
    assert any("kan træde til" in one for one in said)
    expect(page.get_by_role("region", name="Kan træde til i dag")).to_contain_text("Henter tirsdag")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert _overlaps(page) == []

    people.first.focus()
    page.keyboard.press("Tab")
    expect(figure.get_by_role("link", name=said[1])).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(said[1].split(",")[0])
    assert violations(page) == []


def _overlaps(page: Page) -> list[str]:
    """Return the first names in the picture that lie on another, as the browser draws them."""
    found: list[str] = page.evaluate(
        """() => {
            const names = [...document.querySelectorAll('.network__first')].map(
                one => [one.textContent, one.getBoundingClientRect()]);
            const meets = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
                && a.top < b.bottom - 1 && b.top < a.bottom - 1;
            return names.filter(([, a], i) => names.some(([, b], j) => i < j && meets(a, b)))
                .map(([name]) => name);
        }"""
    )
    return found


def test_a_draft_survives_that_one_leaves_the_line(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = day_at
    sag = day.town.sag(day.alma)
    page = open_page(f"{origin}/dubu/sag/{sag}/netvaerk")
    page.locator(".lines__title", has_text="Birthe").click()
    with page.expect_response(lambda answer: "/dubu/kladde/" in answer.url):
        page.get_by_label("Samvær").fill("Hver søndag")
    expect(page.locator("#gemt")).to_contain_text("Kladde gemt")
    page.reload()
    expect(page.get_by_label("Samvær")).to_have_value("Hver søndag")
