"""Clicks counted as they fall, and the most a task may take.

A click is a press of the mouse, of Enter or of a shortcut. Typing text is not counted, and neither
is a day that is typed in a field. Every task starts on the front page or where its sentence says.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Locator, Page

MOST: Final = {
    "underretning": 6,
    "undersoegelse": 4,
    "samtale": 4,
    "trekant": 13,
    "plan": 6,
    "indsats": 6,
    "godkend": 2,
    "opfoelgning": 9,
}
"""The budget of each task, in clicks. The undersøgelse has one for each of its ten dimensions, and
three: to open it, to choose what it comes to, and to present it."""


class Clicks:
    """What somebody presses on a page. Everything a budget counts goes through here."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0
        self.spent: dict[str, int] = {}

    def on(self, what: Locator) -> None:
        """Press something with the mouse."""
        self.count += 1
        what.click()

    def link(self, name: str) -> None:
        """Press a link by its words."""
        self.on(self.page.get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        """Press a button by its words."""
        self.on(self.page.get_by_role("button", name=name).first)

    def choose(self, label: str, value: str) -> None:
        """Choose in a list: one press opens it, and the arrow keys and Tab do the rest."""
        self.count += 1
        self.page.get_by_label(label, exact=True).select_option(value)

    def press(self, key: str) -> None:
        """Press Enter or a shortcut."""
        self.count += 1
        self.page.keyboard.press(key)

    def type(self, label: str, text: str) -> None:
        """Write in a field; Tab goes there, so it costs nothing."""
        self.page.get_by_label(label, exact=True).first.fill(text)

    @contextmanager
    def budget(self, task: str) -> Iterator[None]:
        """Keep within the task's budget, and say its name where it is not kept."""
        before = self.count
        yield
        spent = self.count - before
        self.spent[task] = max(spent, self.spent.get(task, 0))
        assert spent <= MOST[task], f"{task}: {spent} clicks, {MOST[task]} allowed"
