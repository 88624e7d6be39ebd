"""Enter in a field presses the first button of its form, so that button at most saves."""

import re
from typing import Final

from dubu_plugin.web.drawing import STATIC

PAGES: Final = STATIC.parent / "pages"
FIELD: Final = re.compile(
    r"ui\.(?:text|radios?|checkbox|tick|seen_apart)\(|(?:asked|section|writing)\("
    r"|parts\.before|<input(?![^>]*type=\"hidden\")"
)
"""What Enter is pressed in; in a list or a long text it does something else."""
BUTTON: Final = re.compile(r"\{\{ ui\.(enter)\(|<button\b[^>]*>(.*?)</button>", re.DOTALL)
HARMLESS: Final = frozenset({
    "Del med dem", "Find", "Find barn", "Flyt", "Gem", "Gem barnet", "Gem den nye dato",
    "Gem fristen", "Gem indsatsen", "Gem rettelsen", "Gem satsen", "Gem svaret", "Gem valget",
    "Gem, hvad der ventes på", "Gem, hvad det er", "Giv", "Giv de valgte videre",
    "Hent det valgte", "Lav en ny version", "Læg til planen", "Registrér", "Se brevet",
    "Skriv grunden på de valgte", "Sæt erindringen", "Sæt fravær", "Søg", "Søg i adressebogen",
    "Tag ind", "Tag selv", "Tag ud af netværket", "Tilføj", "Udskyd",
    "Vis, hvad der er kendt om barnet", "Vis, hvordan den bliver", "Vælg fra",
})  # fmt: skip
"""First buttons that look, save, or do what can be done back."""


def test_enter_sends_decides_and_ends_nothing() -> None:
    """A form that does begins with `ui.enter`; a first button that harms none stands above."""
    pressed = {
        (page.relative_to(PAGES).as_posix(), _first(form))
        for page in PAGES.rglob("*.html")
        for form in re.findall(
            r'<form\b[^>]*method="post".*?</form>', _whole(page.read_text("utf-8")), re.DOTALL
        )
        if FIELD.search(form)
    }
    assert len(pressed) > 50, "the forms are found"
    assert {(page, name) for page, name in pressed if name not in HARMLESS} == set()


def test_nothing_is_given_up_at_one_press() -> None:
    """It is asked about with `ui.give_up`, or what it is for is written first."""
    bare = {
        page.relative_to(PAGES).as_posix()
        for page in PAGES.rglob("*.html")
        for form in re.findall(r"<form\b.*?</form>", page.read_text("utf-8"), re.DOTALL)
        if re.search(r'value="(?:opgiv|traek)"', form)
        and not re.search(r"ui\.(area|text)|<input[^>]*required", form)
    }
    assert bare == set()


def test_the_key_that_saves_sends_and_ends_nothing() -> None:
    """Alt+S is told as »Gem«: what is typed where something is sent is kept by itself."""
    pressed = {
        (page.relative_to(PAGES).as_posix(), name)
        for page in PAGES.rglob("*.html")
        for name in re.findall(
            r"<button\b[^>]*data-save-button[^>]*>([^<]*)", page.read_text("utf-8")
        )
    }
    acts = ("Send", "Bed om", "Book", "Bekræft", "Træf", "Afslut", "{{ doing_title")
    assert len(pressed) > 20, "the buttons are found"
    assert {one for one in pressed if one[1].startswith(acts)} == set()


def _whole(text: str) -> str:
    """Return a page with the parts it takes in."""
    return re.sub(
        r'\{% include "([^"]+)" %\}', lambda found: (PAGES / found[1]).read_text("utf-8"), text
    )


def _first(form: str) -> str:
    """Return what stands on the button Enter presses."""
    found = BUTTON.search(form)
    assert found is not None
    if found[1]:
        return "Gem"
    drawn = re.match(r'\{\{ "([^"]+)"', found[2].strip())
    return drawn[1] if drawn else " ".join(re.sub(r"<[^>]+>|\{%.*?%\}", "", found[2]).split())
