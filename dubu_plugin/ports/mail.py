"""What we need to write to those who work here: plain mail inside the house.

A mail server keeps no list of what it took, so a mail whose receipt was lost cannot be looked up
and is never sent again.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from dubu_plugin.ports.journal import Health
from dubu_plugin.ports.journal_objects import Op


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one person. It names nobody: mail is read on the way."""

    message_id: str
    """Without the angle brackets and the host. What comes back names it."""
    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    stamp: datetime


class MailSender(Protocol):
    """A way to send mail."""

    @property
    def name(self) -> str:
        """The system's short name, for logs and for people."""

    def health(self) -> Health:
        """Return whether the mail server answers. Never raises."""

    def send(self, mail: Mail, op: Op) -> None:
        """Send one mail.

        :raises Rejected: the server does not take mail to this address.
        :raises Unavailable: the server does not answer, or asks us to come again; nothing is sent.
        :raises Unanswered: the mail was handed over and no receipt came.
        """
