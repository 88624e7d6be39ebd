"""An item that was read and lies on the disk, on its way into the database."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.intake import PostState, Remark, stored
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.intake.content import Content, FoundFile, Limits
from dubu_plugin.intake.kinds import Kind
from dubu_plugin.intake.read import read
from dubu_plugin.intake.text import safe_name
from dubu_plugin.ports.post import Channel
from dubu_plugin.settings import Intake
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import arrivals
from dubu_plugin.usecases.underretning.received_at import CLOCKS_DIFFER, TOO_LONG_AGO


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something that came in."""

    raw: bytes = field(repr=False)
    filename: str = field(repr=False)
    channel: Channel
    received_at: datetime | None = None
    """When it was received, where whoever hands it in knows; else the mail itself is asked."""
    host_key: str | None = None
    """The host's key, where the host received it."""
    henvendelse: Henvendelse | None = None
    """What it is, where a person has said so."""


@dataclass(frozen=True, slots=True)
class Item:
    """What came in, and what was read in it."""

    incoming: Incoming
    content: Content
    sha256: str
    received_at: datetime
    remarks: tuple[Remark, ...]
    files: tuple[tuple[FoundFile, str | None], ...] = ()
    """Each file with the hash it lies under; None where it is the item itself, or too large."""

    @property
    def same_as(self) -> str:
        """What two deliveries of the same thing have in common."""
        if self.content.message_id is None:
            return self.sha256
        sender = self.content.sender_address or self.content.sender_name
        return hashed("message-id", self.content.message_id, sender)

    @property
    def fingerprint(self) -> str:
        """What two mails with the same Message-ID have in common where they say the same."""
        return fingerprint(self.content.text, (sha or file.name for file, sha in self.files))

    def keep(
        self,
        work: Work,
        *,
        same_as: str,
        kind: Henvendelse,
        state: PostState,
        underretning: UUID | None = None,
    ) -> UUID:
        """Store the item and its files, and under which of the host's keys it came."""
        post = arrivals.add_post(
            work.connection,
            {
                "same_as": same_as,
                "host_key": self.incoming.host_key,
                "channel": self.incoming.channel,
                "received_at": self.received_at,
                "stored_at": work.now,
                "said_at": self.content.received_at,
                "filename": safe_name(self.incoming.filename),
                "sha256": self.sha256,
                "size": len(self.incoming.raw),
                "sender": self.content.sender[:200] or None,
                "subject": self.content.subject[:300] or None,
                "henvendelse": kind,
                "state": state,
                "needs": stored(self.remarks),
                "underretning_id": underretning,
            },
        )
        rows = [
            {
                "name": file.name,
                "media_type": file.media_type[:100],
                "sha256": sha256,
                "size": file.size,
                "state": file.state,
                "text": file.text or None,
            }
            for file, sha256 in self.files
        ]
        arrivals.add_files(work.connection, post, rows)
        self.note_delivery(work, post)
        return post

    def note_delivery(self, work: Work, post: UUID) -> None:
        """Remember the host's key it came under, where the host had it."""
        if self.incoming.host_key is not None:
            arrivals.note_delivery(work.connection, self.incoming.host_key, post, now=work.now)


def limits_of(intake: Intake) -> Limits:
    """Return the bounds the installation has set."""
    return Limits(
        largest_attachment=intake.largest_attachment,
        largest_item=intake.largest_item,
        largest_text=intake.largest_text,
    )


def put_and_read(incoming: Incoming, limits: Limits, blobs: Blobs, *, now: datetime) -> Item:
    """Put the original on the disk, read it, and put what was found in it there too.

    :raises NotTaken: it is of a kind that is not taken in.
    :raises StorageFull: the disk is full.
    """
    sha256 = blobs.put(incoming.raw)
    content = read(incoming.raw, incoming.filename, limits)
    files = tuple(
        (replace(file, content=None), blobs.put(file.content) if file.content else None)
        for file in content.files
    )
    received_at, about_time = _moment(incoming, content, now)
    remarks = (*content.remarks, *about_time)
    return Item(incoming, replace(content, files=()), sha256, received_at, remarks, files)


def unread(incoming: Incoming, remark: Remark, *, now: datetime) -> Item:
    """Return an item that is not read at all."""
    sha256 = hashlib.sha256(incoming.raw).hexdigest()
    received_at = min(incoming.received_at or now, now)
    return Item(incoming, Content(Kind.OTHER), sha256, received_at, (remark,))


def fingerprint(text: str, files: Iterable[str]) -> str:
    """Return what two items that say the same have in common."""
    return hashed("content", text, *files)


def hashed(*parts: str) -> str:
    """Return a hash of these parts, in this order."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _moment(
    incoming: Incoming, content: Content, now: datetime
) -> tuple[datetime, tuple[Remark, ...]]:
    """Return when it was received, never later than now, and what there is to say of it."""
    said = incoming.received_at or content.received_at
    if said is None:
        return now, (Remark.NO_DATE,) if content.kind is Kind.MAIL else ()
    if said > now + CLOCKS_DIFFER:
        return now, (Remark.FUTURE_DATE,)
    if said < now - TOO_LONG_AGO:  # no rule is in force for it: its clock would never start
        return now, (Remark.OLD_DATE,)
    return min(said, now), ()
