"""What there is to say of the CPR numbers in a text: one that cannot be, one that is nobody's.

It is asked of the text itself, so it is said also where a person has chosen another child.
"""

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from dubu_plugin.domain.sought import numbers_in
from dubu_plugin.store.family import personer
from dubu_plugin.usecases.underretning.child_choice import number_warning

MOST_DOUBTS: Final = 3
"""A text with more numbers than that is a list of some sort."""
NO_SUCH_DATE: Final = (
    "Der står et nummer, som ligner et CPR-nummer, men det begynder ikke med en dato. "
    "Spørg afsenderen, hvad der skulle have stået."
)
NOBODYS: Final = (
    "Ingen i adressebogen har CPR-nummeret {cpr}. Se, om det er skrevet rigtigt, "
    "og spørg afsenderen, før du vælger et barn ud fra navnet."
)


def numbers_heard(connection: sa.Connection, text: str, *, looked_up: bool) -> tuple[str, ...]:
    """Return sentences about the numbers that may be wrong; not of those the address book knows.

    :param looked_up: whether the address book has answered. Until then a number nobody is known by
        only has not been asked for.
    """
    return tuple(dict.fromkeys(_doubts(connection, text, looked_up=looked_up)))


def _doubts(connection: sa.Connection, text: str, *, looked_up: bool) -> Iterator[str]:
    cprs, no_dates = numbers_in(text)
    for cpr in cprs[:MOST_DOUBTS]:
        known = personer.by_cpr(connection, cpr)
        if known is not None and known.host_key is not None:
            continue
        if looked_up:
            yield NOBODYS.format(cpr=cpr.masked)
        yield from number_warning(cpr)
    if no_dates:
        yield NO_SUCH_DATE
