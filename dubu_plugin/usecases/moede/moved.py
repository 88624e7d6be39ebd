"""What follows when a meeting has got another time or place, whoever changed it."""

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.moede import Hvornaar
from dubu_plugin.store.inddragelse import moeder
from dubu_plugin.store.inddragelse.moeder import Moede
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.moede.telling import tell_guests


def moved(work: Work, before: Moede, when: Hvornaar, *, source: str) -> Moede:
    """Give it its new time and place, tell those invited, and return it as it is now.

    The calendar is not told: where the change came from there, that would send it round.

    :param source: ``her`` or ``kalender``.
    """
    after = moeder.rearrange(work.connection, before, when=when, now=work.now)
    work.happened(
        Haendelse.MOEDE_FLYTTET,
        sag=before.sag_id,
        data={
            "moede": str(before.id),
            "kilde": source,
            "starts": when.starts.isoformat(),
            "foer": before.when.starts.isoformat(),
        },
    )
    tell_guests(work, after)
    return after
