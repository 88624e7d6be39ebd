"""What we need to invite people outside the house: mail their calendar understands.

Source: RFC 5546 (iTIP) and RFC 6047 (iMIP). A mail server keeps no list of what it took, so a mail
whose receipt was lost cannot be looked up: it is never sent again, and a person is told.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from dubu_plugin.ports.journal import Health
from dubu_plugin.ports.journal_objects import Op


class Method(StrEnum):
    """What an invitation says."""

    REQUEST = "REQUEST"
    """Come, or come at another time than before."""
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Invitation:
    """One mail to one person. Nothing in it says who the meeting is about."""

    method: Method
    meeting: UUID
    """The same for every mail about the meeting (``UID``)."""
    sequence: int
    """Rises whenever the meeting changes; a calendar keeps the highest."""
    message_id: str
    """Without the angle brackets. What comes back names it."""
    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    title: str = field(repr=False)
    """What it is called in the calendar of the one who is invited."""
    starts: datetime
    ends: datetime
    place: str | None = field(repr=False)
    stamp: datetime
    """When it was decided (``DTSTAMP``)."""


class Invitations(Protocol):
    """A way to send invitations."""

    @property
    def name(self) -> str:
        """The system's short name, for logs and for people."""

    def health(self) -> Health:
        """Return whether the mail server answers. Never raises."""

    def send(self, invitation: Invitation, op: Op) -> None:
        """Send one mail.

        :raises Rejected: the server does not take mail to this address.
        :raises Unavailable: the server does not answer, or asks us to come again; nothing is sent.
        :raises Unanswered: the mail was handed over and no receipt came.
        """
