"""What the installation decides about the client."""

from dataclasses import dataclass, field
from typing import Final

ADDRESS_ROLES: Final = ("sagsbehandler", "teamleder", "modtager")
"""Who sees persons in the address book where the settings say nothing."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The client's part of the settings."""

    municipality: str = "Prøvestrup Kommune"
    training: bool = False
    """Mark every page as a training copy."""
    password: str | None = field(default=None, repr=False)
    """What everybody must type at login; None where choosing a name is enough, as in a demo."""
    hosts: frozenset[str] = frozenset()
    """The names the client answers to; empty is any. Without a password, a name that somebody else
    has made to lead here (DNS rebinding) must not get in."""
    secure: bool = False
    """Whether the client is reached by https, so that the cookie must be too."""
    post_units: frozenset[str] = frozenset()
    """The units whose members see all post that comes in."""
    address_roles: frozenset[str] = frozenset(ADDRESS_ROLES)
    """The roles whose holders find and open persons in the address book."""
    largest_file: int = 200 * 1024 * 1024
    """In bytes."""
