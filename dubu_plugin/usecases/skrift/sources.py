"""The sources of a skrift: put one on the list, or strike one out. A number is never used again."""

from datetime import date, datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.skrift import kilder, skrift_kilder
from dubu_plugin.store.skrift.kilder import KildeKind
from dubu_plugin.store.skrift.skrift_kilder import Candidate
from dubu_plugin.usecases.skrift.on_skrift import OnSkrift, Skriver, on_skrift

LONGEST_TITLE = 200
"""In characters."""


class NoTitle(CaseworkError):
    """A source without a name."""

    danish = "Skriv, hvad kilden er, med højst 200 tegn."
    field = "titel"


def add_source(
    sag: UUID,
    skrift: UUID,
    title: str,
    *,
    kind: KildeKind = KildeKind.ANDET,
    day: date | None = None,
    product: Skriver,
    asker: Asker,
    now: datetime,
) -> int:
    """Put something on the list that lies nowhere in the case, and return its number.

    :raises NoTitle, NotOpen, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such skrift.
    """
    said = " ".join(cleaned(title).split())
    if not said or len(said) > LONGEST_TITLE:
        raise NoTitle
    with on_skrift(sag, skrift, product=product, asker=asker, now=now) as here:
        return kilder.add(here.work.connection, skrift, kind, said, by=asker.key, now=now, day=day)


def add_known_source(
    sag: UUID, skrift: UUID, key: str, *, product: Skriver, asker: Asker, now: datetime
) -> int:
    """Put an underretning or a document of the case on the list, and return its number.

    :param key: that of one of the `skrift_kilder.candidates` of the case.
    :raises NotOpen, CaseClosed: see there.
    :raises NotYours: the policy says no, or the case has no such thing.
    """
    with on_skrift(sag, skrift, product=product, asker=asker, now=now) as here:
        titles = {letter.code: letter.title for letter in product.letters}
        for one in skrift_kilder.candidates(here.work.connection, sag, titles):
            if one.key == key:
                return _add(here, one)
        raise NotYours


def strike_out_source(
    sag: UUID, skrift: UUID, number: int, *, product: Skriver, asker: Asker, now: datetime
) -> None:
    """Strike a source out. What cites it keeps its number, which says nothing else afterwards.

    :raises NotOpen, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such skrift.
    """
    with on_skrift(sag, skrift, product=product, asker=asker, now=now) as here:
        kilder.strike_out(here.work.connection, skrift, number, now=now)


def _add(here: OnSkrift, one: Candidate) -> int:
    return kilder.add(
        here.work.connection,
        here.skrift.id,
        one.kind,
        one.title,
        by=here.work.actor,
        now=here.work.now,
        day=one.day,
        subject=one.subject,
        document_key=one.document_key,
    )
