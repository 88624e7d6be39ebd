"""What we need of the address book: who a person is, and who belongs to whom.

Everything returned is a copy at a moment. The product keeps what it needs in its own tables, so
that no page waits for the address book.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from dubu_plugin.domain.cpr import Cpr


class Tie(StrEnum):
    """What the other person is to the first."""

    MOTHER = "mor"
    FATHER = "far"
    CHILD = "barn"
    SIBLING = "soeskende"
    SPOUSE = "partner"
    GRANDPARENT = "bedsteforaelder"
    GRANDCHILD = "barnebarn"
    OTHER = "anden"


@dataclass(frozen=True, slots=True)
class Person:
    """A person in the address book."""

    key: str
    """The address book's own key, opaque."""
    name: str = field(repr=False)
    cpr: Cpr | None = None
    born: date | None = None
    address: str | None = field(default=None, repr=False)
    protected_address: bool = False
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie from one person to another."""

    tie: Tie
    person: Person


class Persons(Protocol):
    """An address book with persons. Every operation may raise `Unavailable`."""

    @property
    def name(self) -> str:
        """The system's short name, for logs and for people."""

    def by_key(self, key: str) -> Person | None:
        """Return the person with this key, or None."""

    def by_cpr(self, cpr: Cpr) -> Person | None:
        """Return the person with this number, or None."""

    def search(
        self, name: str, *, address: str | None = None, born: date | None = None, limit: int = 10
    ) -> Sequence[Person]:
        """Return persons whose name resembles this one, the most alike first.

        Spelling may differ in case, accents and single letters. `address` and `born` raise those
        that fit; they exclude nobody.
        """

    def living_at(self, address: str, *, limit: int = 10) -> Sequence[Person]:
        """Return persons who live at a street and number, the youngest first.

        What follows after a comma, such as the door and the town, is not looked at. Nobody with a
        protected address is returned: being returned would give it away.
        """

    def relations(self, key: str) -> Sequence[Relation]:
        """Return the person's known family: parents, children, siblings, partner, grandparents."""
