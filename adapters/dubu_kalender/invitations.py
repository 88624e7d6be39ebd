"""Invitations by mail, as `dubu_plugin.ports.invitations.Invitations`.

Source: RFC 6047 (iMIP).
"""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from dubu_kalender import ical
from dubu_kalender.smtp import SmtpServer
from dubu_plugin.ports.invitations import Invitation
from dubu_plugin.ports.journal_objects import Op


class SmtpInvitations(SmtpServer):
    """See `dubu_plugin.ports.invitations.Invitations` for each operation."""

    def send(self, invitation: Invitation, op: Op) -> None:
        """Hand one mail over."""
        self.hand_over(_mail(invitation, self.sender), invitation.to, op)


def _mail(one: Invitation, sender: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = one.to
    mail["Subject"] = one.subject
    mail["Date"] = format_datetime(one.stamp)
    mail["Message-ID"] = f"<{one.message_id}@{sender.rpartition('@')[2]}>"
    # Nobody's holiday message is an answer.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(one.text)
    mail.add_alternative(
        ical.invitation(one, sender),
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"method": str(one.method), "charset": "utf-8"},
    )
    return mail
