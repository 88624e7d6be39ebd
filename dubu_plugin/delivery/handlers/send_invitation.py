"""Mail one person that a meeting is on, at another time, or off."""

from datetime import datetime
from typing import Final

from dubu_plugin.delivery.handlers.put_calendar import NOT_NEEDED, told
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain import danish
from dubu_plugin.domain.moede import Invitationsstate, Moedelinje
from dubu_plugin.errors import OutcomeUnknown, Refused
from dubu_plugin.intake.answers import message_id
from dubu_plugin.ports.invitations import Invitation, Method
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.store.inddragelse.moeder import Deltager, Moede
from dubu_plugin.store.transaction import Work

REACHED: Final = (Invitationsstate.SENDT, Invitationsstate.USIKKER)
"""Whoever may have an earlier mail is told that the meeting is off."""


class SendInvitation:
    """``send_invitation {deltager, moede, method, sequence, stamp, starts, ends, place}``.

    A mail server cannot be asked what it took. Where its receipt was lost, the mail is not sent
    again: the one who invited gets a line, and calls.
    """

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        with d.store.read() as connection:
            meeting = moeder.by_id(connection, d.id("moede"))
            guest = moeder.deltager(connection, d.id("deltager"))
        mail = d.ports.invitations
        if meeting is None or guest is None or _is_late(d, meeting, guest):
            return Done(NOT_NEEDED)
        if mail is None:
            return Done(NOT_NEEDED, lambda work: _mark(work, guest, Invitationsstate.INGEN))
        try:
            mail.send(_invitation(d, guest), d.op)
        except Refused as no:
            return Done(f"afvist:{no.code}"[:128], lambda work: _returned(work, meeting, guest))
        except OutcomeUnknown:
            return _unsure(meeting, guest)
        return Done("sendt", lambda work: _mark(work, guest, Invitationsstate.SENDT))

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. Nobody can tell, so it is done, with a line for a person."""
        with d.store.read() as connection:
            meeting = moeder.by_id(connection, d.id("moede"))
            guest = moeder.deltager(connection, d.id("deltager"))
        return Done(NOT_NEEDED) if meeting is None or guest is None else _unsure(meeting, guest)


def _is_late(d: Delivery, meeting: Moede, guest: Deltager) -> bool:
    """Tell whether a later mail says how it is now, or there is nothing to call off."""
    if d.payload["sequence"] != meeting.sequence:
        return True
    if d.payload["method"] == Method.CANCEL:
        return meeting.is_on or guest.invitation not in REACHED
    return not meeting.is_on


def _invitation(d: Delivery, guest: Deltager) -> Invitation:
    """Return the mail. It says who invites and when, and nothing of what it is about."""
    when, method = told(d), Method(d.payload["method"])
    who = d.settings.municipality.name
    at = danish.list_moment(when.starts, d.now)
    again = d.payload["sequence"] > 0 and guest.invitation in REACHED
    what, text = {
        (Method.REQUEST, False): ("Indkaldelse til møde", f"{who} indkalder dig til et møde."),
        (Method.REQUEST, True): ("Mødet er flyttet", f"Mødet med {who} er flyttet."),
        (Method.CANCEL, False): ("Mødet er aflyst", f"Mødet med {who} er aflyst."),
    }[method, again and method is Method.REQUEST]
    lines = [text, "", f"Tid: {danish.from_to(when.starts, when.ends)}"]
    if when.place and method is Method.REQUEST:
        lines.append(f"Sted: {when.place}")
    lines += ["", f"Har du spørgsmål, så ring til {who} på {d.settings.municipality.phone}."]
    return Invitation(
        method=method,
        meeting=d.id("moede"),
        sequence=d.payload["sequence"],
        message_id=message_id(guest.id, d.payload["sequence"]),
        to=guest.email or "",
        subject=f"{what} {at}",
        text="\n".join(lines),
        title=f"Møde med {who}",
        starts=when.starts,
        ends=when.ends,
        place=when.place,
        stamp=datetime.fromisoformat(d.payload["stamp"]),
    )


def _mark(work: Work, guest: Deltager, state: Invitationsstate) -> None:
    moeder.change_deltager(work.connection, guest.id, invitation=state)


def _returned(work: Work, meeting: Moede, guest: Deltager) -> None:
    _mark(work, guest, Invitationsstate.RETUR)
    moeder.add_lines(work.connection, meeting, Moedelinje.MAIL_RETUR)


def _unsure(meeting: Moede, guest: Deltager) -> Done:
    def then(work: Work) -> None:
        _mark(work, guest, Invitationsstate.USIKKER)
        moeder.add_lines(work.connection, meeting, Moedelinje.MAIL_USIKKER)

    return Done("usikker", then)
