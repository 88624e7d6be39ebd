"""Find the plugins and ask them for the ports. Importing this module loads nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pluggy

from dubu_plugin import hookspecs
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.ports.bulk import BulkLoader
from dubu_plugin.ports.calendar import Calendar
from dubu_plugin.ports.costs import Costs
from dubu_plugin.ports.frame import Frame
from dubu_plugin.ports.host_web import HostWeb
from dubu_plugin.ports.identity import Identity
from dubu_plugin.ports.invitations import Invitations
from dubu_plugin.ports.journal import Journal
from dubu_plugin.ports.mail import MailSender
from dubu_plugin.ports.persons import Persons
from dubu_plugin.ports.post import IncomingPost, OutgoingPost
from dubu_plugin.ports.upkeep import Upkeep
from dubu_plugin.settings import Settings

PROJECT = "dubu"
MAY_BE_MISSING = frozenset(
    {
        "provide_bulk_loader",
        "provide_calendar",
        "provide_costs",
        "provide_frame",
        "provide_host_web",
        "provide_invitations",
        "provide_mail",
        "provide_upkeep",
    }
)


@dataclass(frozen=True, slots=True)
class Ports:
    """The other systems of one installation."""

    journal: Journal
    persons: Persons
    identity: Identity
    incoming: IncomingPost
    outgoing: OutgoingPost
    frame: Frame | None = None
    calendar: Calendar | None = None
    invitations: Invitations | None = None
    upkeep: Upkeep | None = None
    mail: MailSender | None = None
    costs: Costs | None = None


def build(*, installed: bool = True, extra: Iterable[object] = ()) -> pluggy.PluginManager:
    """Return a manager with the installed plugins and the given ones."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    if installed:
        manager.load_setuptools_entrypoints(PROJECT)
    for plugin in extra:
        manager.register(plugin)
    manager.check_pending()
    return manager


def ports(manager: pluggy.PluginManager, settings: Settings) -> Ports:
    """Return the ports of this installation.

    :raises ConfigurationError: a port has no provider, or more than one.
    """
    ask = _asking(manager, settings)
    return Ports(
        journal=ask("provide_journal"),
        persons=ask("provide_persons"),
        identity=ask("provide_identity"),
        incoming=ask("provide_incoming_post"),
        outgoing=ask("provide_outgoing_post"),
        frame=ask("provide_frame"),
        calendar=ask("provide_calendar"),
        invitations=ask("provide_invitations"),
        upkeep=ask("provide_upkeep"),
        mail=ask("provide_mail"),
        costs=ask("provide_costs"),
    )


def host_web(manager: pluggy.PluginManager, settings: Settings) -> HostWeb | None:
    """Return the embedded host's web client, or None where the host runs elsewhere."""
    client: HostWeb | None = _asking(manager, settings)("provide_host_web")
    return client


def upkeep(manager: pluggy.PluginManager, settings: Settings) -> Upkeep | None:
    """Return what sets the host's storage up, or None where the host sees to that itself."""
    keeper: Upkeep | None = _asking(manager, settings)("provide_upkeep")
    return keeper


def bulk_loader(manager: pluggy.PluginManager, settings: Settings) -> BulkLoader | None:
    """Return a way to fill the host while it is new, or None where it has none."""
    loader: BulkLoader | None = _asking(manager, settings)("provide_bulk_loader")
    return loader


def _asking(manager: pluggy.PluginManager, settings: Settings) -> Callable[[str], Any]:
    def ask(hook: str) -> Any:
        """Return the one offer. Two are an error: nobody should guess which one files or pays."""
        offers = getattr(manager.hook, hook)(settings=settings)
        if not offers and hook in MAY_BE_MISSING:
            return None
        if len(offers) != 1:
            names = ", ".join(type(offer).__name__ for offer in offers) or "ingen"
            raise ConfigurationError(
                f"»{hook}« skal have præcis ét svar, men fik: {names}. "
                f"Se afsnittene i dubu.toml og »dubu check«."
            )
        return offers[0]

    return ask
