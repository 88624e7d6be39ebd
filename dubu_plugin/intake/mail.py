"""A mail taken apart: its text as a person would read it, and the files that came with it.

Mails inside mails are opened in their place, a few deep. Nothing is fetched, nothing is run, and a
file over the limit is measured without being decoded.
"""

import base64
import binascii
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.parser import BytesParser
from functools import lru_cache
from typing import Final

from dubu_plugin.domain.intake import FileState, Remark
from dubu_plugin.intake import headers
from dubu_plugin.intake.content import FoundFile, Limits
from dubu_plugin.intake.cutting import cut, size_cut_out
from dubu_plugin.intake.html import readable
from dubu_plugin.intake.text import decoded, is_noise, safe_name, tidy

# Headers are read raw (see `headers.raw`), so the policy only has to parse structure. The parser
# asks for a part's kind a dozen times, and takes the header apart each time.
_apart: Final = lru_cache(maxsize=64)(HeaderRegistry())
POLICY: Final = email.policy.default.clone(max_line_length=None, header_factory=_apart)
MOST_PARTS: Final = 5_000
"""Lines that look like the beginning of a part. A mail with more is read by its beginning only."""
SHORT: Final = 200_000
"""How much of such a mail is read, in bytes."""
KNOWN: Final = frozenset(
    {"from", "to", "subject", "date", "received", "message-id", "mime-version", "content-type"}
    | {"return-path", "sender", "reply-to"}
)
"""Headers of which every mail has one."""
_MUCH_MORE: Final = 3
"""How many times longer an HTML version is before the plain one counts as a stub."""


@dataclass(slots=True)
class Mail:
    """What a mail held. Files are not looked into yet."""

    head: headers.Head
    text: list[str] = field(default_factory=list)
    files: list[FoundFile] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def body(self) -> str:
        """The mail's text, the texts of mails inside it after it."""
        return tidy("\n\n".join(filter(None, self.text)))


def taken_apart(content: bytes, limits: Limits) -> Mail:
    """Return what a mail holds. Never raises on what a sender can write."""
    many = content.count(b"\n--") > MOST_PARTS
    short = content[:SHORT] if many else cut(content, limits.largest_attachment)
    try:
        message = _parsed(short)
        mail = Mail(headers.head_of(message))
        _Walk(mail, limits).through(message, depth=0)
    except RecursionError:  # parts inside parts, deeper than anybody nests them
        return Mail(headers.NOTHING, [decoded(content[:SHORT])[0]], remarks=[Remark.DAMAGED])
    if mail.head.automatic:
        mail.remarks.append(Remark.AUTOMATIC)
    if many:
        mail.remarks.append(Remark.TOO_MANY)
    return mail


def is_no_mail(content: bytes) -> bool:
    """Tell whether something called a mail is neither a mail nor a text."""
    if not is_noise(content):
        return False
    try:
        head = _parsed(content[:SHORT]).raw_items()
    except RecursionError:
        return False
    return not any(name.lower() in KNOWN for name, _value in head)


def _parsed(content: bytes) -> EmailMessage:
    # Some systems put a blank line or a byte order mark before the first header.
    return BytesParser(policy=POLICY).parsebytes(content.lstrip(b"\xef\xbb\xbf\r\n"))


def _has_head(message: EmailMessage) -> bool:
    return next(iter(message.raw_items()), None) is not None


class _Walk:
    """One walk through the parts of a mail, in the order they stand."""

    def __init__(self, mail: Mail, limits: Limits) -> None:
        self.mail = mail
        self.limits = limits

    def through(self, part: EmailMessage, depth: int) -> None:
        """Take in a part and what is in it."""
        kind = part.get_content_type()
        if kind == "message/rfc822" or (
            kind == "application/octet-stream" and _is_named_mail(part)
        ):
            self.nested(part, depth)
        elif kind == "multipart/alternative":
            self.alternatives(_children(part), depth)
        elif part.is_multipart():
            for child in _children(part):
                self.through(child, depth)
        elif _is_text(part):
            self.text(part)
        else:
            self.file(part)

    def alternatives(self, parts: Sequence[EmailMessage], depth: int) -> None:
        """Take the plain version, or the HTML one where the plain is only a stub."""
        plain = next((p for p in parts if p.get_content_type() == "text/plain"), None)
        rest = [p for p in parts if p is not plain]
        rich = Mail(self.mail.head)
        for part in rest:
            _Walk(rich, self.limits).through(part, depth)
        written = self.decoded_text(plain) if plain is not None else ""
        stub = len(rich.body) > _MUCH_MORE * len(written) + 40
        self.mail.text.append(rich.body if stub or not written.strip() else written)
        self.mail.files.extend(rich.files)
        self.mail.remarks.extend(rich.remarks)

    def nested(self, part: EmailMessage, depth: int) -> None:
        """Take in a mail inside the mail: forwarded ones hold what it is all about."""
        inner = _inner(part)
        if inner is None:
            self.file(part)
            return
        if depth >= self.limits.deepest_mail:
            # Nobody has seen what is in it: a person does, and is warned.
            self.file(part, FileState.DANGEROUS)
            return
        head = headers.head_of(inner)
        sender = f"{head.sender_name} {head.sender_address}".strip()
        self.mail.text.append(f"— Videresendt mail —\nFra: {sender}\nEmne: {head.subject}")
        self.through(inner, depth + 1)

    def text(self, part: EmailMessage) -> None:
        """Take in a piece of the mail's own text."""
        text = self.decoded_text(part)
        self.mail.text.append(readable(text) if part.get_content_type() == "text/html" else text)

    def decoded_text(self, part: EmailMessage) -> str:
        """Return a part's text, in the charset it has and not only the one it claims."""
        content = _payload(part)[: self.limits.largest_text * 4]
        text, doubtful = decoded(content, _charset(part))
        if is_noise(content):
            self.mail.remarks.append(Remark.DAMAGED)
        elif doubtful:
            self.mail.remarks.append(Remark.CHARSET)
        if len(text) > self.limits.largest_text:
            self.mail.remarks.append(Remark.CUT)
        return text[: self.limits.largest_text]

    def file(self, part: EmailMessage, state: FileState = FileState.NO_TEXT) -> None:
        """Take in a file, or only its name and size where it is too large."""
        if len(self.mail.files) >= self.limits.most_files:
            self.mail.remarks.append(Remark.TOO_MANY)
            return
        name = _name(part, len(self.mail.files) + 1)
        if name.lower() == "winmail.dat":
            self.mail.remarks.append(Remark.WINMAIL)
        size = _estimated_size(part)
        content = None if size > self.limits.largest_attachment else _payload(part)
        if content is not None:
            size = len(content)
        too_large = size > self.limits.largest_attachment
        self.mail.files.append(
            FoundFile(
                name,
                part.get_content_type(),
                size,
                FileState.TOO_LARGE if too_large else state,
                None if too_large else content,
                inline=_is_inline(part),
            )
        )


def _children(part: EmailMessage) -> list[EmailMessage]:
    payload = part.get_payload()
    return (
        [child for child in payload if isinstance(child, EmailMessage)]
        if isinstance(payload, list)
        else []
    )


def _is_text(part: EmailMessage) -> bool:
    """Tell whether a part is the mail's own text and not a file sent with it."""
    if part.get_content_maintype() != "text" or _claimed_name(part):
        return False
    attached = headers.raw(part, "Content-Disposition").lower().startswith("attachment")
    return not attached and part.get_content_subtype() in {"plain", "html", "enriched"}


def _is_inline(part: EmailMessage) -> bool:
    attached = headers.raw(part, "Content-Disposition").lower().startswith("attachment")
    return bool(headers.raw(part, "Content-ID")) and not attached


def _is_named_mail(part: EmailMessage) -> bool:
    return _claimed_name(part).lower().endswith(".eml")


def _inner(part: EmailMessage) -> EmailMessage | None:
    """Return the mail inside a part, also where its sender packed it as base64."""
    children = _children(part)
    if children and _has_head(children[0]):
        return children[0]
    packed = _payload(children[0] if children else part)
    try:
        unpacked = base64.b64decode(packed, validate=False) if children else packed
    except (binascii.Error, ValueError):
        return None
    inner = _parsed(unpacked or packed)
    return inner if _has_head(inner) else None


def _payload(part: EmailMessage) -> bytes:
    """Return a part's bytes, unpacked as well as can be."""
    if part.is_multipart():
        return part.as_bytes(policy=email.policy.compat32)
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = None
    if isinstance(payload, bytes):
        return payload
    return str(part.get_payload() or "").encode("utf-8", "surrogateescape")


def _estimated_size(part: EmailMessage) -> int:
    """Return about how large a file is, without unpacking it."""
    payload = part.get_payload()
    if isinstance(payload, str) and (size := size_cut_out(payload)) is not None:
        return size
    length = len(payload) if isinstance(payload, str) else 0
    packed = headers.raw(part, "Content-Transfer-Encoding").lower() == "base64"
    return length * 73 // 100 if packed else length


def _charset(part: EmailMessage) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, UnicodeError):
        return None


def _claimed_name(part: EmailMessage) -> str:
    """Return the file name as sent, or nothing."""
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        name = None
    return headers.shown(str(name)) if name else ""


def _name(part: EmailMessage, number: int) -> str:
    name = _claimed_name(part)
    if name:
        return safe_name(name)
    ending = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "application/pdf": "pdf"}
    kind = part.get_content_type()
    plain = "eml" if kind.startswith("message/") else ending.get(kind, "")
    return f"fil-{number}.{plain}" if plain else f"fil-{number}"
