"""What every page works with: the host, the plugins, the installation's choices and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dubu_journal.host import Host
from dubu_journal.plugins import Plugins
from dubu_journal.web.choices import Choices
from dubu_journal.web.chrome import Builder
from dubu_journal.web.doors import Doors
from dubu_journal.web.drawing import Pages

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Desk:
    """Put together once, when the client is."""

    host: Host
    plugins: Plugins
    choices: Choices
    pages: Pages
    doors: Doors
    chrome: Builder
    clock: Clock

    @classmethod
    def at(cls, host: Host, plugins: Plugins, choices: Choices, clock: Clock) -> "Desk":
        """Return a desk of this host."""
        doors = Doors(host, plugins, choices.post_units, choices.address_roles)
        chrome = Builder(doors, plugins, choices.municipality, choices.training)
        return cls(host, plugins, choices, Pages(), doors, chrome, clock)
