"""Mail to those who work here, as `dubu_plugin.ports.mail.MailSender`."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from dubu_kalender.smtp import SmtpServer
from dubu_plugin.ports.journal_objects import Op
from dubu_plugin.ports.mail import Mail


class SmtpMail(SmtpServer):
    """See `dubu_plugin.ports.mail.MailSender` for each operation."""

    def send(self, mail: Mail, op: Op) -> None:
        """Hand one mail over."""
        made = EmailMessage(policy=SMTP)
        made["From"] = self.sender
        made["To"] = mail.to
        made["Subject"] = mail.subject
        made["Date"] = format_datetime(mail.stamp)
        made["Message-ID"] = f"<{mail.message_id}@{self.sender.rpartition('@')[2]}>"
        # Nobody's holiday message answers a machine.
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(mail.text)
        self.hand_over(made, mail.to, op)
