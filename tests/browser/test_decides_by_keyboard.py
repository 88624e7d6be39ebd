"""A decision is made from the keyboard alone: a parent is heard, it is written, and it is made."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from playwright.sync_api import Page, expect

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.store.tables import afgoerelser
from dubu_plugin.testing.fake_ports import HENRIK
from dubu_plugin.testing.ordinary_day import Day
from tests.usecases.afgoerelse.bench import TEXTS, Bench

from .conftest import Open

AT: str = """() => {
  const it = document.activeElement, label = it.labels && it.labels[0];
  const group = it.closest('fieldset, [role=group]');
  const named = group && group.querySelector(group.tagName === 'FIELDSET' ? 'legend' : 'strong');
  const rings = [it, label].filter(Boolean).flatMap(one => [null, '::before'].map(
    part => getComputedStyle(one, part)));
  return {
    tag: it.tagName, type: it.type || '', name: it.name || '',
    text: ((label || it).innerText || it.getAttribute('aria-label') || '').trim()
      .replace(/\\s+/g, ' ').replace(' :', ':'),
    group: named ? named.innerText.trim() : '',
    ring: rings.some(one => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0),
  };
}"""
MOST = 90
"""How many stops a page has at most."""


class Keys:
    """Somebody with a keyboard and no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def at(self) -> Any:
        """Return what has focus."""
        return self.page.evaluate(AT)

    def to(self, text: str = "", *, tag: str = "", name: str = "", group: str = "") -> Any:
        """Go on with Tab until there; where focus is, it is seen and has a name."""
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            here = self.at()
            if here["tag"] == "BODY":
                continue
            # The button in a day field that opens the calendar draws its ring itself.
            assert here["ring"] or here["type"] == "date", here
            assert here["text"], here
            if (
                text in here["text"]
                and tag in ("", here["tag"])
                and name in ("", here["name"])
                and group in here["group"]
            ):
                return here
        raise AssertionError(f"never at {text or name}")

    def type(self, name: str, text: str) -> None:
        """Write in a field."""
        self.to(name=name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def day(self, name: str, day: date) -> None:
        """Type a day, in the order this browser writes one."""
        self.to(name=name)
        for order in ("%m%d%Y", "%d%m%Y"):
            self.page.keyboard.type(day.strftime(order))
            if self.page.evaluate("document.activeElement.value") == day.isoformat():
                return
            for _ in range(2):
                self.page.keyboard.press("ArrowLeft")
        raise AssertionError(f"{name} cannot be typed")

    def press(self, button: str) -> None:
        """Go to a button or a link, and press it; what came of it has focus."""
        self.to(button)
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()

    def told(self, role: str, words: str) -> None:
        """See that focus is on what came of it."""
        said = self.page.get_by_role(role).filter(has_text=words)  # type: ignore[arg-type]
        expect(said).to_be_focused()


def test_a_parent_is_heard_and_a_decision_is_made_with_no_mouse(
    day_at: tuple[Day, str], open_page: Open
) -> None:
    day, origin = day_at
    bench, today = Bench(day.town), danish_day(day.town.now)
    bench.talked()
    number = bench.prepared()
    url = f"{origin}/dubu/sag/{bench.sag}/afgoerelse/{number}"
    keys = Keys(open_page(url))
    _hear(keys, url, today)
    _write(keys, bench, today)
    leader = Keys(open_page(url, who=HENRIK))
    leader.press("Træf afgørelsen")
    leader.told("status", "Afgørelsen er truffet")
    assert [row.state for row in _rows(day, number)] == ["truffet"]


def _hear(keys: Keys, url: str, today: date) -> None:
    """Hear the mother and keep her answer; the father is not heard."""
    keys.to("Mads Prøvesen er ikke hørt")
    keys.page.keyboard.press("Enter")
    assert keys.at()["text"] == "Partshøring: Mads Prøvesen"
    keys.page.keyboard.press("Enter")
    keys.page.wait_for_url("**/part/*")
    keys.to(tag="SELECT", name="undtagelse")
    keys.page.keyboard.type("Det er ubet")
    keys.type("hvorfor", "Han kender det hele.")
    keys.press("Gem, at parten ikke høres")
    keys.told("status", "Det er gemt")
    keys.press("Partshøring: Sofie Testvad")
    keys.page.wait_for_url("**/part/*")
    keys.press("Send høringen")
    keys.told("alert", "Skriv, hvad parten høres om")
    keys.type("om", "Skolen har oplyst fravær.")
    keys.day("frist", today + timedelta(days=14))
    keys.page.keyboard.press("Enter")
    keys.press("Send høringen")
    keys.told("status", "Det er gemt")
    keys.press("Partshøring: Sofie Testvad")
    keys.page.wait_for_url("**/part/*")
    keys.day("besvaret", today)
    keys.type("svar", "Det passer.")
    keys.type("vaegt", "Det er lagt til grund.")
    keys.press("Gem svaret")
    keys.told("status", "Det er gemt")


def _write(keys: Keys, bench: Bench, today: date) -> None:
    """Write the decision, with the consent of each, and present it."""
    keys.to(name="udfald")
    keys.page.keyboard.press("Space")
    keys.to(tag="SELECT", name="indsats")
    keys.page.keyboard.type("Familiebehandling")
    keys.day("fra", today + timedelta(days=4))
    keys.to(name="plan")
    keys.page.keyboard.press("Space")
    for name in ("afgoerelse", "formaal", "varighed", "oplysninger", "barnets_syn", "begrundelse"):
        keys.type(name, TEXTS[name])
    for person, called in ((bench.father, "Mads Prøvesen"), (bench.mother, "Sofie Testvad")):
        keys.to("Ja", group=f"Samtykker {called}?")
        keys.page.keyboard.press("Space")
        keys.day(f"samtykkedag-{person}", today)
        assert keys.at()["group"] == called, "whose day it is"
    keys.press("Fremlæg for lederen")
    keys.told("status", "Afgørelsen er fremlagt")
    expect(keys.page.get_by_text("Det, loven kræver, er på plads.")).to_be_visible()


def _rows(day: Day, number: UUID) -> list[Any]:
    with day.town.product.store.read() as connection:
        asked = afgoerelser.select().where(afgoerelser.c.skrift_id == number)
        return list(connection.execute(asked))
