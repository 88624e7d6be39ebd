"""Tell the one who made an underretning that it came (barnets lov § 138, stk. 1).

The letter says when it came and what happens now, and nothing of whom it is about: no name, no
number, no concern. What goes into it is chosen field by field, never a whole row.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from markupsafe import Markup

from dubu_plugin.documents.letter import Values
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.settings import Municipality
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.notifier import Notifier, notifier
from dubu_plugin.usecases.dokument.order.letter import order_letter
from dubu_plugin.usecases.dokument.sender import sender

KVITTERING: Final = "kvittering"


def order_kvittering(
    work: Work,
    underretning: UUID,
    *,
    letters: LetterShelf,
    municipality: Municipality,
    author: str,
) -> UUID | None:
    """Have the kvittering written, filed and sent after the commit. Return the letter's id.

    Nobody can write to an anonymous notifier: then that is recorded, and None returned.

    :param author: the employee's key who answers for the letter.
    """
    who = notifier(work.connection, underretning)
    if who.anonymous:
        work.happened(
            Haendelse.KVITTERING_UDELADT,
            sag=who.sag,
            underretning=underretning,
            data={"grund": "anonym"},
        )
        return None
    return order_letter(
        work,
        KVITTERING,
        letters=letters,
        sag=who.sag,
        underretning=underretning,
        values=_values(work.connection, who, municipality, author, work.now),
        author=author,
        to=who.addressee,
    )


def preview_kvittering(
    connection: sa.Connection,
    underretning: UUID,
    *,
    letters: LetterShelf,
    municipality: Municipality,
    author: str,
    now: datetime,
    professional: bool | None = None,
) -> Markup | None:
    """Return the letter as it would be sent now, or None where there is nobody to write to.

    :param professional: what the person at the screen has just chosen; None for what is stored.
    """
    who = notifier(connection, underretning)
    if who.anonymous:
        return None
    values = _values(connection, who, municipality, author, now, professional)
    return letters.preview(KVITTERING, values)


def _values(
    connection: sa.Connection,
    who: Notifier,
    municipality: Municipality,
    author: str,
    now: datetime,
    professional: bool | None = None,
) -> Values:
    house = sender(connection, municipality, author=author, unit=who.unit)
    chosen = who.professional if professional is None else professional
    return {
        **house.signed,
        **who.fields(now),
        "underretter.er_fagperson": chosen,
        "underretter.er_barnet": who.is_child,
    }
