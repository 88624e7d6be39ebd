"""Answers to mail of ours: to an invitation (RFC 6047), and what came back undelivered (RFC 3464).

Pure: bytes in, what they say out. Anything that is not exactly this is None, and is then taken in
as all other post, so that a person sees it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any, Final
from uuid import UUID

from icalendar import Calendar

from dubu_plugin.domain.moede import Svar

LARGEST: Final = 512 * 1024
"""In bytes. No answer is larger."""

POLICY: Final = policy.default.clone(max_line_length=None)

ANSWERS: Final = {
    "ACCEPTED": Svar.JA,
    "DECLINED": Svar.NEJ,
    "TENTATIVE": Svar.MAASKE,
}
MESSAGE_ID: Final = re.compile(
    r"^(?:(?:Original-|X-Original-)?Message-ID|In-Reply-To|References):"
    r"\s*<?(moede\.[0-9a-f-]{36}\.\d+|morgenmail\.[0-9a-f-]{36})@",
    re.I | re.M,
)
RECIPIENT: Final = re.compile(
    r"^(?:Original|Final)-Recipient:\s*rfc822;\s*<?([^\s>]+)", re.I | re.M
)
FAILED: Final = re.compile(r"^Action:\s*failed", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Reply:
    """Somebody's answer."""

    meeting: UUID
    address: str = field(repr=False)
    answer: Svar
    sequence: int
    stamp: datetime


@dataclass(frozen=True, slots=True)
class Returned:
    """An invitation nobody could deliver."""

    deltager: UUID


@dataclass(frozen=True, slots=True)
class DigestReturned:
    """A morning mail nobody could deliver."""

    key: UUID
    """The key of the outbox row it was sent by."""
    addresses: frozenset[str] = field(repr=False)
    """Those the server says it was for, in lower case; none where it does not say."""


Answer = Reply | Returned | DigestReturned


def read_answer(raw: bytes) -> Answer | None:
    """Return what a mail says about one of ours, or None; never raises on what anybody wrote."""
    lowered = raw[:LARGEST].lower()
    if len(raw) > LARGEST or not (
        b"text/calendar" in lowered or b"message/delivery-status" in lowered
    ):
        return None
    try:
        mail = BytesParser(policy=POLICY).parsebytes(raw)
        return _reply(mail) or _returned(mail)
    except Exception:  # whatever a library makes of what a sender wrote: a person sees it then
        return None


def message_id(deltager: UUID, sequence: int) -> str:
    """Return the name of a mail to somebody invited, without a host: what comes back says it."""
    return f"moede.{deltager}.{sequence}"


def digest_id(key: UUID) -> str:
    """Return the name of a morning mail, likewise."""
    return f"morgenmail.{key}"


def _reply(mail: EmailMessage) -> Reply | None:
    for part in _parts(mail):
        if part.get_content_type() != "text/calendar":
            continue
        calendar = Calendar.from_ical(_bytes(part))
        method = str(calendar.get("METHOD", "")).upper()
        events = calendar.walk("VEVENT")
        if method not in ("REPLY", "COUNTER") or len(events) != 1:
            continue
        event = events[0]
        attendees = event.get("ATTENDEE", [])
        one = attendees if not isinstance(attendees, list) else attendees[0] if attendees else None
        said = str(getattr(one, "params", {}).get("PARTSTAT", "")).upper()
        counter = method == "COUNTER"
        answer = Svar.ANDET_TIDSPUNKT if counter else ANSWERS.get(said)
        if one is None or answer is None:
            return None
        return Reply(
            UUID(str(event["UID"])),
            re.sub(r"^mailto:", "", str(one), flags=re.I).strip().lower(),
            answer,
            int(event.get("SEQUENCE", 0)),
            _moment(event.get("DTSTAMP")),
        )
    return None


def _returned(mail: EmailMessage) -> Returned | DigestReturned | None:
    if mail.get_content_type() != "multipart/report":
        return None
    parts = [one for one in _parts(mail) if one.get_content_type() == "message/delivery-status"]
    status = "\n".join(_whole(one) for one in parts)
    found = MESSAGE_ID.search(_whole(mail)) if FAILED.search(status) else None
    if found is None:
        return None
    kind, key, *_ = found.group(1).split(".")
    if kind == "moede":
        return Returned(UUID(key))
    addresses = (one.lower() for one in RECIPIENT.findall(status))
    return DigestReturned(UUID(key), frozenset(addresses))


def _parts(mail: EmailMessage) -> Iterator[EmailMessage]:
    for part in mail.walk():
        if isinstance(part, EmailMessage):
            yield part


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _whole(part: EmailMessage) -> str:
    return part.as_bytes().decode("ascii", "replace")


def _moment(stamp: Any) -> datetime:
    value: date = stamp.dt
    if not isinstance(value, datetime):
        raise ValueError("a moment has a time of day")
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
