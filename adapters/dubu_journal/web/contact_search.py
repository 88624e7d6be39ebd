"""Finding somebody in the address book by what a person types: a number or a name."""

import re
from typing import Final

import sqlalchemy as sa

from dubu_journal import addresses, names
from dubu_journal.addresses import Contact

MOST: Final = 25
ROUGH: Final = 100
"""How many names are looked at closely."""

ALIKE: Final = 0.6
"""The least likeness worth showing."""


def find(connection: sa.Connection, typed: str) -> list[Contact]:
    """Return those with this CPR or CVR number, or a name like this one, the most alike first."""
    digits = re.sub(r"[\s-]", "", typed)
    if re.fullmatch(r"[0-9]{8,10}", digits):
        ask = addresses.by_cpr if len(digits) == 10 else addresses.by_cvr
        found = ask(connection, digits)
        return [] if found is None else [found]
    rough = addresses.resembling(connection, typed, limit=ROUGH)
    scored = [(names.likeness(typed, contact.name), contact) for contact in rough]
    alike = [pair for pair in scored if pair[0] >= ALIKE]
    alike.sort(key=lambda pair: (-pair[0], pair[1].name, pair[1].id))
    return [contact for _, contact in alike[:MOST]]
