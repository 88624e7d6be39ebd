"""What an act has at hand. `dubu_plugin.app.Product` is all of it; a test may give less."""

from typing import Protocol

from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.ports.post import IncomingPost
from dubu_plugin.settings import Settings
from dubu_plugin.store.blobs import Blobs
from dubu_plugin.store.database import Store


class Means(Protocol):
    """The parts of one installation that acts use. No act asks another system while it runs."""

    @property
    def settings(self) -> Settings:
        """What the installation decides."""

    @property
    def store(self) -> Store:
        """What is remembered."""

    @property
    def blobs(self) -> Blobs:
        """Originals and letters."""


class Writing(Means, Protocol):
    """Also the letters an act may order."""

    @property
    def letters(self) -> LetterShelf:
        """The letters that can be written."""


class Mailbox(Protocol):
    """The part of the ports the reconciliation asks."""

    @property
    def incoming(self) -> IncomingPost:
        """The host's incoming post."""


class Receiving(Means, Protocol):
    """Also the host's incoming post."""

    @property
    def ports(self) -> Mailbox:
        """The other systems."""
