"""What a kind of outbox row must be able to do: deliver itself, and find out whether it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.ports.calendar import Calendar
from dubu_plugin.ports.identity import Identity
from dubu_plugin.ports.invitations import Invitations
from dubu_plugin.ports.journal import Journal
from dubu_plugin.ports.journal_objects import Op
from dubu_plugin.ports.mail import MailSender
from dubu_plugin.ports.persons import Persons
from dubu_plugin.ports.post import IncomingPost, OutgoingPost
from dubu_plugin.settings import Settings
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.database import Store
from dubu_plugin.store.transaction import Work


class Outside(Protocol):
    """The other systems of the installation."""

    @property
    def journal(self) -> Journal:
        """The journal system."""

    @property
    def persons(self) -> Persons:
        """The address book."""

    @property
    def identity(self) -> Identity:
        """The staff register."""

    @property
    def incoming(self) -> IncomingPost:
        """The incoming post."""

    @property
    def outgoing(self) -> OutgoingPost:
        """A way to send letters."""

    @property
    def calendar(self) -> Calendar | None:
        """The calendars of those who work here, where there are any."""

    @property
    def invitations(self) -> Invitations | None:
        """A way to invite people by mail, where there is one."""

    @property
    def mail(self) -> MailSender | None:
        """A way to write to those who work here, where there is one."""


class Installation(Protocol):
    """The parts of the product that delivery uses. `dubu_plugin.app.Product` is one."""

    @property
    def settings(self) -> Settings:
        """What the installation decides."""

    @property
    def store(self) -> Store:
        """What is remembered."""

    @property
    def blobs(self) -> Blobs:
        """Originals and letters."""

    @property
    def ports(self) -> Outside:
        """The other systems."""

    @property
    def letters(self) -> LetterShelf:
        """The letters that can be written."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """What time it is, in UTC."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row on its way out, and what is needed to deliver it."""

    key: UUID
    """The op key: the same at every try."""
    kind: str
    lane: str
    payload: Mapping[str, Any]
    actor: str
    now: datetime
    store: Store
    blobs: Blobs
    ports: Outside
    settings: Settings
    letters: LetterShelf

    @property
    def op(self) -> Op:
        """The write as the other system sees it."""
        return Op(self.key, self.actor)

    def id(self, name: str) -> UUID:
        """Return an identifier of the payload."""
        return UUID(self.payload[name])


@dataclass(frozen=True, slots=True)
class Done:
    """It is delivered."""

    result: str | None = None
    """The other system's key of what was made."""
    then: Callable[[Work], None] | None = None
    """Runs in the transaction that marks the row done: both are stored, or neither."""


class Handler(Protocol):
    """Delivers one kind of row.

    Both operations raise what the port raises. `Unreachable` has the row tried again later,
    `OutcomeUnknown` has it looked up first, and `Refused` leaves it to a person; so does anything
    else, since it is a fault of ours.
    """

    def deliver(self, d: Delivery) -> Done:
        """Deliver. Only called where it has certainly not taken effect."""

    def probe(self, d: Delivery) -> Done | None:
        """Return what an earlier try came to, or None where it had no effect at all."""
