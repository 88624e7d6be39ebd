"""The hooks another package may implement to extend this product.

Three kinds, told apart by their first word:

* ``provide_…``   Offer a port. Exactly one installed plugin must answer with something.
* ``register_…``  Add to a list. The lists of all plugins are joined.
* ``on_…``        Hear that something happened. Return nothing; an exception stops the act.

A plugin may take any subset of a hook's arguments. A new hook or argument is a minor release;
renaming or removing one is a major release. Each hook has a section in docs/hooks.md.
"""

from collections.abc import Sequence
from pathlib import Path

import pluggy

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

hookspec = pluggy.HookspecMarker("dubu")
hookimpl = pluggy.HookimplMarker("dubu")


@hookspec
def provide_journal(settings: Settings) -> Journal | None:
    """Return the municipality's journal system, or None if it is not yours.

    Called once, at start-up, before the first request. Do not connect here: the panel must come
    up while the journal is down.

    :param settings: the installation's choices; yours are ``settings.section("<your system>")``.
    """
    return None


@hookspec
def provide_persons(settings: Settings) -> Persons | None:
    """Return the address book, or None if it is not yours. Called once, at start-up."""
    return None


@hookspec
def provide_identity(settings: Settings) -> Identity | None:
    """Return the staff register and login, or None if it is not yours. Called once, at start-up."""
    return None


@hookspec
def provide_incoming_post(settings: Settings) -> IncomingPost | None:
    """Return the incoming post, or None if it is not yours. Called once, at start-up."""
    return None


@hookspec
def provide_outgoing_post(settings: Settings) -> OutgoingPost | None:
    """Return a way to send letters, or None if it is not yours. Called once, at start-up."""
    return None


@hookspec
def provide_calendar(settings: Settings) -> Calendar | None:
    """Return the calendars of those who work here, or None if they are not yours.

    Nobody has to answer: meetings then stand with us, and in the iCalendar feed of each one.
    ``settings.calendar_system`` says whose they are.
    """
    return None


@hookspec
def provide_invitations(settings: Settings) -> Invitations | None:
    """Return a way to invite people by mail, or None if it is not yours.

    Nobody has to answer: those who are to come are then told by whoever books the meeting.
    """
    return None


@hookspec
def provide_mail(settings: Settings) -> MailSender | None:
    """Return a way to send mail to those who work here, or None if it is not yours.

    Nobody has to answer: there is then no morning mail, and Min dag says the same.
    """
    return None


@hookspec
def provide_costs(settings: Settings) -> Costs | None:
    """Return what knows how much the indsatser have cost, or None if it is not yours.

    Nobody has to answer: an opfølgning then says nothing of money.
    """
    return None


@hookspec
def provide_host_web(settings: Settings) -> HostWeb | None:
    """Return the host's own web client, or None where the host is a process of its own.

    Nobody has to answer: without one, `dubu serve` serves our pages alone.
    """
    return None


@hookspec
def provide_bulk_loader(settings: Settings) -> BulkLoader | None:
    """Return a way to fill the host while it is new, or None if it is not yours.

    Nobody has to answer: `dubu demo` and `dubu bench` need one, nothing else does.
    """
    return None


@hookspec
def provide_frame(settings: Settings) -> Frame | None:
    """Return what draws the host's own bar and case tabs around our pages, or None.

    Nobody has to answer: without a frame the pages draw a bar of their own, as they do where a
    host embeds them by address.
    """
    return None


@hookspec
def provide_upkeep(settings: Settings) -> Upkeep | None:
    """Return what sets the host's storage up and finds out whether it is whole, or None.

    Nobody has to answer: a host that runs elsewhere has keepers of its own.
    """
    return None


@hookspec
def register_deadline_folders() -> Sequence[Path]:
    """Return folders with deadline rules (``*.toml``) of your own, read after ours."""
    return ()


@hookspec
def register_plan_folders() -> Sequence[Path]:
    """Return folders with activity types and plans (``*.toml``); a code of ours gives way."""
    return ()


@hookspec
def register_method_folders() -> Sequence[Path]:
    """Return folders with methods (``*.toml``); one for the same kind and day goes before ours."""
    return ()


@hookspec
def register_letter_folders() -> Sequence[Path]:
    """Return folders with a ``letters.toml`` and its letters; a code of ours gives way."""
    return ()
