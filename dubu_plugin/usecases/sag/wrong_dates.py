"""What is wrong with the dates clocks start at: nothing is ever counted from another day."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.usecases.sag import recordable
from dubu_plugin.usecases.sag.recordable import Without

EARLIEST: Final = timedelta(days=25 * 366)
"""So long ago something can have happened that is noted now."""
MISSING: Final[Mapping[str, str]] = {
    "kendskab": "Skriv den dag, kommunen fik kendskab til behovet, som regel da underretningen "
    "kom. Fristen regnes fra den.",
    "afgoerelsesdato": "Skriv den dag, afgørelsen blev truffet. Fristen regnes fra den.",
    "periode_fra": "Skriv den dag, hjemgivelsesperioden begynder. Fristen regnes fra den.",
    "termin": "Skriv terminsdatoen. Fristen regnes fra den.",
}
"""What is said where a date a clock starts at is left out."""
MAY_COME: Final = frozenset({"periode_fra", "termin"})
"""The dates among these that lie ahead by their nature."""


def wrong_dates(
    rules: RuleBook, what: Haendelse, day: date, said: Mapping[str, object]
) -> Mapping[str, str]:
    """Return a sentence for each date that is missing or cannot be, by the name of its fact.

    :param day: when it happened.
    :param said: what is answered.
    """
    found = {
        name: MISSING.get(name, "Skriv datoen. Fristen regnes fra den.")
        for name in recordable.lacking(rules, what, day, said)
    }
    for asked in recordable.questions(rules, what, day):
        if asked.answer is not date or asked.without is not Without.REFUSED:
            continue
        given = said.get(asked.name)
        when = date.fromisoformat(str(given)) if given else None
        if when is None:
            continue
        if when > day and asked.name not in MAY_COME:
            found[asked.name] = "Dagen kan ikke ligge efter den dag, det skete. Ret datoen."
        elif when < day - EARLIEST:
            found[asked.name] = "Datoen ligger for langt tilbage. Ret året."
    return found
