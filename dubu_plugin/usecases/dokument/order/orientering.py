"""Tell a professional whether anything was set going (barnets lov § 138, stk. 2), and nothing more.

Whether special circumstances speak against it is decided before this is called.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from markupsafe import Markup

from dubu_plugin.documents.letter import Values
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.danish import listed
from dubu_plugin.errors import CaseworkError
from dubu_plugin.settings import Municipality
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.notifier import Notifier, notifier
from dubu_plugin.usecases.dokument.order.letter import order_letter
from dubu_plugin.usecases.dokument.sender import sender

ORIENTERING: Final = "orientering"


class Igangsat(StrEnum):
    """What can be set going, and is told of."""

    AFDAEKNING = "afdaekning"
    BFU = "boernefaglig_undersoegelse"
    INDSATS = "indsats"


IN_WORDS: Final = {
    Igangsat.AFDAEKNING: "en afdækning",
    Igangsat.BFU: "en børnefaglig undersøgelse",
    Igangsat.INDSATS: "en indsats",
}


class NotForThisNotifier(CaseworkError):
    """Only a professional is told, and only one we know."""

    danish = (
        "Kun en fagperson, der har oplyst sit navn, skal orienteres (§ 138, stk. 2). "
        "Andre må ikke få at vide, hvad der sker."
    )


def order_orientering(
    work: Work,
    underretning: UUID,
    *,
    started: Collection[Igangsat],
    letters: LetterShelf,
    municipality: Municipality,
    author: str,
) -> UUID:
    """Have the orientering written, filed and sent after the commit. Return the letter's id.

    :param started: what has been set going; empty where nothing has, which is told as well.
    :raises NotForThisNotifier: the notifier is anonymous, or no professional.
    """
    who = notifier(work.connection, underretning)
    return order_letter(
        work,
        ORIENTERING,
        letters=letters,
        sag=who.sag,
        underretning=underretning,
        values=_values(work.connection, who, started, municipality, author, work.now),
        author=author,
        to=who.addressee,
    )


def preview_orientering(
    connection: sa.Connection,
    underretning: UUID,
    *,
    started: Collection[Igangsat],
    letters: LetterShelf,
    municipality: Municipality,
    author: str,
    now: datetime,
) -> Markup:
    """Return the letter as it would be sent now.

    :raises NotForThisNotifier: the notifier is anonymous, or no professional.
    """
    who = notifier(connection, underretning)
    values = _values(connection, who, started, municipality, author, now)
    return letters.preview(ORIENTERING, values)


MARK: Final = "\uf8ff"
"""Stands for what is set going, in a letter that is shown once for each thing it may be."""


def preview_outcomes(
    connection: sa.Connection,
    underretning: UUID,
    *,
    outcomes: Mapping[str, Collection[Igangsat]],
    letters: LetterShelf,
    municipality: Municipality,
    author: str,
    now: datetime,
) -> Mapping[str, Markup]:
    """Return the letter for each outcome there may be, by the outcome's code; none for nobody.

    It is shown before anybody has said whether the notifier is a professional.
    """
    who = notifier(connection, underretning)
    if who.anonymous:
        return {}
    house = sender(connection, municipality, author=author, unit=who.unit)
    known = {**house.signed, **who.fields(now)}
    nothing, something = (
        letters.preview(ORIENTERING, {**known, "orientering.igangsat": said}) for said in ("", MARK)
    )
    return {
        code: something.replace(MARK, _in_words(started)) if started else nothing
        for code, started in outcomes.items()
    }


def _in_words(started: Collection[Igangsat]) -> str:
    return listed([words for what, words in IN_WORDS.items() if what in started])


def _values(
    connection: sa.Connection,
    who: Notifier,
    started: Collection[Igangsat],
    municipality: Municipality,
    author: str,
    now: datetime,
) -> Values:
    if who.anonymous or not who.professional:
        raise NotForThisNotifier
    house = sender(connection, municipality, author=author, unit=who.unit)
    return {**house.signed, **who.fields(now), "orientering.igangsat": _in_words(started)}
