"""Move a meeting: another time or place, which the calendar and those invited are told."""

from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.moede import Hvornaar
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.moede.moved import moved
from dubu_plugin.usecases.moede.of_case import meeting_of
from dubu_plugin.usecases.moede.sound import NotOn, sound_when, tells_nobody
from dubu_plugin.usecases.moede.telling import tell_calendar


def move(
    moede: UUID, when: Hvornaar, *, product: Means, asker: Asker, sag: UUID, now: datetime
) -> None:
    """Move it. The same time and place again changes nothing.

    :raises NotSound: it cannot be held then.
    :raises NotOn: it is cancelled.
    :raises NotYours: the asker may not write on the case, or the meeting is not on it.
    """
    when = sound_when(when, now)
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        before = meeting_of(work, sag, moede)
        if not before.is_on:
            raise NotOn
        if when.place != before.when.place:
            tells_nobody(work.connection, sag, when.place)
        if when != before.when:
            tell_calendar(work, moved(work, before, when, source="her"))
            moeder.clear_lines(work.connection, moede)
