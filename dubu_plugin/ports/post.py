"""What we need of the municipality's post: what came in, and a way to send a letter out.

Coming in: the host stores an item durably before it acknowledges it to the sender, and keeps it.
Going out: the same `Op` sends once; what became of it is asked with `sent`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from dubu_plugin.ports.journal_objects import Op, Page


class Channel(StrEnum):
    """How something reached us."""

    EMAIL = "e-mail"
    DIGITAL_POST = "digital_post"
    FORM = "digital_blanket"
    PHONE = "telefon"
    IN_PERSON = "fremmoede"
    LETTER = "brev"
    ON_CALL = "doegnvagt"
    POLICE = "politi"
    FILE = "fil"


@dataclass(frozen=True, slots=True)
class PostItem:
    """One thing that came in."""

    key: str
    """The host's key: the same item always has the same."""
    received_at: datetime
    channel: Channel
    filename: str = field(repr=False)
    """What the sender called it. Never used as a path."""
    size: int
    """In bytes."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Something to send to somebody."""

    subject: str = field(repr=False)
    recipient: str = field(repr=False)
    """Name and address as on the envelope."""
    address: str | None = field(repr=False)
    """An electronic address (e-mail, or later a Digital Post mailbox); None for paper."""
    body: str = field(repr=False)
    """A covering text without personal data."""
    filename: str
    pdf: bytes = field(repr=False)


class Sending(StrEnum):
    """What became of a letter."""

    QUEUED = "i_koe"
    """It waits, and nobody has got it: no deadline is met by it. `OutgoingPost.sent` is asked again
    until it says one of the others."""
    SENT = "sendt"
    """It has left the house."""
    RETURNED = "afvist"
    """It cannot reach the recipient this way; a person sends it on paper."""


class IncomingPost(Protocol):
    """The host's incoming post. Every operation may raise `Unavailable`."""

    def received(self, after: str | None = None) -> Page[PostItem]:
        """Return what came in, oldest first, beginning after this cursor (`Page.next`)."""

    def item(self, key: str) -> PostItem:
        """Return one item.

        :raises NotFound: there is no such item.
        """

    def open_post(self, key: str) -> bytes:
        """Return an item exactly as it came.

        :raises NotFound: there is no such item.
        """


class OutgoingPost(Protocol):
    """A way to send letters. Every operation may raise `Unavailable`."""

    def send(self, letter: Letter, op: Op) -> Sending:
        """Send a letter, once.

        :raises Rejected: the recipient cannot be reached this way.
        :raises Unanswered: it may have been sent; ask `sent`.
        """

    def sent(self, op: Op) -> Sending | None:
        """Return what became of a letter, or None where it was never sent."""
