"""Put right what is told of a talk. What stood there stays as an edition."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.inddragelse import boernesamtaler
from dubu_plugin.store.inddragelse.boernesamtaler import Samtale, Told
from dubu_plugin.usecases.inddragelse.note_samtale import whole
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.skrift.on_skrift import on_sag


class SavedByAnother(CaseworkError):
    """Somebody else saved it while this was typed. Nothing of either is lost."""

    danish = (
        "En anden har gemt samtalen, mens du skrev. Deres tekst står under din. Sæt sammen, hvad "
        "der skal stå, og gem igen."
    )

    def __init__(self, theirs: Samtale) -> None:
        super().__init__(str(theirs.id))
        self.theirs = theirs
        """The talk as it stands now."""


def right_samtale(
    sag: UUID,
    samtale: UUID,
    said: Told,
    seen: int,
    *,
    product: Writing,
    asker: Asker,
    now: datetime,
) -> int:
    """Store a new edition, and return its number. When it was held stands as it was noted.

    :param seen: the edition that was on the screen.
    :raises SavedByAnother: it is not the newest.
    :raises NotWhole: what the law asks for is not there; it says which.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or the case has no such talk.
    """
    with on_sag(sag, product=product, asker=asker, now=now) as (work, _):
        there = boernesamtaler.by_id(work.connection, samtale)
        if there is None or there.sag != sag:
            raise NotYours
        told = whole(work, there.state, replace(said, occurred_at=there.said.occurred_at))
        if told == there.said:
            return there.version
        if seen != there.version:
            raise SavedByAnother(there)
        boernesamtaler.change(work.connection, there, told, by=asker.key, now=now)
        return there.version + 1
