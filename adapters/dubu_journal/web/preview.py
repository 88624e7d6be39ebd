"""The plain text of an item of post, for a person to see what it is. The original is what counts.

Only the beginning is read, and nothing is run, fetched or shown as it was laid out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import MIMEPart
from html import unescape
from typing import BinaryIO, Final

import nh3
import structlog

log = structlog.get_logger("dubu_journal")

READ: Final = 1024 * 1024
"""In bytes."""
SHOWN: Final = 20_000
"""In characters."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What can be shown of an item."""

    text: str = field(repr=False)
    attachments: Sequence[str] = field(default=(), repr=False)
    cut: bool = False
    """Whether there is more than what is shown."""


def of(content: BinaryIO, name: str) -> Preview:
    """Return what can be shown; empty for what is neither mail nor plain text."""
    beginning = content.read(READ + 1)
    cut = len(beginning) > READ
    end = name.lower().rsplit(".", 1)[-1]
    if end == "eml":
        return _mail(beginning[:READ], cut)
    if end == "txt":
        text = _decoded(beginning[:READ], "utf-8")
        return Preview(text[:SHOWN], cut=cut or len(text) > SHOWN)
    return Preview("")


def _mail(raw: bytes, cut: bool) -> Preview:
    try:
        return _read_mail(raw, cut)
    except Exception as fault:  # the standard library's parser trips over headers that are wrong
        log.info("post_not_previewed", fault=type(fault).__name__)
        return Preview("")


def _read_mail(raw: bytes, cut: bool) -> Preview:
    mail = message_from_bytes(raw, policy=policy.default)
    body = mail.get_body(("plain", "html"))
    text = "" if body is None else _text(body)
    names = [part.get_filename() or "uden navn" for part in mail.iter_attachments()]
    return Preview(text[:SHOWN], names, cut or len(text) > SHOWN)


def _text(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    text = _decoded(raw, part.get_content_charset("utf-8"))
    if part.get_content_subtype() == "html":
        text = unescape(nh3.clean(text, tags=set(), clean_content_tags={"style", "script"}))
    return "\n".join(line.strip() for line in text.splitlines()).strip()


def _decoded(raw: bytes, charset: str) -> str:
    """Return the text, read as it says it is, else as the ways Danish mail is really written."""
    for attempt in (charset, "utf-8", "cp1252"):
        try:
            return raw.decode(attempt)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")
