"""The embedded journal host: a small, real journal system that needs no other.

Read in this order: ``tables`` (what there is), ``cases``, ``documents``, ``notes`` and the others
(what is done with it, each on a connection), ``access`` (who sees what), ``port`` (how the product
asks). This module holds what pluggy calls, and nothing else.
"""

from dubu_plugin.hookspecs import hookimpl
from dubu_plugin.ports.bulk import BulkLoader
from dubu_plugin.ports.calendar import Calendar
from dubu_plugin.ports.frame import Frame
from dubu_plugin.ports.host_web import HostWeb
from dubu_plugin.ports.identity import Identity
from dubu_plugin.ports.journal import Journal
from dubu_plugin.ports.persons import Persons
from dubu_plugin.ports.post import IncomingPost, OutgoingPost
from dubu_plugin.ports.upkeep import Upkeep
from dubu_plugin.settings import Settings


@hookimpl
def provide_journal(settings: Settings) -> Journal | None:
    """Return the embedded journal."""
    from dubu_journal import installation
    from dubu_journal.journal_port import EmbeddedJournal

    if not installation.is_ours(settings):
        return None
    return EmbeddedJournal(installation.host(settings), **installation.options(settings))


@hookimpl
def provide_persons(settings: Settings) -> Persons | None:
    """Return the embedded journal's address book."""
    from dubu_journal import installation
    from dubu_journal.persons import EmbeddedPersons

    return EmbeddedPersons(installation.host(settings)) if installation.is_ours(settings) else None


@hookimpl
def provide_identity(settings: Settings) -> Identity | None:
    """Return the embedded journal's staff register and login."""
    from dubu_journal import installation
    from dubu_journal.identity import EmbeddedIdentity

    return EmbeddedIdentity(installation.host(settings)) if installation.is_ours(settings) else None


@hookimpl
def provide_incoming_post(settings: Settings) -> IncomingPost | None:
    """Return the embedded journal's incoming post."""
    from dubu_journal import installation
    from dubu_journal.port.post import EmbeddedIncomingPost

    if not installation.is_ours(settings):
        return None
    return EmbeddedIncomingPost(installation.host(settings))


@hookimpl
def provide_outgoing_post(settings: Settings) -> OutgoingPost | None:
    """Return the embedded journal's tray of letters to send."""
    from dubu_journal import installation
    from dubu_journal.port.post import EmbeddedOutgoingPost

    if not installation.is_ours(settings):
        return None
    return EmbeddedOutgoingPost(
        installation.host(settings),
        prints_paper=installation.storage(settings).prints_paper,
        practice=settings.training,
        **installation.options(settings),
    )


@hookimpl
def provide_calendar(settings: Settings) -> Calendar | None:
    """Return the embedded journal's calendar, where meetings are to stand in it."""
    from dubu_journal import installation
    from dubu_journal.port.calendar import EmbeddedCalendar

    if not installation.is_ours(settings) or settings.calendar_system != installation.SECTION:
        return None
    return EmbeddedCalendar(installation.host(settings), **installation.options(settings))


@hookimpl
def provide_host_web(settings: Settings) -> HostWeb | None:
    """Return the embedded journal's web client."""
    from dubu_journal import installation
    from dubu_journal.serving import EmbeddedWeb

    return EmbeddedWeb(settings) if installation.is_ours(settings) else None


@hookimpl
def provide_frame(settings: Settings) -> Frame | None:
    """Return what draws the embedded journal's bar and case tabs around a plugin's pages."""
    from dubu_journal import installation
    from dubu_journal.frame import EmbeddedFrame

    return EmbeddedFrame(installation.host(settings)) if installation.is_ours(settings) else None


@hookimpl
def provide_bulk_loader(settings: Settings) -> BulkLoader | None:
    """Return what fills the embedded journal while it is new."""
    from dubu_journal import installation
    from dubu_journal.bulk import EmbeddedBulkLoader

    if not installation.is_ours(settings):
        return None
    return EmbeddedBulkLoader(installation.host(settings))


@hookimpl
def provide_upkeep(settings: Settings) -> Upkeep | None:
    """Return what sets the embedded journal up and finds out whether it is whole."""
    from dubu_journal import installation
    from dubu_journal.upkeep import EmbeddedUpkeep

    return EmbeddedUpkeep(settings) if installation.is_ours(settings) else None
