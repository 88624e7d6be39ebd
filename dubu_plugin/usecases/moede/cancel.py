"""Cancel a meeting: it leaves the calendar, and those invited are told."""

from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.moede import MoedeState
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.moede.of_case import meeting_of
from dubu_plugin.usecases.moede.sound import NotOn
from dubu_plugin.usecases.moede.telling import tell_calendar, tell_guests


def cancel(moede: UUID, *, product: Means, asker: Asker, sag: UUID, now: datetime) -> None:
    """Cancel it.

    :raises NotOn: it is cancelled already.
    :raises NotYours: the asker may not write on the case, or the meeting is not on it.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        before = meeting_of(work, sag, moede)
        if not before.is_on:
            raise NotOn
        after = moeder.rearrange(work.connection, before, state=MoedeState.AFLYST, now=now)
        moeder.clear_lines(work.connection, moede)
        work.happened(Haendelse.MOEDE_AFLYST, sag=sag, data={"moede": str(moede), "kilde": "her"})
        tell_calendar(work, after)
        tell_guests(work, after)
