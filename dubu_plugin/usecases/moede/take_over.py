"""Take over what somebody changed in the calendar.

Nothing is told back to the calendar of what came from there, so no change goes round. Only where
our own time or place still counts is it put there once more.
"""

from uuid import UUID

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.moede import Hvornaar, Moedelinje, MoedeState, settled
from dubu_plugin.ports.calendar import Held
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.store.inddragelse.moeder import Moede
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.moede.moved import moved


def take_over(work: Work, moede: UUID, held: Held | None) -> bool:
    """Have the meeting be as the calendar says, and tell whether anything was changed there.

    :param held: what stands in the calendar; None where it stood there and is gone.
    """
    before = moeder.by_id(work.connection, moede)
    if before is None or not before.is_on:
        return False
    if held is None:
        return _deleted(work, before)
    if held.version == before.calendar_version:
        return False
    if held.starts is None or held.ends is None or held.ends <= held.starts:
        moeder.saw(work.connection, moede, held.version, before.seen)
        moeder.add_lines(work.connection, before, Moedelinje.ULAESELIG)
        return True
    theirs = Hvornaar(held.starts, held.ends, held.place)
    settlement = settled(before.seen, before.when, theirs)
    moeder.saw(work.connection, moede, held.version, theirs)
    if settlement.both:
        moeder.add_lines(work.connection, before, Moedelinje.BEGGE_AENDRET)
    if settlement.when != before.when:
        moved(work, before, settlement.when, source="kalender")
        return True
    return settlement.both


def _deleted(work: Work, before: Moede) -> bool:
    if before.calendar_version is None:
        return False
    moeder.rearrange(work.connection, before, state=MoedeState.AFLYST, now=work.now)
    moeder.saw(work.connection, before.id, None, None)
    moeder.add_lines(work.connection, before, Moedelinje.SLETTET)
    work.happened(
        Haendelse.MOEDE_AFLYST,
        sag=before.sag_id,
        data={"moede": str(before.id), "kilde": "kalender"},
    )
    return True
