"""Write to the family when an undersøgelse that is late is expected to be finished.

They read nothing of the foreløbig vurdering itself: it says what each of them and others have said.
Who may read which parts of it is a matter of aktindsigt (barnets lov § 20, stk. 3).
"""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.settings import Municipality
from dubu_plugin.store.family import personer
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.addressed import citizen
from dubu_plugin.usecases.dokument.child_words import spoken_of
from dubu_plugin.usecases.dokument.law_words import within
from dubu_plugin.usecases.dokument.order.samtykke import written
from dubu_plugin.usecases.inddragelse.parties import parties

TO_FAMILY: Final = "foreloebig_brev"


def order_expected(
    work: Work,
    sag: Sag,
    day: date,
    law: str,
    *,
    letters: LetterShelf,
    municipality: Municipality,
) -> Sequence[UUID]:
    """Have each who has custody, and the young person from 15, written to after the commit.

    :param day: when it is expected to be finished.
    :param law: the paragraph, which is another before the birth.
    :returns: the letters; none where the municipality has no such letter.
    """
    child = personer.by_id(work.connection, sag.child_id)
    if child is None or TO_FAMILY not in {letter.code for letter in letters}:
        return ()
    found = []
    for one in parties(work.connection, child.id, danish_day(work.now)):
        to, _ = citizen(work.connection, one.person)
        name = "dig" if one.person == child.id else spoken_of(child.name, to.name)
        own = {
            "barn.navn": name,
            "skrift.lov": within(law),
            "foreloebig.faerdig": unbroken(long_date(day)),
        }
        found.append(
            written(work, sag, TO_FAMILY, to, own, letters=letters, municipality=municipality)
        )
    return found
