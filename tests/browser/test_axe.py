"""No page, in no state and at no width, has what axe finds wrong by WCAG 2.1 AA (and 2.2 AA)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dubu_plugin.store.underretning import genvurderinger, underretninger
from dubu_plugin.testing.fake_ports import ADAM, FIE, HENRIK, KAREN, METTE, REVA
from dubu_plugin.testing.ordinary_day import Day

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
WIDTHS = (1440, 400)
UNSEEN = """[...document.querySelectorAll('.form-checkbox, .form-radio')]
    .filter(box => box.nextElementSibling?.tagName !== 'LABEL').map(box => box.id)"""
"""Boxes that cannot be seen: each is drawn by the label right after it."""

PAGES = {
    "min-dag": ("/dubu/min-dag", KAREN),
    "min-dag-team": ("/dubu/min-dag?vis=team", HENRIK),
    "min-dag-tom": ("/dubu/min-dag", REVA),
    "udskyd": ("/dubu/min-dag/udskyd?linje=underretning:{alma}", KAREN),
    "udskudte": ("/dubu/min-dag/udskudte", KAREN),
    "fravaer": ("/dubu/fravaer", KAREN),
    "fravaer-leder": ("/dubu/fravaer", HENRIK),
    "morgenmail": ("/dubu/administration/morgenmail", ADAM),
    "indgang": ("/dubu/indgang", KAREN),
    "indgang-tom": ("/dubu/indgang?vis=mine", HENRIK),
    "ny-henvendelse": ("/dubu/indgang/ny", KAREN),
    "post": ("/dubu/indgang/post/{post}", KAREN),
    "underretning": ("/dubu/indgang/{alma_underretning}", KAREN),
    "underretning-137": ("/dubu/indgang/{ida_underretning}", KAREN),
    "underretning-ukendt-barn": ("/dubu/indgang/{unknown_underretning}", KAREN),
    "underretning-ufoedt": ("/dubu/indgang/{freja_underretning}", KAREN),
    "underretning-vurderet": ("/dubu/indgang/{noah_underretning}", KAREN),
    "hvem-har-set": ("/dubu/sag/{noah_sag}/log", KAREN),
    "et-barn-til": ("/dubu/indgang/{alma_underretning}/et-barn-til", KAREN),
    "underretning-gemt": ("/dubu/indgang/{noah_underretning}?efter=vurderet", KAREN),
    "underretning-ret": ("/dubu/indgang/{noah_underretning}?ret=ja", KAREN),
    "giv-videre": ("/dubu/indgang/{alma_underretning}/giv-videre", KAREN),
    "hvad-er-det": ("/dubu/indgang/{alma_underretning}/andet", KAREN),
    "orienter": ("/dubu/indgang/{noah_underretning}/orienter", KAREN),
    "sag": ("/dubu/sag/{noah_sag}", KAREN),
    "sag-beskyttet": ("/dubu/sag/{elias_sag}", KAREN),
    "sag-lukket": ("/dubu/sag/{closed_sag}", METTE),
    "haendelse": ("/dubu/sag/{noah_sag}/haendelse", KAREN),
    "haendelse-valgt": ("/dubu/sag/{noah_sag}/haendelse?hvad=afgoerelse_truffet", KAREN),
    "afslut": ("/dubu/sag/{noah_sag}/afslut", KAREN),
    "planer": ("/dubu/sag/{noah_sag}/planer", KAREN),
    "frister": ("/dubu/sag/{noah_sag}/frister", KAREN),
    "moeder": ("/dubu/sag/{noah_sag}/moeder", KAREN),
    "erindringer": ("/dubu/erindringer", KAREN),
    "enhedens-planer": ("/dubu/enhedens-planer", HENRIK),
    "aktivitetsplaner": ("/dubu/planer", ADAM),
    "kalender": ("/dubu/kalender", KAREN),
    "soeg": ("/dubu/soeg", KAREN),
    "hjaelp": ("/dubu/hjaelp", KAREN),
    "overblik": ("/dubu/overblik?regel=UND-KVIT", HENRIK),
    "overblik-egne": ("/dubu/overblik", KAREN),
    "ansoegninger": ("/dubu/overblik/ansoegninger", HENRIK),
    "uden-grund": ("/dubu/frister/uden-grund", HENRIK),
    "uden-frist": ("/dubu/sager/uden-frist", HENRIK),
    "ingen-har": ("/dubu/sager/ingen-har", HENRIK),
    "satser": ("/dubu/satser", ADAM),
    "svarfrister": ("/dubu/svarfrister", ADAM),
    "ikke-din": ("/dubu/sag/{noah_sag}", FIE),
}


def violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, RULES)
    return [
        f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]
    ]


def wrong(page: Page) -> list[str]:
    """Return what is wrong with a page in a wide window and in a narrow one."""
    found: list[str] = page.evaluate(UNSEEN)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1000})
        found += [f"{width}: {one}" for one in violations(page)]
        reaches = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{width}: reaches to {reaches}"] if reaches > width else []
    return found


def at(origin: str, path: str, day: Day) -> str:
    return origin + path.format(**{name: getattr(day, name) for name in Day.__slots__})


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wrong_with(
    name: str, standing_day: tuple[Day, str], turn_to: Callable[..., Page]
) -> None:
    day, origin = standing_day
    path, who = PAGES[name]
    assert wrong(turn_to(at(origin, path, day), who=who)) == []


def save_nothing(page: Page) -> None:
    page.get_by_role("button", name="Gem og send kvittering").click()


def search_for_alma(page: Page) -> None:
    page.get_by_role("searchbox").fill("Alma")
    page.keyboard.press("Enter")


def search_for_nobody(page: Page) -> None:
    page.get_by_role("searchbox").fill("Findes ikke")
    page.keyboard.press("Enter")


def look_for_another_child(page: Page) -> None:
    page.get_by_label("Et andet barn …").check()
    page.get_by_label("Barnets navn eller CPR-nummer").fill("Al")
    page.keyboard.press("Enter")


def reveal_the_address(page: Page) -> None:
    page.get_by_label("Hvorfor skal du se den?").select_option("besoeg")
    page.get_by_role("button", name="Vis adressen én gang").click()


def lay_a_file_in(page: Page) -> None:
    file: Any = {
        "name": "note.txt",
        "mimeType": "text/plain",
        "buffer": b"En bekymring om et barn.",
    }
    page.get_by_label("Mails, Word, PDF eller tekst").set_input_files(file)
    page.get_by_role("button", name="Tag ind").click()


STATES = {
    "fejl": ("/dubu/indgang/{alma_underretning}", save_nothing),
    "fejl-137": ("/dubu/indgang/{ida_underretning}", save_nothing),
    "fundet": ("/dubu/min-dag", search_for_alma),
    "ikke-fundet": ("/dubu/min-dag", search_for_nobody),
    "andet-barn": ("/dubu/indgang/{alma_underretning}", look_for_another_child),
    "adresse-vist": ("/dubu/sag/{elias_sag}", reveal_the_address),
    "fil-taget-ind": ("/dubu/indgang", lay_a_file_in),
}


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_wrong_after(
    name: str, standing_day: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = standing_day
    path, act = STATES[name]
    page = open_page(at(origin, path, day))
    with page.expect_event("load"):
        act(page)
    assert wrong(page) == []


def test_nothing_is_wrong_with_the_genvurdering(
    day_at: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    """As whoever is asked sees it, with and without an error, and as whoever asks."""
    day, origin = day_at
    with day.town.product.store.read() as connection:
        about = underretninger.by_id(connection, day.ida_underretning)
    assert about is not None
    day.town.assess(
        about.id, at=day.town.now, next_step="bfu", child=about.child_id, sag=day.ida_sag
    )
    with day.town.product.store.add() as connection:
        genvurderinger.add(connection, day.ida_underretning, HENRIK, by=KAREN, now=day.town.now)
    address = f"{origin}/dubu/indgang/{day.ida_underretning}/genvurdering"
    asked = open_page(address, who=HENRIK)
    asks = open_page(address)
    expect(asked.get_by_role("button", name="Bekræft, at jeg har deltaget")).to_be_visible()
    for page in (asked, asks):
        assert wrong(page) == []
    asked.get_by_role("button", name="Bekræft, at jeg har deltaget").click()
    asked.get_by_text("Der er ikke svaret endnu").wait_for()
    assert wrong(asked) == []


def test_the_letter_of_what_is_set_going_is_read_without_fault(
    standing_day: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = standing_day
    page = open_page(at(origin, "/dubu/indgang/{alma_underretning}", day), who=KAREN)
    page.locator("[name=naeste][value=boernefaglig_undersoegelse]").check(force=True)
    page.get_by_text("Brevet om, hvad I sætter i gang").click()
    papers = page.get_by_role("group", name="Orienteringen, som den bliver sendt")
    expect(papers).to_have_count(1)
    expect(papers).to_contain_text("Vi har sat en børnefaglig undersøgelse i gang")
    assert wrong(page) == []
