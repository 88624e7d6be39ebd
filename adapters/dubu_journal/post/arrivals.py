"""Storing one item that came in, with what can be read off it without opening it."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from typing import BinaryIO, Final

from dubu_journal import post_box
from dubu_journal.host import Host
from dubu_journal.post_box import Envelope, Item
from dubu_journal.refusals import FileTooLarge

Clock = Callable[[], datetime]

CHUNK: Final = 1024 * 1024
HEADERS: Final = 256 * 1024
"""How much of a mail is read for its headers, in bytes."""
LONGEST: Final = 300
"""In characters: what is kept of a subject or a sender."""


class Arrivals:
    """Where everything that comes in is stored."""

    def __init__(self, host: Host, clock: Clock, *, largest: int) -> None:
        self._host = host
        self._clock = clock
        self.largest = largest
        """In bytes."""

    def mail(self, raw: BinaryIO, sender: str | None) -> Item:
        """Store a mail, and return when it is on the disk.

        A mail that was stored and never acknowledged is sent again, byte for byte, and is the same
        item: its key follows from its content.

        :raises DiskFull: there is no room.
        :raises FileTooLarge: it is larger than what is taken.
        """
        content = self._digest(raw)
        subject, from_ = _headers(raw)
        envelope = Envelope(self._clock(), "e-mail", "mail.eml", from_ or sender, subject)
        return self._store(raw, envelope, f"mail-{content}")

    def file(self, raw: BinaryIO, name: str, written: int, *, came: datetime | None = None) -> Item:
        """Store a file somebody dropped, and return when it is on the disk.

        :param written: when it was last written, in nanoseconds: the same file seen twice is one
            item, and the same content dropped another day is another.
        :param came: when it was dropped, where that is known; else it came now.
        :raises DiskFull: see `mail`.
        :raises FileTooLarge: see `mail`.
        """
        content = self._digest(raw)
        delivery = hashlib.sha256(f"{content}\0{name}\0{written}".encode()).hexdigest()
        mail = name.lower().endswith(".eml")
        subject, from_ = _headers(raw) if mail else (None, None)
        channel = "e-mail" if mail else "fil"
        envelope = Envelope(came or self._clock(), channel, name, from_, subject)
        return self._store(raw, envelope, f"fil-{delivery}")

    def _store(self, raw: BinaryIO, envelope: Envelope, key: str) -> Item:
        raw.seek(0)
        return post_box.store(self._host, raw, envelope, key=key)

    def _digest(self, raw: BinaryIO) -> str:
        raw.seek(0)
        digest, size = hashlib.sha256(), 0
        while chunk := raw.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if size > self.largest:
                raise FileTooLarge(self.largest)
        return digest.hexdigest()


def _headers(raw: BinaryIO) -> tuple[str | None, str | None]:
    """Return the subject and the sender of a mail as it says itself, None where it does not."""
    raw.seek(0)
    mail = BytesHeaderParser().parsebytes(raw.read(HEADERS))
    return _header(mail, "Subject"), _header(mail, "From")


def _header(mail: Message, name: str) -> str | None:
    given = mail.get(name)
    if given is None:
        return None
    try:
        text = str(make_header(decode_header(given)))
    except (ValueError, LookupError):  # a charset nobody knows, or bytes that are not of it
        text = str(given)
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(shown.split())[:LONGEST] or None
