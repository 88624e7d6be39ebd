"""A real mail server on this machine, which keeps what it is given, and can be made to fail."""

import asyncio
import socket
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class MailServer:
    """One server. What is planned for a step happens the next time it is reached, once."""

    mails: list[bytes] = field(default_factory=list)
    planned: dict[str, str] = field(default_factory=dict)

    def start(self) -> "MailServer":
        """Begin to listen."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        return self

    def stop(self) -> None:
        """End."""
        self._controller.stop()

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Take a recipient, or say what is planned."""
        said = self.planned.pop("RCPT", "")
        if not said:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        """Take a mail, or say what is planned; ``lost`` takes it and hangs up without a word."""
        said = self.planned.pop("DATA", "")
        if said and said != "lost":
            return said
        self.mails.append(envelope.content)
        if said == "lost":
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            await asyncio.sleep(0)
        return "250 OK"

    def parsed(self) -> list[EmailMessage]:
        """Return the mails, as a mail program reads them."""
        return [message_from_bytes(one, policy=default) for one in self.mails]
