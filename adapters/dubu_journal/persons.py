"""The host's address book as `dubu_plugin.ports.persons.Persons`."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from dubu_journal import addresses, family, names
from dubu_journal.addresses import Contact
from dubu_journal.port import answers
from dubu_journal.port.operations import Operations
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.ports.persons import Person, Relation, Tie

ROUGH: Final = 200
"""How many names a search looks at closely."""

ALIKE: Final = 0.6
"""The least likeness worth showing."""

FITS: Final = 0.2
"""What a right address, or a right date of birth, adds to a name's likeness."""


class EmbeddedPersons(Operations):
    """See `dubu_plugin.ports.persons.Persons` for each operation."""

    def by_key(self, key: str) -> Person | None:
        """Return the person with this key, or None."""
        with self._reading("by_key") as connection:
            contact_id = answers.id_of_key(key)
            found = None if contact_id is None else addresses.find(connection, contact_id)
        return _person(found)

    def by_cpr(self, cpr: Cpr) -> Person | None:
        """Return the person with this number, or None."""
        with self._reading("by_cpr") as connection:
            return _person(addresses.by_cpr(connection, cpr.digits))

    def search(
        self, name: str, *, address: str | None = None, born: date | None = None, limit: int = 10
    ) -> Sequence[Person]:
        """Return persons whose name resembles this one, the most alike first."""
        with self._reading("search") as connection:
            rough = addresses.resembling(connection, name, address=address, born=born, limit=ROUGH)
        alike = [(names.likeness(name, contact.name), contact) for contact in rough]
        scored = [
            (likeness + _fit(contact, address, born), contact)
            for likeness, contact in alike
            if likeness >= ALIKE
        ]
        scored.sort(key=lambda pair: (-pair[0], pair[1].id))
        people = (_person(contact) for _, contact in scored)
        return [person for person in people if person is not None][:limit]

    def living_at(self, address: str, *, limit: int = 10) -> Sequence[Person]:
        """Return persons who live at a street and number, the youngest first."""
        with self._reading("living_at") as connection:
            found = addresses.living_at(connection, address, limit=limit)
        return [person for contact in found if (person := _person(contact)) is not None]

    def relations(self, key: str) -> Sequence[Relation]:
        """Return the person's known family."""
        with self._reading("relations") as connection:
            contact_id = answers.id_of_key(key)
            found = [] if contact_id is None else family.of(connection, contact_id)
        related = ((Tie(tie), _person(contact)) for tie, contact in found)
        return [Relation(tie, person) for tie, person in related if person is not None]


def _person(contact: Contact | None) -> Person | None:
    if contact is None or contact.kind != "person":
        return None
    return Person(
        key=str(contact.id),
        name=contact.name,
        cpr=None if contact.cpr is None else Cpr(contact.cpr),
        born=contact.born,
        address=contact.address,
        protected_address=contact.protected_address,
        phone=contact.phone,
        email=contact.email,
    )


def _fit(contact: Contact, address: str | None, born: date | None) -> float:
    return FITS * (_lives_at(contact, address) + (born is not None and contact.born == born))


def _lives_at(contact: Contact, address: str | None) -> bool:
    """Tell whether the street and number are the same; what follows them is often left out."""
    asked = names.words((address or "").split(",")[0])
    return bool(asked) and names.words(contact.address or "")[: len(asked)] == asked
