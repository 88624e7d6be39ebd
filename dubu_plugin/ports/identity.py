"""Who is asking: the people who work here, as the host knows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the municipality's organisation."""

    key: str
    title: str
    parent: str | None = None
    """The key of the unit above, None at the top."""
    phone: str | None = None
    acute_phone: str | None = None
    """Where to call when a child is in danger outside office hours."""


@dataclass(frozen=True, slots=True)
class Employee:
    """A person who works here."""

    key: str
    """The host's key, opaque. It is what hændelser and the read log name."""
    login: str
    name: str
    unit: str | None
    roles: frozenset[str]
    """Names of `dubu_plugin.domain.access.Role`. A name we do not know gives no rights."""
    person: str | None = field(default=None, repr=False)
    """The employee's own key in the address book, so that own and family cases can be blocked."""
    active: bool = True
    title: str | None = None
    phone: str | None = None
    email: str | None = field(default=None, repr=False)
    """Where the morning mail goes. Without one they get none, and an administrator is told."""


class Identity(Protocol):
    """The host's login and staff register. Every operation may raise `Unavailable`."""

    def who(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> str | None:
        """Return the key of the employee a web request comes from, or None.

        Must be quick and must not call another system: it runs on every request.
        """

    def employee(self, key: str) -> Employee | None:
        """Return one employee, or None."""

    def employees(self) -> Sequence[Employee]:
        """Return everybody, also those who have left (`active` is then false)."""

    def units(self) -> Sequence[Unit]:
        """Return the organisation."""
