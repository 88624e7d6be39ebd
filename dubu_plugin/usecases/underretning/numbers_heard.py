"""What there is to say of the CPR numbers in a text: one that cannot be, one to look at again.

It is asked of the text itself, so it is said also where a person has chosen another child.
"""

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from dubu_plugin.domain.match import sought_in
from dubu_plugin.store import personer
from dubu_plugin.usecases.underretning.child_choice import number_warning

MOST_DOUBTS: Final = 3
"""A text with more numbers than that is a list of some sort."""
NO_SUCH_DATE: Final = (
    "Der står et nummer, som ligner et CPR-nummer, men det begynder ikke med en dato. "
    "Spørg afsenderen, hvad der skulle have stået."
)


def numbers_heard(connection: sa.Connection, text: str) -> tuple[str, ...]:
    """Return sentences about the numbers that may be wrong; not of those the address book knows."""
    return tuple(dict.fromkeys(_doubts(connection, text)))


def _doubts(connection: sa.Connection, text: str) -> Iterator[str]:
    sought = sought_in(text)
    for cpr in sought.cprs[:MOST_DOUBTS]:
        if not cpr.is_unusual:
            continue
        known = personer.by_cpr(connection, cpr)
        if known is None or known.host_key is None:
            yield from number_warning(cpr)
    if sought.no_dates:
        yield NO_SUCH_DATE
