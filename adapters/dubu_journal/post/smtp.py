"""Mail by SMTP and LMTP. A message is on the disk before it is acknowledged.

`aiosmtpd` speaks the protocol; two things of it are replaced. It gathers a message in memory, which
a large one does not fit in, and it refuses lines longer than 1000 bytes, which real mail has: here
a message goes to a temporary file as it comes. Its own log lines name senders and are switched off.
Source: RFC 5321, RFC 2033 (LMTP), RFC 1870 (SIZE), RFC 6531 (SMTPUTF8).
"""

import asyncio
import errno
import logging
from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, Final, cast

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, syntax

from dubu_journal.files import FULL
from dubu_journal.refusals import DiskFull, FileTooLarge

log = structlog.get_logger("dubu_journal")

Store = Callable[[BinaryIO, str | None], object]
"""Stores a message and its envelope's sender, and returns when it is on the disk."""

IN_MEMORY: Final = 256 * 1024
"""A message up to this size is kept in memory while it comes, in bytes."""
RECIPIENTS: Final = 100
SILENCE: Final = 120.0
"""How long a sender may say nothing, in seconds."""
COMMANDS: Final = 1000
"""How many commands of one kind a connection may give."""
CONNECTIONS: Final = 50

STORED: Final = "250 2.0.0 Stored"
NO_ROOM: Final = "452 4.3.1 Insufficient system storage, try again later"
TOO_LARGE: Final = "552 5.3.4 Message too big"
NOT_STORED: Final = "451 4.3.0 Not stored, try again later"
TOO_MANY: Final = "452 4.5.3 Too many recipients"
BUSY: Final = b"421 4.3.2 Too many connections, try again later\r\n"


class MailRoom:
    """What the sessions of one server share."""

    def __init__(self, store: Store, *, largest: int) -> None:
        self.store = store
        self.largest = largest
        self.open = 0

    async def handle_RCPT(
        self, server: SMTP, session: object, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take a recipient. Whom a message is for is the mail server's business before us."""
        if len(envelope.rcpt_tos) >= RECIPIENTS:
            return TOO_MANY
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"


class Session(SMTP):
    """One connection."""

    def __init__(self, room: MailRoom, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            room,
            data_size_limit=room.largest,
            enable_SMTPUTF8=True,
            hostname="journal",
            ident="Journal",
            timeout=SILENCE,
            auth_exclude_mechanism=("LOGIN", "PLAIN"),
            command_call_limit=COMMANDS,
            loop=loop,
        )
        self._room = room
        self._turned_away = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, unless there are too many already."""
        if self._room.open >= CONNECTIONS:
            self._turned_away = True
            cast(asyncio.Transport, transport).write(BUSY)
            cast(asyncio.Transport, transport).close()
            return
        self._room.open += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """End."""
        if not self._turned_away:
            self._room.open -= 1
            super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        """Take what came. As long as something comes, a large message is not a silent sender."""
        if not self._turned_away:
            self._reset_timeout()
            super().data_received(data)

    def eof_received(self) -> bool | None:
        """Hear that nothing more comes."""
        return None if self._turned_away else super().eof_received()

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        """Take a message, store it, and answer."""
        if await self.check_helo_needed() or await self.check_auth_needed("DATA"):
            return
        assert self.envelope is not None
        if not self.envelope.rcpt_tos:
            await self.push("503 5.5.1 Error: need RCPT command")
            return
        if arg:
            await self.push("501 5.5.4 Syntax: DATA")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        message = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed by who reads it)
        try:
            answer = await self._receive(message)
        except BaseException:
            message.close()
            raise
        if answer is None:
            sender = self.envelope.mail_from
            answer = await asyncio.to_thread(self._store, message, sender)
        else:
            message.close()
        answers = self._answers(answer)
        self._set_post_data_state()  # type: ignore[no-untyped-call]
        await self.push("\r\n".join(answers))

    def _answers(self, answer: str) -> list[str]:
        """Return what is said, once."""
        return [answer]

    async def _receive(self, message: IO[bytes]) -> str | None:
        """Write the message to the file; return what to answer where it cannot be taken.

        What cannot be taken is read to its end all the same: the answer stands after it. Only a dot
        between two CRLF ends a message, so that nothing in one can pass for the next.
        """
        size, refusal, at_start = 0, None, True
        while True:
            line, whole = await self._line()
            if at_start and whole and line == b".\r\n":
                return refusal
            if at_start and line.startswith(b"."):
                line = line[1:]
            at_start = whole
            size += len(line)
            if size > self._room.largest:
                refusal = TOO_LARGE
            if refusal is None:
                refusal = _written(message, line)

    async def _line(self) -> tuple[bytes, bool]:
        """Return a line, or a part of a long one, and whether it ends here."""
        try:
            return await self._reader.readuntil(b"\r\n"), True
        except asyncio.LimitOverrunError as long:
            return await self._reader.read(long.consumed), False
        except asyncio.CancelledError:
            self._writer.close()
            raise

    def _store(self, message: IO[bytes], sender: str | None) -> str:
        """Store the message, in a thread: it waits for the disk. The file is closed here, since a
        sender who hangs up meanwhile does not stop the thread."""
        with message:
            try:
                self._room.store(cast(BinaryIO, message), sender)
            except DiskFull:
                log.error("mail_not_stored", why="disk_full")
                return NO_ROOM
            except FileTooLarge:
                return TOO_LARGE
            except Exception as fault:
                log.error("mail_not_stored", why=type(fault).__name__)
                return NOT_STORED
        return STORED


class LocalSession(Session, LMTP):
    """One connection from a mail server beside us: it wants an answer for each recipient."""

    def _answers(self, answer: str) -> list[str]:
        assert self.envelope is not None
        return [answer] * len(self.envelope.rcpt_tos)


def hush() -> None:
    """Keep the protocol library from writing senders and recipients in the log."""
    logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)


def _written(message: IO[bytes], line: bytes) -> str | None:
    try:
        message.write(line)
    except OSError as fault:
        if fault.errno in FULL:
            return NO_ROOM
        log.error("mail_not_stored", why=errno.errorcode.get(fault.errno or 0, "?"))
        return NOT_STORED
    return None
