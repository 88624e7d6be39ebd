"""The head of a mail: who, what, which, when. Senders get all of it wrong; nothing here raises."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.header import decode_header
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from dubu_plugin.intake.text import decoded, one_line

COPENHAGEN: Final = ZoneInfo("Europe/Copenhagen")
LONGEST_SUBJECT: Final = 300
LONGEST_SENDER: Final = 200
LONGEST_ID: Final = 998
LONGEST_RAW: Final = 10_000
"""How much of a header is looked at, in characters."""
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""An earlier date comes from a clock that was never set."""


class Head(NamedTuple):
    """What a mail says about itself."""

    sender_name: str
    sender_address: str
    subject: str
    message_id: str | None
    received_at: datetime | None
    automatic: bool
    """An automatic reply, or a mail that came back (RFC 3834, RFC 3464)."""
    to: str = ""
    """Who it was sent to, as the sender wrote it."""


NOTHING: Final = Head("", "", "", None, None, automatic=False)
"""What a mail says that cannot be taken apart at all."""


def head_of(message: EmailMessage) -> Head:
    """Return what a mail says about itself."""
    name, address = sender_of(message)
    answers = raw(message, "Auto-Submitted").lower().startswith("auto-replied")
    returned = raw(message, "Content-Type").lower().startswith("multipart/report")
    return Head(
        one_line(name, LONGEST_SENDER),
        one_line(address, LONGEST_SENDER),
        one_line(shown(raw(message, "Subject")), LONGEST_SUBJECT),
        message_id(raw(message, "Message-ID")),
        arrival(message),
        answers or returned,
        one_line(shown(raw(message, "To")), LONGEST_SENDER),
    )


def raw(message: EmailMessage, name: str) -> str:
    """Return a header as it stands, unfolded, or nothing.

    The standard library's parsed headers raise on some of what spammers and old systems write.
    """
    values = raw_all(message, name)
    return values[0] if values else ""


def raw_all(message: EmailMessage, name: str) -> Sequence[str]:
    """Return every header of this name as it stands, the topmost first."""
    wanted = name.lower()
    return [
        re.sub(r"\r?\n[ \t]*", " ", str(value)[:LONGEST_RAW]).strip()
        for key, value in message.raw_items()
        if key.lower() == wanted
    ]


def shown(value: str) -> str:
    """Return a header as people read it: RFC 2047 words decoded, bytes sent raw guessed."""
    if "=?" not in value:
        return _unescaped(value)
    pieces = []
    try:
        for piece, charset in decode_header(value):
            text = piece if isinstance(piece, str) else decoded(piece, charset)[0]
            pieces.append(text)
    except (ValueError, LookupError):
        return _unescaped(value)
    return "".join(pieces)


def sender_of(message: EmailMessage) -> tuple[str, str]:
    """Return the name and address of who sent it; either may be empty."""
    for header in ("From", "Sender", "Reply-To", "Return-Path"):
        value = raw(message, header)
        if not value:
            continue
        # Addresses are taken apart before names are decoded, or a comma in a name would split it.
        for name, address in getaddresses([_unescaped(value)]):
            if name or address:
                return shown(name), address.strip().lower()
        return shown(value), ""
    return "", ""


def message_id(value: str) -> str | None:
    """Return the mail's own name for itself, without its brackets, or None."""
    found = re.search(r"<([^<>]+)>", value)
    plain = "".join((found.group(1) if found else value).split())
    return plain[:LONGEST_ID] or None


def arrival(message: EmailMessage) -> datetime | None:
    """Return when it arrived: the topmost Received line's date, else the Date line's, else None."""
    for line in raw_all(message, "Received")[:1]:
        if moment := moment_of(line.rpartition(";")[2]):
            return moment
    return moment_of(raw(message, "Date"))


def moment_of(text: str) -> datetime | None:
    """Return the moment a date header names, or None. Without a zone it is taken as Danish time."""
    try:
        moment = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        unknown_zone = text.rstrip().endswith("-0000")
        moment = moment.replace(tzinfo=UTC if unknown_zone else COPENHAGEN)
    try:
        moment = moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return moment if moment >= EARLIEST else None


def _unescaped(value: str) -> str:
    """Return a header that held bytes instead of encoded words, with its letters guessed."""
    try:
        return decoded(value.encode("ascii", "surrogateescape"))[0]
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace").decode("utf-8")
