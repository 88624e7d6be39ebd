"""Calendars elsewhere, over CalDAV, and invitations by mail (iTIP/iMIP).

Read in this order: ``choices`` (what dubu.toml says), ``ical`` (an entry as iCalendar), ``dav``
(requests and what goes wrong with them), ``smtp`` (one mail handed over), and the ports:
``caldav_port``, ``invitations`` and ``notices`` (mail to those who work here).
"""

from dubu_plugin.hookspecs import hookimpl
from dubu_plugin.ports.calendar import Calendar
from dubu_plugin.ports.invitations import Invitations
from dubu_plugin.ports.mail import MailSender
from dubu_plugin.settings import Settings


@hookimpl
def provide_calendar(settings: Settings) -> Calendar | None:
    """Return the calendar server ``[kalender]`` names, where the installation has chosen it."""
    from dubu_kalender import choices

    chosen = choices.calendar(settings)
    if chosen is None:
        return None
    from dubu_kalender.caldav_port import CalDavCalendar

    return CalDavCalendar.at(chosen)


@hookimpl
def provide_invitations(settings: Settings) -> Invitations | None:
    """Return the mail server ``[kalender]`` names; a training copy sends nothing."""
    from dubu_kalender import choices

    chosen = choices.mail(settings)
    if chosen is None:
        return None
    from dubu_kalender.invitations import SmtpInvitations

    return SmtpInvitations(chosen)


@hookimpl
def provide_mail(settings: Settings) -> MailSender | None:
    """Return the same mail server, for mail to those who work here."""
    from dubu_kalender import choices

    chosen = choices.mail(settings)
    if chosen is None:
        return None
    from dubu_kalender.notices import SmtpMail

    return SmtpMail(chosen)
