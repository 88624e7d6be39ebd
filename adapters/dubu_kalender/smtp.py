"""One mail handed to the mail server, and what its answers mean.

Source: RFC 5321 (4.2.1, what a reply's first digit means; 6.1, whose mail it is after the receipt).
"""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from typing import Final

from dubu_kalender.choices import Choices
from dubu_kalender.dav import NAME
from dubu_plugin.ports.journal import Health
from dubu_plugin.ports.journal_errors import (
    AuthFailed,
    NotConfigured,
    Rejected,
    Throttled,
    Unanswered,
    Unavailable,
)
from dubu_plugin.ports.journal_objects import Op

TEMPORARY: Final = range(400, 500)


class SmtpServer:
    """The mail server of the installation."""

    name = NAME

    def __init__(
        self, chosen: Choices, *, encryption: Callable[[], ssl.SSLContext] | None = None
    ) -> None:
        """Say how to send; nothing is sent yet.

        :param encryption: what makes the context of an encrypted connection.
        """
        self.sender = chosen.mail_from
        self._chosen = chosen
        self._encryption = encryption or ssl.create_default_context

    def health(self) -> Health:
        """Return whether the server answers."""
        try:
            with self._connected("health"):
                return Health(True)
        except (NotConfigured, AuthFailed, Unavailable) as no:
            return Health(False, detail=f"Mailserveren svarer ikke ({type(no).__name__}).")

    def hand_over(self, mail: EmailMessage, to: str, op: Op) -> None:
        """Hand one mail over.

        :raises Rejected: the server does not take mail to this address.
        :raises Unavailable: the server does not answer, or asks us to come again; nothing is sent.
        :raises Unanswered: the mail was handed over and no receipt came.
        """
        server = self._connected("send")
        try:
            _envelope(server, self.sender, to)
            try:
                code, _ = server.data(mail.as_bytes())
            except (OSError, smtplib.SMTPServerDisconnected):
                raise Unanswered(NAME, "send", str(op.key)) from None
            except smtplib.SMTPDataError as no:
                code = no.smtp_code
            _judge(code)
        finally:
            _goodbye(server)

    def _connected(self, operation: str) -> smtplib.SMTP:
        chosen = self._chosen
        server = smtplib.SMTP(timeout=chosen.patience)
        try:
            server.connect(chosen.mail_host, chosen.mail_port)
            server.ehlo()
            if chosen.mail_tls:
                server.starttls(context=self._encryption())
                server.ehlo()
            if chosen.mail_user:
                server.login(chosen.mail_user, chosen.mail_password)
        except smtplib.SMTPAuthenticationError:
            server.close()
            raise AuthFailed(NAME, operation) from None
        except smtplib.SMTPNotSupportedError:
            server.close()
            raise NotConfigured(NAME, operation, "starttls") from None
        except (OSError, smtplib.SMTPException) as silence:
            server.close()
            raise Unavailable(NAME, operation, type(silence).__name__) from None
        return server


def _envelope(server: smtplib.SMTP, sender: str, to: str) -> None:
    try:
        for code, _ in (server.mail(sender), server.rcpt(to)):
            _judge(code)
    except (OSError, smtplib.SMTPException) as silence:
        raise Unavailable(NAME, "send", type(silence).__name__) from None


def _judge(code: int) -> None:
    """Raise what a reply means; nothing where it is a yes."""
    if code in TEMPORARY:
        raise Throttled(NAME, "send")
    if not 200 <= code < 300:
        raise Rejected(NAME, "send", str(code))


def _goodbye(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
