"""By when a party who is heard answers (forvaltningsloven § 19): the time is the party's."""

from datetime import date, timedelta
from typing import Final

from dubu_plugin.domain.hverdage import Profile, hverdag_from

GIVEN: Final = timedelta(days=14)
"""How long a party is given, where nobody chooses another day: the law gives none."""


def answer_by(due_on: date, written: date, posted: date) -> date:
    """Return the day to answer by of a letter that left the house when it was posted.

    A letter that lay here for five days gives five days more, and then to the next working day: the
    party has as long as was promised.

    :param due_on: the day the letter says.
    :param written: the day that was reckoned from.
    """
    if posted <= written:
        return due_on
    return hverdag_from(due_on + (posted - written), Profile.CITIZEN)
