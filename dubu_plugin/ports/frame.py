"""The frame a host draws around our pages, where the host can."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

FRONT_PAGE: Final = ""
"""The menu item of the host's own front page, which shows what our front page shows."""


@dataclass(frozen=True, slots=True)
class Framed:
    """A page of ours, ready to be put in a frame. All HTML in it is already safe."""

    title: str
    body: str
    """What stands between the host's bar and the end of the page."""
    head: str
    """``<link>`` and ``<script>`` elements of ours, all from our own origin."""
    employee: str
    """The key of who is looking, as `Employee.key`."""
    menu: str | None = None
    """The address of the menu item to mark as the current one, or `FRONT_PAGE`."""
    case: str | None = None
    """The host's key of the case the page is about, so that its head and tabs are drawn."""
    tab: str | None = None
    """Which of the case's tabs is the current one."""
    notices: Sequence[str] = ()
    """Short notices above the page, as plain text."""


class Frame(Protocol):
    """Draws the host's chrome."""

    def draw(self, page: Framed) -> str:
        """Return the whole HTML document, language and skip link included."""
